using UAmtfl.Numerics;

namespace UAmtfl.Experiments.Synthetic;

/// <summary>What the synthetic tasks are made of (Lee, Yang and Hwang 2018, section 4.1): six basis vectors, and tasks that combine two
/// each. Easy tasks take every pair of l1 … l4, hard tasks every pair of l3 … l6, so that l3 and l4 serve both.</summary>
/// <remarks>The paper does not say how bases and coefficients are drawn. Here basis i has normal entries in coordinates 5i … 5i + 4 and
/// zeros elsewhere, since it is to be found with ℓ₁ on L; a coefficient is ± a number in [0.5, 1.5). They are the same for every seed:
/// seeds draw rows.</remarks>
public sealed class BasisTruth
{
    /// <summary>The number of basis vectors.</summary>
    public const int Bases = 6;

    /// <summary>The number of entries of a basis vector.</summary>
    public const int Dimension = 30;

    private const int Block = Dimension / Bases;

    /// <summary>The seed of the bases and coefficients, the same for all runs.</summary>
    private const long Seed = 2018;

    /// <summary>Draws bases and coefficients for a number of tasks.</summary>
    /// <param name="tasks">T, a multiple of 12: the first half easy, the other hard, and in each half one pair after the other, over and
    /// over.</param>
    public BasisTruth(int tasks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 12);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tasks % 12, 0);
        var random = new SplitMix64(Seed);
        Basis = [.. Enumerable.Range(0, Bases).Select(i =>
            Enumerable.Range(0, Dimension).Select(j => j / Block == i ? random.Normal() : 0).ToArray())];
        Pairs = [.. Enumerable.Range(0, tasks).Select(t => Pair(t % (tasks / 2) % 6, t < tasks / 2 ? 0 : 2))];
        Weights = [.. Pairs.Select(p => Combine(Basis[p.First], Coefficient(random), Basis[p.Second], Coefficient(random)))];
    }

    /// <summary>[6][30], the basis vectors as rows.</summary>
    public IReadOnlyList<double[]> Basis { get; }

    /// <summary>[T], the two bases of each task, counted from 0.</summary>
    public IReadOnlyList<(int First, int Second)> Pairs { get; }

    /// <summary>[T][30], w_t before any noise.</summary>
    public IReadOnlyList<double[]> Weights { get; }

    /// <summary>True if a task is one of the hard ones.</summary>
    /// <param name="task">0 … T − 1.</param>
    public bool IsHard(int task) => task >= Weights.Count / 2;

    private static readonly (int First, int Second)[] PairsOfFour = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];

    private static (int First, int Second) Pair(int index, int offset) =>
        (PairsOfFour[index].First + offset, PairsOfFour[index].Second + offset);

    private static double Coefficient(SplitMix64 random) => (0.5 + random.Unit()) * (random.Below(2) == 0 ? -1 : 1);

    private static double[] Combine(double[] a, double first, double[] b, double second) =>
        [.. a.Zip(b, (x, y) => (first * x) + (second * y))];
}
