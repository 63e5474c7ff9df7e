using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws each task's improvement over the baseline, −Δ, so that right and up are good (Peres da Silva et al., figure 1b). A few
/// variants and tasks are shown as panels of rows, many tasks as panels of ranked tasks, and many variants as rows with the distribution
/// over the tasks.</summary>
internal static class ImprovementChart
{
    /// <summary>The largest number of variants that a reader can tell apart side by side.</summary>
    private const int SideBySide = 8;

    private const int LongestNote = 34;

    /// <summary>Returns the chart of a group of tasks with the variants that have an improvement on one of them; null if none has, as
    /// where the metric is undefined on the test rows.</summary>
    public static Chart? Of(Report report, ErrorFormat format, string name = "improvement")
    {
        var unit = new ImprovementUnit(report, format);
        var variants = report.Variants.Where(v => v.Transfer is not null).Select(v => new ImprovedVariant(v, unit))
            .Where(v => v.Sorted.Length > 0).ToList();
        if (variants.Count == 0)
        {
            return null;
        }

        var file = $"{name}{ChartStyle.FileSuffix(report, format)}.svg";
        var caption = $"improvement of each task over {report.Baseline}";
        return variants.Count > SideBySide
            ? new(file, $"{caption}, a row a variant", () => ImprovementRows.Draw(report, unit, variants))
            : format.Group.Tasks.Count <= TaskSection.ListedInFull
            ? new(file, $"{caption} with its 95 % interval, a panel a variant", () => ImprovementForest.Draw(report, unit, variants))
            : new(
                file,
                $"{caption} with its 95 % interval, tasks in ascending order, a panel a variant",
                () => ImprovementCurves.Draw(report, unit, variants));
    }

    /// <summary>Returns the title of a chart of improvements.</summary>
    public static string Title(Report report) => $"{report.Experiment}: improvement over {report.Baseline}";

    /// <summary>Returns a note for the title of the horizontal axis about values that are not shown, such as «beyond the axis: Mean on
    /// Two −310, …»; null if all are shown.</summary>
    /// <param name="beyond">The values that are not shown, the farthest first.</param>
    /// <param name="range">The range that is shown.</param>
    public static string? Note(IReadOnlyList<(string Where, double Value)> beyond, ChartRange range)
    {
        if (beyond.Count == 0)
        {
            return range.High > range.Low ? null : "every difference is 0";
        }

        var said = beyond.Take(3).Select(b => $"{b.Where} {Numbers.Significant(b.Value, 3)}").ToList();
        while (said.Count > 1 && said.Sum(text => text.Length) > LongestNote)
        {
            said.RemoveAt(said.Count - 1);
        }

        return $"beyond the axis: {string.Join(", ", said)}{(beyond.Count > said.Count ? $" and {beyond.Count - said.Count} more" : "")}";
    }
}

/// <summary>The unit of improvements in a chart: that of the metric, or per cent of the baseline's value if the values are too different
/// for one axis.</summary>
internal sealed class ImprovementUnit
{
    /// <summary>The factor above which values are too different for one axis.</summary>
    private const double Spread = 20;

    /// <summary>The fraction of the baseline's value up to which a difference counts as 0.</summary>
    private const double Resolution = 1e-3;

    private readonly double[] factors;
    private readonly double resolution;

    public ImprovementUnit(Report report, ErrorFormat format)
    {
        Tasks = format.Group.Tasks;
        var baseline = report.Variants.First(v => v.Info.Name == report.Baseline).TaskValues;
        double[] values = [.. Tasks.Select(t => baseline[t])];
        var positive = values.Where(v => v > 0 && double.IsFinite(v)).ToList();
        var isOpen = format.Metric is TaskMetric.Mse or TaskMetric.Rmse;
        var relative = isOpen && positive.Count > 0 && positive.Max() > Spread * positive.Min();
        factors = relative ? Array.ConvertAll(values, v => v > 0 ? 100 / v : double.NaN) : Array.ConvertAll(values, _ => format.Scale);
        resolution = Resolution * (relative ? 100 : format.Scale * positive.DefaultIfEmpty(0).Average());
        Title = relative ? $"error reduction (% of {report.Baseline})" : ChartStyle.ImprovementTitle(format);
    }

    /// <summary>The indices of the tasks in the chart.</summary>
    public IReadOnlyList<int> Tasks { get; }

    /// <summary>The label of the axis of improvements.</summary>
    public string Title { get; }

    /// <summary>Returns the range of an axis of improvements.</summary>
    /// <param name="extents">The ends of each improvement's interval.</param>
    public ChartRange Range(IEnumerable<(double Low, double High)> extents) => ChartRange.Of(extents, resolution, bounded: true);

    /// <summary>Converts a difference of the loss into an improvement.</summary>
    /// <param name="index">The position of the task in <see cref="Tasks"/>.</param>
    /// <param name="delta">The difference; above 0 is worse.</param>
    public double Of(int index, double delta) => 0 - (delta * factors[index]);
}

/// <summary>The improvements of a variant on the tasks of a chart.</summary>
internal sealed class ImprovedVariant
{
    public ImprovedVariant(VariantReport variant, ImprovementUnit unit)
    {
        Report = variant;
        var tasks = unit.Tasks.Select(t => variant.Transfer!.Tasks[t]).ToList();
        Values = [.. tasks.Select((t, i) => unit.Of(i, t.Delta))];
        Intervals = [.. tasks.Select((t, i) => (unit.Of(i, t.Interval.High), unit.Of(i, t.Interval.Low)))];
        Sorted = [.. Values.Where(double.IsFinite).Order()];
        Helped = Count(tasks, TransferOutcome.Helped, TransferOutcome.HelpedBeyondInterval);
        Hurt = Count(tasks, TransferOutcome.Hurt, TransferOutcome.HurtBeyondInterval);
    }

    /// <summary>The results of the variant.</summary>
    public VariantReport Report { get; }

    /// <summary>The improvement on each task, [tasks]; NaN if it is not defined.</summary>
    public double[] Values { get; }

    /// <summary>The interval of the improvement on each task, [tasks]; NaN if there is none.</summary>
    public (double Low, double High)[] Intervals { get; }

    /// <summary>The improvements that are defined, ascending.</summary>
    public double[] Sorted { get; }

    /// <summary>The number of tasks helped on the mean, and in brackets those beyond the interval.</summary>
    public string Helped { get; }

    /// <summary>The number of tasks hurt on the mean, and in brackets those beyond the interval.</summary>
    public string Hurt { get; }

    /// <summary>Returns the ends of what is drawn of a task: its interval and its value.</summary>
    /// <param name="index">The position of the task in the chart.</param>
    public (double Low, double High) Extent(int index)
    {
        var (value, (low, high)) = (Values[index], Intervals[index]);
        return double.IsFinite(low) ? (Math.Min(value, low), Math.Max(value, high)) : (value, value);
    }

    private static string Count(List<TaskTransfer> tasks, TransferOutcome mean, TransferOutcome beyond)
    {
        var sure = tasks.Count(t => t.Outcome == beyond);
        return $"{sure + tasks.Count(t => t.Outcome == mean)} ({sure})";
    }
}
