using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Sections;
using UAmtfl.Weighting;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws a learnt quantity of every task, such as σ, over the epochs of training.</summary>
internal static class TraceChart
{
    /// <summary>The factor of variation above which a quantity has a logarithmic axis.</summary>
    private const double Orders = 50;

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
        var lines = Lines(curves, report.Tasks);
        var symbol = Symbols.GetValueOrDefault(name, name);
        return new Chart(
            $"{Chart.FilePart(name)}-{Chart.FilePart(variant.Info.Name)}.svg",
            $"{symbol} of {variant.Info.Name} over epochs, mean over seeds",
            820,
            Math.Max(440, 120 + 20 * lines.Count),
            () => Model(variant, symbol, lines));
    }

    private static PlotModel Model(VariantReport variant, string symbol, List<(string Name, double[] Values)> lines)
    {
        var model = ChartStyle.Plot(
            $"{variant.Info.Name}: {symbol} over epochs", variant.Seeds.Count == 1 ? "one run" : $"mean over {variant.Seeds.Count} seeds");
        var epochs = ChartStyle.Horizontal("epoch");
        epochs.Minimum = 0;
        epochs.MinimumMajorStep = 1;
        epochs.Maximum = lines[0].Values.Length + (lines[0].Values.Length == 1 ? 1 : 0);
        epochs.MajorGridlineStyle = LineStyle.None;
        model.Axes.Add(epochs);
        model.Axes.Add(Vertical(symbol, [.. lines.SelectMany(l => l.Values).Where(double.IsFinite)]));
        model.Legends.Add(ChartStyle.Legend());
        for (var i = 0; i < lines.Count; i++)
        {
            var series = new LineSeries
            {
                Title = lines[i].Name,
                Color = Hue(i, lines.Count),
                LineStyle = (i % 3) switch { 0 => LineStyle.Solid, 1 => LineStyle.Dash, _ => LineStyle.DashDot },
                StrokeThickness = 1.8,
                MarkerType = lines[i].Values.Length == 1 ? MarkerType.Circle : MarkerType.None,
                MarkerFill = Hue(i, lines.Count),
            };
            series.Points.AddRange(lines[i].Values.Select((y, epoch) => new DataPoint(epoch + 1, y)));
            model.Series.Add(series);
        }

        return model;
    }

    /// <summary>Returns the vertical axis. It is logarithmic if the quantity spans orders of magnitude, such as the σ of a price beside
    /// that of a rating.</summary>
    private static Axis Vertical(string symbol, double[] values)
    {
        var linear = ChartStyle.Vertical(symbol);
        return values.Length == 0 || values.Min() <= 0 || values.Max() < Orders * values.Min() ? linear : new LogarithmicAxis
        {
            Position = AxisPosition.Left,
            Title = symbol,
            MajorGridlineStyle = linear.MajorGridlineStyle,
            MajorGridlineColor = linear.MajorGridlineColor,
            TickStyle = linear.TickStyle,
            AxisTitleDistance = linear.AxisTitleDistance,
            LabelFormatter = ChartStyle.Tick,
        };
    }

    /// <summary>Returns the lines of the chart: one for each task, quantiles over the tasks if they are many, or one line if all tasks
    /// share the value.</summary>
    private static List<(string Name, double[] Values)> Lines(double[][] curves, IReadOnlyList<string> tasks)
    {
        var values = curves[0].Length;
        if (values > TaskSection.ListedInFull)
        {
            // A task without a value in an epoch, such as the norm of a gradient that it never had, has no place in the order.
            var sorted = Array.ConvertAll(curves, epoch => epoch.Where(value => !double.IsNaN(value)).Order().ToArray());
            (double Probability, string Name)[] quantiles = [
                (1.0, "largest"), (0.95, "95 %"), (0.75, "75 %"), (0.5, "median"), (0.25, "25 %"), (0.05, "5 %"), (0.0, "smallest")];
            return [.. quantiles.Select(q => (
                q.Name + " of tasks",
                Array.ConvertAll(sorted, epoch => Quantile.Of(epoch, q.Probability))))];
        }

        return [.. Enumerable.Range(0, values).Select(i => (
            values == 1 ? "all tasks" : values == tasks.Count ? tasks[i] : $"value {i + 1}",
            Array.ConvertAll(curves, epoch => epoch[i])))];
    }

    /// <summary>Returns one of several colours from blue through green to red, dark enough for thin lines.</summary>
    private static OxyColor Hue(int i, int count) =>
        OxyColor.FromHsv(0.66 * (1 - (count == 1 ? 0 : (double)i / (count - 1))), 0.95, i % 2 == 0 ? 0.85 : 0.65);
}
