using UAmtfl.Data;
using UAmtfl.Numerics;

namespace UAmtfl.Experiments.Mnist;

/// <summary>How training images are taken from the pool.</summary>
public enum Draw
{
    /// <summary>Takes the first images of each digit in file order for every seed, as the authors' program does.</summary>
    First,

    /// <summary>Draws images without replacement, other ones for each seed.</summary>
    Seeded,
}

/// <summary>The rows of a pool of images that MNIST-Imbalanced takes.</summary>
/// <param name="Train">[1100], rows of the pool: 200 of digit 0, then 180 of digit 1, … 20 of digit 9.</param>
/// <param name="Validation">[1000], other rows: 100 of each digit, in the order of the digits.</param>
public sealed record ImbalancedDraw(int[] Train, int[] Validation)
{
    /// <summary>The number of validation images of each digit.</summary>
    public const int ValidationPerDigit = 100;

    /// <summary>The number of training images of a digit: 200, 180, … 20 for 0, 1, … 9 (Lee, Yang and Hwang 2018, section 4.2).</summary>
    public static int TrainCount(int digit) => 200 - 20 * digit;

    /// <summary>Takes training rows digit by digit, and validation rows from those that are left.</summary>
    /// <param name="labels">[N], the pool's labels, 0…9, in file order.</param>
    /// <param name="draw">The first rows of each digit for training and the next for validation, or a draw by <see cref="SplitMix64"/>,
    /// for all digits in turn.</param>
    /// <param name="seed">The seed of the draw; without meaning for <see cref="Draw.First"/>.</param>
    /// <param name="source">Where the labels are from, for the message.</param>
    /// <exception cref="DataException">A digit has too few images.</exception>
    public static ImbalancedDraw From(ReadOnlySpan<byte> labels, Draw draw, int seed, string source)
    {
        var rowsOf = Enumerable.Range(0, DigitImages.Digits).Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < labels.Length; row++)
        {
            rowsOf[labels[row]].Add(row);
        }

        List<int> train = [], validation = [];
        var random = new SplitMix64(seed);
        for (var digit = 0; digit < DigitImages.Digits; digit++)
        {
            int[] rows = [.. rowsOf[digit]];
            var count = TrainCount(digit);
            var needed = count + ValidationPerDigit;
            if (rows.Length < needed)
            {
                throw new DataException(
                    $"{source}: {rows.Length} images of digit {digit}, expected at least {needed} ({count} to train on and " +
                    $"{ValidationPerDigit} to validate on): give a folder with the full training files with --data");
            }

            var drawn = draw == Draw.First ? rows[..needed] : random.Sample<int>(rows, needed);
            train.AddRange(drawn[..count]);
            validation.AddRange(drawn[count..]);
        }
        return new([.. train], [.. validation]);
    }
}
