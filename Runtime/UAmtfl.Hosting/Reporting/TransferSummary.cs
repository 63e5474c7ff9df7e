using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting;

/// <summary>A summary, in a few numbers, of a variant's effect on all tasks against the baseline.</summary>
public sealed record TransferSummary
{
    /// <summary>The significance level of the adjusted tests.</summary>
    public const double Level = 0.05;

    /// <summary>The name of the task with the largest Δ; null if Δ is not defined for any task.</summary>
    public required string? WorstTask { get; init; }

    /// <summary>The worst-task regret, which is the largest Δ, in the unit of the metric, or in per cent of the baseline's value if
    /// <see cref="Relative"/> is true. It is below 0 if every task was helped.</summary>
    public required double Regret { get; init; }

    /// <summary>True if tasks have different units, so that regret and correlations use −improvement in per cent in place of Δ.</summary>
    public required bool Relative { get; init; }

    /// <summary>The mean over tasks of the improvement in per cent (Δ_MTL of Maninis et al. 2019, equation 4); above 0 is better than the
    /// baseline.</summary>
    public required double Improvement { get; init; }

    /// <summary>The number of tasks for which the improvement is defined.</summary>
    public required int ImprovementTasks { get; init; }

    /// <summary>Spearman's correlation of Δ with the number of training labels; above 0, large tasks are hurt more. NaN if it is
    /// unknown.</summary>
    public required double Spearman { get; init; }

    /// <summary>Pearson's correlation of Δ with the logarithm of the number of training labels; NaN if it is unknown.</summary>
    public required double Pearson { get; init; }

    /// <summary>The number of tasks hurt with Holm's p value at most 0.05.</summary>
    public required int HurtHolm { get; init; }

    /// <summary>The number of tasks helped with Holm's p value at most 0.05.</summary>
    public required int HelpedHolm { get; init; }

    /// <summary>The number of tasks hurt with Benjamini and Hochberg's p value at most 0.05.</summary>
    public required int HurtBenjaminiHochberg { get; init; }

    /// <summary>The number of tasks helped with Benjamini and Hochberg's p value at most 0.05.</summary>
    public required int HelpedBenjaminiHochberg { get; init; }

    /// <summary>Summarises the effects on the tasks.</summary>
    /// <param name="tasks">The effect on each task, [T].</param>
    /// <param name="trainCounts">The number of training labels of each task, [T], or empty if unknown.</param>
    /// <param name="relative">True if the tasks have different units.</param>
    internal static TransferSummary Of(IReadOnlyList<TaskTransfer> tasks, IReadOnlyList<double> trainCounts, bool relative)
    {
        var harm = tasks.Select(t => relative ? 0 - t.Improvement : t.Delta).ToArray();
        var judged = Enumerable.Range(0, tasks.Count).Where(t => double.IsFinite(harm[t])).ToList();
        var counted = judged.Where(t => trainCounts.Count == tasks.Count && trainCounts[t] > 0).ToList();
        var improvements = tasks.Select(t => t.Improvement).Where(double.IsFinite).ToList();
        var worst = judged.Count == 0 ? -1 : judged.MaxBy(t => harm[t]);
        double[] deltas = [.. counted.Select(t => harm[t])], logs = [.. counted.Select(t => Math.Log(trainCounts[t]))];
        return new()
        {
            WorstTask = worst < 0 ? null : tasks[worst].Task,
            Regret = worst < 0 ? double.NaN : harm[worst],
            Relative = relative,
            Improvement = improvements.Count == 0 ? double.NaN : improvements.Average(),
            ImprovementTasks = improvements.Count,
            Spearman = Correlation.Spearman(deltas, logs),
            Pearson = Correlation.Pearson(deltas, logs),
            HurtHolm = tasks.Count(t => t.PHolm <= Level && t.Delta > 0),
            HelpedHolm = tasks.Count(t => t.PHolm <= Level && t.Delta < 0),
            HurtBenjaminiHochberg = tasks.Count(t => t.PBenjaminiHochberg <= Level && t.Delta > 0),
            HelpedBenjaminiHochberg = tasks.Count(t => t.PBenjaminiHochberg <= Level && t.Delta < 0),
        };
    }
}
