namespace UAmtfl;

/// <summary>Says how the rows of a <see cref="TableAttribute"/> are split into training, validation and test rows: by fractions, by folds,
/// by a column or by files. Without it 60 % of the rows are drawn for training and 20 % for validation, anew for each seed.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PartitionAttribute : Attribute
{
    /// <summary>The fraction of the rows that variants are trained on, above 0 and below 1.</summary>
    [Number(0, 1, Above = true, Below = true, Default = 0.6)]
    public double Train { get; init; } = 0.6;

    /// <summary>The fraction of the rows by which choices are made, at least 0. The rest is for the test.</summary>
    [Number(0, 1, Below = true, Default = 0.2)]
    public double Validation { get; init; } = 0.2;

    /// <summary>The column whose values have the same share in all splits, such as the one of a rare class. If each row is of one task, it
    /// is the column of the tasks unless another is stated.</summary>
    public string? Stratify { get; init; }

    /// <summary>The column whose rows with one value are all in one split, such as the patient. It is no input.</summary>
    public string? Group { get; init; }

    /// <summary>The column that says which split each row is of: <c>train</c>, <c>validation</c> or <c>test</c>. It is no input.</summary>
    public string? Column { get; init; }

    /// <summary>The file with the validation rows, which has the columns of the table.</summary>
    public string? ValidationFile { get; init; }

    /// <summary>The file with the test rows, which has the columns of the table.</summary>
    public string? TestFile { get; init; }

    /// <summary>The number of folds of a cross-validation, at least 2; 0, the default, for none. The rows are dealt out to the folds once,
    /// seed 1 is tested on the first fold, seed 2 on the second, and so on. After all folds the rows are dealt out again.</summary>
    [Number(0, 10_000, Default = 0)]
    public int Folds { get; init; }

    /// <summary>The seed of the draw, at least 1, if all seeds of the run are to have the same splits; 0, the default, for that of the
    /// run.</summary>
    [Number(0, 1_000_000_000, Default = 0)]
    public int Seed { get; init; }
}
