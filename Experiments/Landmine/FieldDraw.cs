using UAmtfl.Numerics;

namespace UAmtfl.Experiments.Landmine;

/// <summary>The draw of the rows of one field for training, validation and test.</summary>
/// <param name="Train">Rows to train on.</param>
/// <param name="Validation">Rows to choose by.</param>
/// <param name="Test">All other rows of the field, to test on.</param>
public sealed record FieldDraw(int[] Train, int[] Validation, int[] Test)
{
    /// <summary>Draws at random within each class, so that each part has about the field's share of mines and at least one row of each
    /// class, because the area under the curve is undefined without both.</summary>
    /// <param name="mines">The field's rows with label 1.</param>
    /// <param name="clutter">The field's rows with label 0.</param>
    /// <param name="train">How many rows to train on.</param>
    /// <param name="validation">How many rows to choose by.</param>
    /// <param name="random">The generator.</param>
    /// <returns>The draw; null where the field has too few rows for it.</returns>
    public static FieldDraw? From(ReadOnlySpan<int> mines, ReadOnlySpan<int> clutter, int train, int validation, SplitMix64 random)
    {
        var (positive, rows) = (mines.Length, mines.Length + clutter.Length);
        if (mines.Length < 3 || clutter.Length < 3 || train + validation >= rows)
        {
            return null;
        }

        var (trainMines, validationMines) = (Share(train), Share(validation));
        trainMines = Math.Clamp(trainMines, 1, mines.Length - 2);
        validationMines = Math.Clamp(validationMines, 1, mines.Length - trainMines - 1);
        var (trainClutter, validationClutter) = (train - trainMines, validation - validationMines);
        if (trainClutter < 1 || validationClutter < 1 || trainClutter + validationClutter >= clutter.Length)
        {
            return null;
        }

        var (one, zero) = (random.Sample(mines, mines.Length), random.Sample(clutter, clutter.Length));
        return new(
            [.. one[..trainMines], .. zero[..trainClutter]],
            [.. one[trainMines..(trainMines + validationMines)], .. zero[trainClutter..(trainClutter + validationClutter)]],
            [.. one[(trainMines + validationMines)..], .. zero[(trainClutter + validationClutter)..]]);

        int Share(int count) => (int)Math.Round((double)count * positive / rows);
    }
}
