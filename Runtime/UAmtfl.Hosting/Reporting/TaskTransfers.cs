using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting;

/// <summary>What became of a task, against the baseline.</summary>
public enum TransferOutcome
{
    /// <summary>An error is missing or not finite.</summary>
    Unknown,

    /// <summary>The mean error is lower, and so is the whole 95 % interval.</summary>
    HelpedBeyondInterval,

    /// <summary>The mean error is lower; the interval reaches 0.</summary>
    Helped,

    /// <summary>The mean errors are equal.</summary>
    Same,

    /// <summary>The mean error is higher (negative transfer on the mean); the interval reaches 0.</summary>
    Hurt,

    /// <summary>The mean error is higher, and so is the whole 95 % interval.</summary>
    HurtBeyondInterval,
}

/// <summary>A variant's effect on every task, against the baseline.</summary>
/// <param name="Seeds">The seeds that both finished.</param>
/// <param name="Tasks">[T].</param>
/// <param name="HurtPerRun">How many tasks have a higher error than the baseline's, for each of <paramref name="Seeds"/>.</param>
public sealed record TaskTransfers(IReadOnlyList<int> Seeds, IReadOnlyList<TaskTransfer> Tasks, IReadOnlyList<int> HurtPerRun)
{
    /// <summary>Tasks with a lower mean error than the baseline's.</summary>
    public int HelpedOnMean => Tasks.Count(t => t.Outcome is TransferOutcome.Helped or TransferOutcome.HelpedBeyondInterval);

    /// <summary>Tasks whose interval lies wholly below 0.</summary>
    public int HelpedBeyondInterval => Tasks.Count(t => t.Outcome is TransferOutcome.HelpedBeyondInterval);

    /// <summary>Negative transfer on the mean: tasks with a higher mean error than the baseline's.</summary>
    public int HurtOnMean => Tasks.Count(t => t.Outcome is TransferOutcome.Hurt or TransferOutcome.HurtBeyondInterval);

    /// <summary>Negative transfer beyond the interval: tasks whose interval lies wholly above 0.</summary>
    public int HurtBeyondInterval => Tasks.Count(t => t.Outcome is TransferOutcome.HurtBeyondInterval);
}

/// <summary>A variant's effect on one task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Delta">Δ = loss of the variant − loss of the baseline, the mean over common seeds, in the unit of the task's headline
/// metric (which is turned around where higher is better): above 0 is negative transfer (Liu et al. 2019, Peres da Silva et al.,
/// section 4).</param>
/// <param name="Interval">Of Δ, from resampling test rows.</param>
/// <param name="Outcome">Its reading.</param>
/// <param name="P">The two-sided bootstrap p of Δ = 0 (<see cref="ResampledDifference.P"/>).</param>
/// <param name="PHolm">Adjusted for the variant's T tasks after Holm.</param>
/// <param name="PBenjaminiHochberg">Adjusted for the variant's T tasks after Benjamini and Hochberg.</param>
/// <param name="Improvement">In per cent of the baseline's value, 100 (b − x) / b, or 100 (x − b) / b where higher is better (Maninis et
/// al. 2019, equation 4); NaN where the baseline's value b is not above 0.</param>
public sealed record TaskTransfer(
    string Task,
    double Delta,
    Interval Interval,
    TransferOutcome Outcome,
    double P,
    double PHolm,
    double PBenjaminiHochberg,
    double Improvement);

/// <summary>Negative transfer against one reference.</summary>
/// <param name="Reference">The variant that is the reference.</param>
/// <param name="HurtOnMean">Tasks with a larger mean loss than the reference's.</param>
/// <param name="HurtBeyondInterval">Tasks whose interval lies wholly above 0.</param>
/// <param name="HelpedOnMean">Tasks with a smaller mean loss.</param>
/// <param name="HelpedBeyondInterval">Tasks whose interval lies wholly below 0.</param>
public sealed record ReferenceTransfer(string Reference, int HurtOnMean, int HurtBeyondInterval, int HelpedOnMean, int HelpedBeyondInterval);
