using UAmtfl.Data;
using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Selection;

/// <summary>The folds of cross-validation.</summary>
internal static class Folds
{
    /// <summary>Deals rows out to folds in a random order; the folds' sizes differ by one at most. It depends on the number of rows and the seed alone, so
    /// tasks with the same rows have the same folds, and no task's folds depend on its place among the tasks.</summary>
    /// <returns>[count], 0 to folds − 1.</returns>
    public static int[] Assign(int count, int folds, long seed) => Deal(Shuffled(count, seed), folds);

    /// <summary>The same within each class, so that the folds have the same share of each as nearly as can be.</summary>
    /// <returns>[N], 0 to folds − 1.</returns>
    public static int[] Stratified(double[] labels, int folds, long seed) =>
        Deal([.. Shuffled(labels.Length, seed).OrderBy(n => labels[n])], folds);

    private static int[] Shuffled(int count, long seed) => new SplitMix64(seed).Sample<int>([.. Enumerable.Range(0, count)], count);

    private static int[] Deal(int[] order, int folds)
    {
        var fold = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            fold[order[i]] = i % folds;
        }

        return fold;
    }
}
