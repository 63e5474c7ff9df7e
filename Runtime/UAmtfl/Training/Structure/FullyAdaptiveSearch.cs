using UAmtfl.Data;
using UAmtfl.Tasks;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Training.Structure;

/// <summary>Splits the branches of a network from the last stretch to the first, one stretch at a time (Lu et al. 2017, algorithm 1):
/// the tasks, or the branches that came of the stretch after it, are grouped by their affinity, and each group gets a branch.</summary>
/// <param name="tree">The tree of the network.</param>
/// <param name="stretches">The stretches from the first to the last.</param>
/// <param name="poolings">For each stretch the number of poolings after its parameters: a branch costs twice as much for each, because
/// images are larger there.</param>
/// <param name="alpha">α, the price of unlike branches in one group.</param>
/// <param name="unitCost">L₀, the price of a branch in the last stretch.</param>
/// <param name="epochsBetweenSplits">The number of epochs before each split, at least 1.</param>
public sealed class FullyAdaptiveSearch(
    BranchTree tree, IReadOnlyList<Stack> stretches, IReadOnlyList<int> poolings, double alpha, double unitCost, int epochsBetweenSplits)
    : StructureSearch
{
    /// <inheritdoc/>
    public override string? Contradiction(int epochs, Labels labels, TaskSet tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (epochs <= epochsBetweenSplits)
        {
            return $"its first split is after {epochsBetweenSplits} epochs, but the training has {epochs}; "
                + "train longer, or lower EpochsBetweenSplits";
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (labels.Dense(tasks.Count).Observed is not { } observed)
        {
            return null;
        }

        var affinities = Difficulty.Affinities(zeros_like(observed), observed);
        for (var i = 0; i < tasks.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (double.IsNaN(affinities[i, j]))
                {
                    return $"it compares tasks on the rows that have labels of both, and no training row has one of "
                        + $"{tasks.Tasks[j].Name} and one of {tasks.Tasks[i].Name}; use an architecture that needs no such rows";
                }
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override int SettledAfter(int epochs) => Math.Min(tree.Stretches, (epochs - 1) / epochsBetweenSplits) * epochsBetweenSplits;

    /// <inheritdoc/>
    public override void EpochStarting(SearchMoment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        var split = moment.Epoch / epochsBetweenSplits;
        if (moment.Epoch % epochsBetweenSplits != 0 || split == 0 || split > tree.Stretches)
        {
            return;
        }

        var stretch = tree.Stretches - split;
        var above = stretch + 1 < tree.Stretches ? tree.Of(stretch + 1) : [.. Enumerable.Range(0, moment.Tasks.Count)];
        if (above.Max() == 0 || tree.Count(stretch) > 1)
        {
            return;   // there is nothing to group, or the network started from one that was split here before
        }

        using var scope = NewDisposeScope();
        var labels = moment.Labels.Dense(moment.Tasks.Count);
        var votes = Difficulty.Votes(Difficulty.Margins(moment.Outputs(), labels, moment.Tasks), labels.Observed);
        var affinities = BranchGrouping.OfBranches(Difficulty.Affinities(votes, labels.Observed), above);
        var groups = BranchGrouping.Best(affinities, alpha, unitCost * Math.Pow(2, poolings[stretch]));
        SplitMoments(stretches[stretch], tree.Split(stretch, [.. above.Select(b => groups[b])]), moment.Optimizer);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Tensor Values)> Traces() => Enumerable.Range(0, tree.Stretches).Select(
        s => (BranchTrace(s), tensor([.. tree.Of(s).Select(b => b + 1.0)])));
}
