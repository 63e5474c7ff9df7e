using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Selection;

/// <summary>Assigns rows to the folds of a cross-validation.</summary>
internal static class Folds
{
    /// <summary>Assigns rows to folds at random; the sizes of the folds differ by one at most. Tasks with the same number of rows get
    /// the same folds, because they depend only on that number and the seed.</summary>
    /// <returns>The fold of each row, [count], 0 to folds − 1.</returns>
    public static int[] Assign(int count, int folds, long seed) => Deal(Shuffled(count, seed), folds);

    /// <summary>Assigns rows to folds at random within each class, so that each fold has nearly the same share of each class.</summary>
    /// <returns>The fold of each row, [N], 0 to folds − 1.</returns>
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
