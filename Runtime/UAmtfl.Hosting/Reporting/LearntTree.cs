using UAmtfl.Evaluation;
using UAmtfl.Training.Structure;

namespace UAmtfl.Reporting;

/// <summary>The tree of branches that a training found, with the epochs in which it changed.</summary>
/// <param name="Seed">The seed of the training.</param>
/// <param name="Phases">The different trees, in their order; the last one is that of the trained network.</param>
public sealed record LearntTree(int Seed, IReadOnlyList<TreePhase> Phases)
{
    /// <summary>Returns the trees of the cells that have one, by seed.</summary>
    /// <param name="cells">The cells of a variant.</param>
    internal static IReadOnlyList<LearntTree> Of(IEnumerable<CellResult> cells) =>
        [.. cells.OrderBy(c => c.Seed).Select(c => new LearntTree(c.Seed, Changes(c))).Where(t => t.Phases.Count > 0)];

    /// <summary>True if a curve over epochs is the branches of a stretch, whose mean over seeds would say nothing.</summary>
    /// <param name="trace">The name of the curve.</param>
    internal static bool Has(string trace) => trace.StartsWith(StructureSearch.BranchTracePrefix, StringComparison.Ordinal);

    private static List<TreePhase> Changes(CellResult cell)
    {
        double[][][] stretches =
        [
            .. Enumerable.Range(0, cell.Traces.Count).Select(s => cell.Traces.GetValueOrDefault(StructureSearch.BranchTrace(s)))
                .TakeWhile(t => t is not null).OfType<double[][]>(),
        ];
        List<TreePhase> phases = [];
        for (var epoch = 0; stretches.Length > 0 && epoch < stretches[0].Length; epoch++)
        {
            int[][] tree = [.. stretches.Select(of => Numbered(of[epoch]))];
            if (phases.Count == 0 || !phases[^1].Branches.Zip(tree).All(pair => pair.First.SequenceEqual(pair.Second)))
            {
                phases.Add(new(epoch + 1, tree));
            }
        }

        return phases;
    }

    /// <summary>Numbers branches in the order of their first tasks, from 0.</summary>
    private static int[] Numbered(double[] branches)
    {
        List<double> order = [.. branches.Distinct()];
        return [.. branches.Select(b => order.IndexOf(b))];
    }
}

/// <summary>A tree of branches.</summary>
/// <param name="Epoch">The first epoch that was trained with it, from 1.</param>
/// <param name="Branches">For each stretch the branch of each task, [T], numbered from 0 in the order of their first tasks.</param>
public sealed record TreePhase(int Epoch, IReadOnlyList<int[]> Branches);
