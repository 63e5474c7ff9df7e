using UAmtfl.Numerics;

namespace UAmtfl.Experiments.ToxCast;

/// <summary>Chooses pairs of assays, so that each assay is in one pair at most: those whose training labels are most alike, and random
/// ones of the rest.</summary>
public static class AssayPairs
{
    /// <summary>Returns the similarity φ of two assays, which is the correlation of their labels over the molecules that have
    /// both.</summary>
    /// <param name="labels">The labels [N · T], row after row, NaN where a molecule was not measured.</param>
    /// <param name="tasks">The number of assays T.</param>
    /// <param name="first">The index of one assay.</param>
    /// <param name="second">The index of the other.</param>
    /// <returns>A number in [−1, 1]; NaN if an assay has one label only on these molecules.</returns>
    public static double Phi(IReadOnlyList<float> labels, int tasks, int first, int second)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var both = Enumerable.Range(0, labels.Count / tasks)
            .Select(row => (X: (double)labels[(row * tasks) + first], Y: (double)labels[(row * tasks) + second]))
            .Where(p => !double.IsNaN(p.X) && !double.IsNaN(p.Y)).ToList();
        var (x, y) = (both.Sum(p => p.X) / both.Count, both.Sum(p => p.Y) / both.Count);
        return both.Sum(p => (p.X - x) * (p.Y - y))
            / Math.Sqrt(both.Sum(p => (p.X - x) * (p.X - x)) * both.Sum(p => (p.Y - y) * (p.Y - y)));
    }

    /// <summary>Returns the pairs with the largest similarity, the most similar first; a pair with an assay of an earlier one is left
    /// out.</summary>
    /// <param name="labels">The training labels [N · T], row after row, NaN where a molecule was not measured.</param>
    /// <param name="tasks">The number of assays T, at least twice <paramref name="count"/>.</param>
    /// <param name="count">The number of pairs.</param>
    public static IReadOnlyList<(int First, int Second)> Similar(IReadOnlyList<float> labels, int tasks, int count)
    {
        var ranked = Enumerable.Range(0, tasks)
            .SelectMany(a => Enumerable.Range(a + 1, tasks - a - 1).Select(b => (First: a, Second: b)))
            .OrderByDescending(p => Phi(labels, tasks, p.First, p.Second));
        var pairs = new List<(int First, int Second)>();
        foreach (var pair in ranked)
        {
            if (pairs.Count < count && !pairs.Any(p => Holds(p, pair.First) || Holds(p, pair.Second)))
            {
                pairs.Add(pair);
            }
        }

        return pairs;
    }

    /// <summary>Draws pairs of the assays that are in none of the given pairs.</summary>
    /// <param name="tasks">The number of assays T.</param>
    /// <param name="taken">The pairs whose assays are left out.</param>
    /// <param name="count">The number of pairs.</param>
    /// <param name="seed">The seed of the draw.</param>
    public static IReadOnlyList<(int First, int Second)> Random(
        int tasks, IReadOnlyList<(int First, int Second)> taken, int count, int seed)
    {
        int[] free = [.. Enumerable.Range(0, tasks).Where(t => !taken.Any(p => Holds(p, t)))];
        return [.. new SplitMix64(seed).Sample<int>(free, 2 * count).Chunk(2).Select(p => (p[0], p[1]))];
    }

    private static bool Holds((int First, int Second) pair, int task) => pair.First == task || pair.Second == task;
}
