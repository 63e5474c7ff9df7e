using System.Globalization;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Reporting;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>What the error of an experiment is called while it runs.</summary>
/// <param name="Name">The value over all tasks: «test error», «mean ROC-AUC», «relative error» where tasks have different metrics.</param>
/// <param name="Of">The one metric of all tasks; null where they have different ones.</param>
internal sealed record Metric(string Name, TaskMetric? Of)
{
    /// <summary>The names for a set of tasks.</summary>
    public static Metric For(TaskSet tasks) => tasks.CommonMetric is { } one
        ? new(one.OverallLabel(tasks.OneVsAll).TrimEnd('%').TrimEnd(), one)
        : new("relative error", null);

    /// <summary>A value with its unit, from a loss as the evaluator gives it.</summary>
    public string Text(double loss)
    {
        var value = Of?.Loss(loss) ?? loss;
        return Of?.IsPercent() == true
            ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + " %"
            : Numbers.Significant(value);
    }

    /// <summary>A value over all tasks with its name: <c>test error 4.33 %</c>, <c>mean ROC-AUC 0.85</c>.</summary>
    public string Named(double loss) => $"{Name} {Text(loss)}";
}
