using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting;

/// <summary>The outcomes of a task against the baseline.</summary>
public enum TransferOutcome
{
    /// <summary>The outcome is unknown, because an error is missing or not finite.</summary>
    Unknown,

    /// <summary>The mean error is lower, and the whole 95 % interval of the difference is below 0.</summary>
    HelpedBeyondInterval,

    /// <summary>The mean error is lower, but the interval of the difference includes 0.</summary>
    Helped,

    /// <summary>The mean errors are equal.</summary>
    Same,

    /// <summary>The mean error is higher (negative transfer on the mean), but the interval of the difference includes 0.</summary>
    Hurt,

    /// <summary>The mean error is higher, and the whole 95 % interval of the difference is above 0.</summary>
    HurtBeyondInterval,
}

/// <summary>The effect of a variant on every task, against the baseline.</summary>
/// <param name="Seeds">The seeds that both the variant and the baseline finished.</param>
/// <param name="Tasks">The effect on each task, [T].</param>
/// <param name="HurtPerRun">The number of tasks with a higher error than the baseline's, for each of <paramref name="Seeds"/>.</param>
public sealed record TaskTransfers(IReadOnlyList<int> Seeds, IReadOnlyList<TaskTransfer> Tasks, IReadOnlyList<int> HurtPerRun)
{
    /// <summary>The number of tasks with a lower mean error than the baseline's.</summary>
    public int HelpedOnMean => Tasks.Count(t => t.Outcome is TransferOutcome.Helped or TransferOutcome.HelpedBeyondInterval);

    /// <summary>The number of tasks whose interval is wholly below 0.</summary>
    public int HelpedBeyondInterval => Tasks.Count(t => t.Outcome is TransferOutcome.HelpedBeyondInterval);

    /// <summary>The number of tasks with a higher mean error than the baseline's, which is the negative transfer on the mean.</summary>
    public int HurtOnMean => Tasks.Count(t => t.Outcome is TransferOutcome.Hurt or TransferOutcome.HurtBeyondInterval);

    /// <summary>The number of tasks whose interval is wholly above 0, which is the negative transfer beyond the interval.</summary>
    public int HurtBeyondInterval => Tasks.Count(t => t.Outcome is TransferOutcome.HurtBeyondInterval);
}

/// <summary>The effect of a variant on one task, against the baseline.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Delta">The difference Δ = loss of the variant − loss of the baseline, as the mean over common seeds, in the unit of the
/// task's headline metric, whose sign is reversed if higher is better. Above 0 is negative transfer (Liu et al. 2019, Peres da Silva et
/// al., section 4).</param>
/// <param name="Interval">The 95 % interval of Δ, from resampling test rows.</param>
/// <param name="Outcome">The outcome that Δ and its interval show.</param>
/// <param name="P">The two-sided bootstrap p value of Δ = 0 (<see cref="ResampledDifference.P"/>).</param>
/// <param name="PHolm">The p value adjusted for the variant's T tasks by Holm's method.</param>
/// <param name="PBenjaminiHochberg">The p value adjusted for the variant's T tasks by Benjamini and Hochberg's method.</param>
/// <param name="Improvement">The improvement in per cent of the baseline's value, 100 (b − x) / b, or 100 (x − b) / b if higher is better
/// (Maninis et al. 2019, equation 4); NaN if the baseline's value b is not above 0.</param>
public sealed record TaskTransfer(
    string Task,
    double Delta,
    Interval Interval,
    TransferOutcome Outcome,
    double P,
    double PHolm,
    double PBenjaminiHochberg,
    double Improvement);

/// <summary>The negative transfer of a variant against one reference.</summary>
/// <param name="Reference">The name of the variant that is the reference.</param>
/// <param name="HurtOnMean">The number of tasks with a larger mean loss than the reference's.</param>
/// <param name="HurtBeyondInterval">The number of tasks whose interval is wholly above 0.</param>
/// <param name="HelpedOnMean">The number of tasks with a smaller mean loss than the reference's.</param>
/// <param name="HelpedBeyondInterval">The number of tasks whose interval is wholly below 0.</param>
public sealed record ReferenceTransfer(
    string Reference, int HurtOnMean, int HurtBeyondInterval, int HelpedOnMean, int HelpedBeyondInterval);
