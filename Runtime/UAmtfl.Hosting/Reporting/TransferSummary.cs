using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting;

/// <summary>A variant's effect on all tasks, against the baseline, in a few numbers.</summary>
public sealed record TransferSummary
{
    /// <summary>The level of the adjusted tests.</summary>
    public const double Level = 0.05;

    /// <summary>The task with the largest Δ; null where none is defined.</summary>
    public required string? WorstTask { get; init; }

    /// <summary>The worst-task regret: the largest Δ, in the metric's unit, or in per cent of the baseline's value where
    /// <see cref="Relative"/>; below 0 where every task was helped.</summary>
    public required double Regret { get; init; }

    /// <summary>True if tasks have different units, so that regret and correlations are of −improvement in per cent instead of Δ.</summary>
    public required bool Relative { get; init; }

    /// <summary>The mean over tasks of the improvement in per cent (Δ_MTL of Maninis et al. 2019, equation 4): above 0 is better than the
    /// baseline.</summary>
    public required double Improvement { get; init; }

    /// <summary>For how many tasks the improvement is defined.</summary>
    public required int ImprovementTasks { get; init; }

    /// <summary>Spearman's correlation of Δ with the number of training labels; above 0, large tasks are hurt more. NaN where unknown.</summary>
    public required double Spearman { get; init; }

    /// <summary>Pearson's correlation of Δ with the logarithm of the number of training labels.</summary>
    public required double Pearson { get; init; }

    /// <summary>Tasks hurt with Holm's p at most 0.05.</summary>
    public required int HurtHolm { get; init; }

    /// <summary>Tasks helped with Holm's p at most 0.05.</summary>
    public required int HelpedHolm { get; init; }

    /// <summary>Tasks hurt with Benjamini and Hochberg's p at most 0.05.</summary>
    public required int HurtBenjaminiHochberg { get; init; }

    /// <summary>Tasks helped with Benjamini and Hochberg's p at most 0.05.</summary>
    public required int HelpedBenjaminiHochberg { get; init; }

    /// <summary>Sums up.</summary>
    /// <param name="tasks">[T].</param>
    /// <param name="trainCounts">[T], or empty where unknown.</param>
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
