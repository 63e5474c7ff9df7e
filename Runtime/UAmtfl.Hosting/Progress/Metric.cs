using System.Globalization;
using UAmtfl.Reporting;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>The name and the metric under which the progress of a run shows errors.</summary>
/// <param name="Name">The name of the value over all tasks: «test error», «mean ROC-AUC», or «relative error» if tasks have different
/// metrics.</param>
/// <param name="Of">The metric of all tasks; null if they have different ones.</param>
internal sealed record Metric(string Name, TaskMetric? Of)
{
    /// <summary>Returns the name and the metric for a set of tasks.</summary>
    public static Metric For(TaskSet tasks) => tasks.CommonMetric is { } one
        ? new(one.OverallLabel(tasks.OneVsAll).TrimEnd('%').TrimEnd(), one)
        : new("relative error", null);

    /// <summary>Returns a value with its unit as text, from the loss that the evaluator returns.</summary>
    public string Text(double loss)
    {
        var value = Of?.Loss(loss) ?? loss;
        return Of?.IsPercent() == true
            ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + " %"
            : Numbers.Significant(value);
    }

    /// <summary>Returns a value over all tasks with its name as text: <c>test error 4.33 %</c>, <c>mean ROC-AUC 0.85</c>.</summary>
    public string Named(double loss) => $"{Name} {Text(loss)}";
}
