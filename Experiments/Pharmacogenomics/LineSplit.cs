using UAmtfl.Numerics;

namespace UAmtfl.Experiments.Pharmacogenomics;

/// <summary>The split of cell lines: a fifth for the test, an eighth of the others for validation, the rest for training.</summary>
/// <param name="Train">Rows, about 70 %.</param>
/// <param name="Validation">Other rows, about 10 %.</param>
/// <param name="Test">Other rows, about 20 %.</param>
public sealed record LineSplit(int[] Train, int[] Validation, int[] Test)
{
    /// <summary>Draws a split of whole cell lines, so that no line is trained on with one drug and tested on with another.</summary>
    /// <param name="lines">N, at least 10.</param>
    /// <param name="seed">The seed of the draw.</param>
    public static LineSplit From(int lines, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lines, 10);
        var order = new SplitMix64(seed).Sample<int>([.. Enumerable.Range(0, lines)], lines);
        var test = lines / 5;
        var validation = (lines - test) / 8;
        return new(order[(test + validation)..], order[test..(test + validation)], order[..test]);
    }
}
