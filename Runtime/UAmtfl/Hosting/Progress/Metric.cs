using System.Globalization;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>What the errors of an experiment are called.</summary>
/// <param name="Task">A task's error.</param>
/// <param name="Overall">The error over all tasks.</param>
/// <param name="Percent">Whether they are proportions, shown in per cent.</param>
internal sealed record Metric(string Task, string Overall, bool Percent)
{
    /// <summary>The names for a set of tasks.</summary>
    public static Metric Of(TaskSet tasks)
    {
        var regressions = tasks.Tasks.Count(t => t.Kind == TaskKind.Regression);
        return tasks.OneVsAll ? new("error %", "test error %", Percent: true)
            : regressions == 0 ? new("error %", "mean error %", Percent: true)
            : regressions == tasks.Count ? new("squared error", "mean squared error", Percent: false)
            : new("error", "mean error", Percent: false);
    }

    /// <summary>A value with its unit.</summary>
    public string Text(double value) => Percent
        ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + " %"
        : value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>An error over all tasks with its name: <c>test error 4.33 %</c>.</summary>
    public string Named(double value) => $"{Overall.TrimEnd('%').TrimEnd()} {Text(value)}";
}
