using UAmtfl.Data;
using UAmtfl.Numerics;

namespace UAmtfl.Experiments.Mnist;

/// <summary>The rows of a pool of images that a split takes for training, validation and test: 100, 50 and 50 of each digit, none
/// twice.</summary>
/// <param name="Train">[1000], rows of the pool, digit by digit.</param>
/// <param name="Validation">[500]</param>
/// <param name="Test">[500]</param>
public sealed record PcaDraw(int[] Train, int[] Validation, int[] Test)
{
    private const int TrainCount = 100, HeldOutCount = 50, Needed = TrainCount + (2 * HeldOutCount);

    /// <summary>Draws the rows of a split, digit by digit.</summary>
    /// <param name="labels">[N], the pool's labels, 0…9, in file order.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="source">Where the labels are from, for the message.</param>
    /// <exception cref="DataException">A digit has too few images.</exception>
    public static PcaDraw From(ReadOnlySpan<byte> labels, int seed, string source)
    {
        var rowsOf = Enumerable.Range(0, DigitImages.Digits).Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < labels.Length; row++)
        {
            rowsOf[labels[row]].Add(row);
        }

        List<int> train = [], validation = [], test = [];
        var random = new SplitMix64(seed);
        foreach (var (digit, rows) in rowsOf.Index())
        {
            if (rows.Count < Needed)
            {
                throw new DataException(
                    $"{source}: {rows.Count} images of digit {digit}, expected at least {Needed} ({TrainCount} to train on, " +
                    $"{HeldOutCount} to validate on and {HeldOutCount} to test on): give a folder with the full training files with " +
                    "--data");
            }

            var drawn = random.Sample<int>([.. rows], Needed);
            train.AddRange(drawn[..TrainCount]);
            validation.AddRange(drawn[TrainCount..(TrainCount + HeldOutCount)]);
            test.AddRange(drawn[(TrainCount + HeldOutCount)..]);
        }

        return new([.. train], [.. validation], [.. test]);
    }
}
