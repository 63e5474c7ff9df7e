using UAmtfl.Data;
using UAmtfl.Tasks;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Training.Structure;

/// <summary>Cools the choices of a network's branches, and decides the tree after a number of epochs (Guo et al. 2020).</summary>
/// <param name="tree">The tree of the network.</param>
/// <param name="stretches">The stretches from the first to the last.</param>
/// <param name="choices">The choices of the second stretch to the last, then that of the tasks.</param>
/// <param name="searchEpochs">The number of epochs before the tree is decided, at least 1.</param>
/// <param name="temperature">The temperature of the first epoch, above 0.</param>
/// <param name="finalTemperature">The temperature of the last epoch of the search, above 0; between them it falls by the same factor from
/// epoch to epoch.</param>
public sealed class LearnToBranchSearch(
    BranchTree tree, IReadOnlyList<Stack> stretches, IReadOnlyList<BranchChoice> choices, int searchEpochs, double temperature,
    double finalTemperature)
    : StructureSearch
{
    /// <inheritdoc/>
    public override string? Contradiction(int epochs, Labels labels, TaskSet tasks) => epochs <= searchEpochs
        ? $"its tree is decided after {searchEpochs} epochs, but the training has {epochs}; train longer, or lower SearchEpochs"
        : null;

    /// <inheritdoc/>
    public override int SettledAfter(int epochs) => searchEpochs;

    /// <inheritdoc/>
    public override void EpochStarting(SearchMoment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        if (moment.Epoch < searchEpochs)
        {
            var share = searchEpochs == 1 ? 0 : moment.Epoch / (searchEpochs - 1.0);
            foreach (var choice in choices)
            {
                choice.Cool(temperature * Math.Pow(finalTemperature / temperature, share));
            }
        }
        else if (!tree.Decided)
        {
            foreach (var (stretch, kept) in tree.Decide(Chosen()).Index())
            {
                SplitMoments(stretches[stretch], kept, moment.Optimizer);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Tensor Values)> Traces() => Chosen().Select(
        (of, s) => (BranchTrace(s), tensor([.. of.Select(b => b + 1.0)])));

    /// <summary>Returns for each stretch the branch of each task: the tree, or what it would be if it were decided now.</summary>
    private List<IReadOnlyList<int>> Chosen()
    {
        if (tree.Decided)
        {
            return [.. Enumerable.Range(0, tree.Stretches).Select(tree.Of)];
        }

        List<IReadOnlyList<int>> branches = [choices[^1].Chosen()];
        foreach (var choice in choices.Reverse().Skip(1))
        {
            var chosen = choice.Chosen();
            branches.Insert(0, [.. branches[0].Select(b => chosen[b])]);
        }

        return branches;
    }
}
