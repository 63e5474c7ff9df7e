using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;
using UAmtfl.Weighting;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws a learnt quantity of every task, such as σ, over the epochs of training, with a band over the seeds; of many tasks it
/// draws the median and bands between quantiles.</summary>
internal static class TraceChart
{
    /// <summary>The largest number of tasks that have a line each.</summary>
    private const int LineEach = TaskSection.ListedInFull;

    /// <summary>The largest number of tasks of which bands over seeds can be told apart.</summary>
    private const int BandEach = 12;

    /// <summary>The names of quantities as a chart shows them.</summary>
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["sigma"] = "σ",
        [StepMeasures.Weight] = "task weight",
        [StepMeasures.GradientNorm] = "norm of the task gradient",
        [StepMeasures.Conflicts] = "share of conflicting pairs of gradients",
    };

    public static Chart Of(VariantReport variant, string name, double[][] curves, Report report)
    {
        var symbol = Symbols.GetValueOrDefault(name, name);
        return new Chart(
            $"{Chart.FilePart(name)}-{Chart.FilePart(variant.Info.Name)}.svg",
            $"{symbol} of {variant.Info.Name} over epochs, mean over seeds",
            () => LineChart.Draw(
                $"{variant.Info.Name}: {symbol} over epochs",
                Reading(variant, curves[0].Length),
                symbol,
                Lines(curves, variant.TraceRanges.GetValueOrDefault(name), report.Tasks)))
        {
            Data = Ends(curves, report.Tasks, symbol),
        };
    }

    private static string Reading(VariantReport variant, int values)
    {
        var seeds = variant.Seeds.Count == 1 ? "One run" : $"Mean over {variant.Seeds.Count} seeds";
        return values > LineEach ? $"{seeds}; line: median over {values} tasks; bands: 25 % to 75 % and 5 % to 95 % of the tasks."
            : variant.Seeds.Count > 1 && values <= BandEach ? $"{seeds}; band: from the smallest to the largest of a seed."
            : $"{seeds}.";
    }

    /// <summary>Returns the lines of the chart: one for each task, quantiles over the tasks if they are many, or one line if all tasks
    /// share the value.</summary>
    internal static IReadOnlyList<ChartLine> Lines(double[][] curves, TraceRange? range, IReadOnlyList<string> tasks)
    {
        var values = curves[0].Length;
        if (values > LineEach)
        {
            // A task without a value in an epoch, such as the norm of a gradient that it never had, has no place in the order.
            var sorted = Array.ConvertAll(curves, epoch => epoch.Where(value => !double.IsNaN(value)).Order().ToArray());
            double[] At(double probability) => Array.ConvertAll(sorted, epoch => Quantile.Of(epoch, probability));
            return
            [
                new("", At(0.5), Palette.Good, Band: [.. At(0.05).Zip(At(0.95))]),
                new("median of tasks", At(0.5), Palette.Good, Band: [.. At(0.25).Zip(At(0.75))]),
                new("largest", At(1), Palette.Frame, [2, 3]),
                new("smallest", At(0), Palette.Frame, [2, 3]),
            ];
        }

        return [.. Enumerable.Range(0, values).Select(i => new ChartLine(
            values == 1 ? "all tasks" : values == tasks.Count ? tasks[i] : $"value {i + 1}",
            Array.ConvertAll(curves, epoch => epoch[i]),
            Palette.Hue(i, values),
            (i % 3) switch { 0 => null, 1 => [6, 3], _ => [6, 3, 1.5, 3] },
            range is null || values > BandEach ? null : [.. range.Low.Zip(range.High, (low, high) => (low[i], high[i]))]))];
    }

    /// <summary>Returns the values of the first, the middle and the last epoch as a table, of many tasks their quantiles.</summary>
    private static Table Ends(double[][] curves, IReadOnlyList<string> tasks, string symbol)
    {
        List<int> epochs = [.. new[] { 0, (curves.Length - 1) / 2, curves.Length - 1 }.Distinct()];
        var values = curves[0].Length;
        if (values > LineEach)
        {
            (double At, string Name)[] quantiles =
                [(0, "smallest"), (0.05, "5 %"), (0.25, "25 %"), (0.5, "median"), (0.75, "75 %"), (0.95, "95 %"), (1, "largest")];
            var sorted = epochs.ConvertAll(e => curves[e].Where(value => !double.IsNaN(value)).Order().ToArray());
            return new(
                ["quantile over tasks", .. epochs.Select(e => FormattableString.Invariant($"{symbol} in epoch {e + 1}"))],
                1,
                [.. quantiles.Select(q => new Row([q.Name, .. sorted.Select(s => (Cell)Numbers.Significant(Quantile.Of(s, q.At)))]))]);
        }

        return new(
            ["task", .. epochs.Select(e => FormattableString.Invariant($"{symbol} in epoch {e + 1}"))],
            1,
            [
                .. Enumerable.Range(0, values).Select(i => new Row([
                    values == 1 ? "all tasks" : values == tasks.Count ? tasks[i] : FormattableString.Invariant($"value {i + 1}"),
                    .. epochs.Select(e => (Cell)Numbers.Significant(curves[e][i]))])),
            ]);
    }
}
