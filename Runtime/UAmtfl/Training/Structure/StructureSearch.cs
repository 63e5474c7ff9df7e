using UAmtfl.Data;
using UAmtfl.Tasks;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Training.Structure;

/// <summary>Changes how the tasks of a network share it, between the epochs of a training. The training has then several phases.</summary>
public abstract class StructureSearch
{
    /// <summary>The beginning of <see cref="BranchTrace"/>.</summary>
    public const string BranchTracePrefix = "branch of stretch ";

    /// <summary>Says in a clause why the search cannot be made; null if it can.</summary>
    /// <param name="epochs">The number of epochs of the training.</param>
    /// <param name="labels">The labels of the training rows.</param>
    /// <param name="tasks">The tasks.</param>
    public abstract string? Contradiction(int epochs, Labels labels, TaskSet tasks);

    /// <summary>Returns the number of epochs after which the network of a training keeps its structure. Early stopping looks at the epochs
    /// behind them, because a network before them is not the one that is searched.</summary>
    /// <param name="epochs">The number of epochs of the training.</param>
    public abstract int SettledAfter(int epochs);

    /// <summary>Changes the network if the epoch begins a phase. Called before each epoch, under no_grad.</summary>
    /// <param name="moment">The epoch, and what the change can depend on.</param>
    public abstract void EpochStarting(SearchMoment moment);

    /// <summary>Returns what is worth a record each epoch, by name. Called under no_grad.</summary>
    public abstract IEnumerable<(string Name, Tensor Values)> Traces();

    /// <summary>Returns the name under which the branches of the tasks in a stretch are recorded, numbered from 1.</summary>
    /// <param name="stretch">The index of the stretch, 0 for the first.</param>
    public static string BranchTrace(int stretch) => $"{BranchTracePrefix}{stretch + 1}";

    /// <summary>Splits what an optimiser keeps of the parameters of a stretch as its copies are split.</summary>
    /// <param name="stretch">The stretch.</param>
    /// <param name="parents">For each branch the one that it is split from.</param>
    /// <param name="optimizer">The optimiser.</param>
    protected static void SplitMoments(Stack stretch, IReadOnlyList<int> parents, IOptimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(stretch);
        ArgumentNullException.ThrowIfNull(optimizer);
        var own = stretch.parameters().Select(p => p.Handle).ToHashSet();
        foreach (var (parameter, _, values) in optimizer.Moments())
        {
            if (own.Contains(parameter.Handle))
            {
                stretch.SplitRows(values, parents);
            }
        }
    }
}

/// <summary>The moment before an epoch at which a search can change the network.</summary>
/// <param name="Epoch">The index of the epoch, 0 for the first.</param>
/// <param name="Outputs">Computes the outputs [N, M] of the network on the training rows, as it is evaluated.</param>
/// <param name="Labels">The labels of the training rows.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="Optimizer">The optimiser, whose moments change with the network.</param>
public sealed record SearchMoment(int Epoch, Func<Tensor> Outputs, Labels Labels, TaskSet Tasks, IOptimizer Optimizer);
