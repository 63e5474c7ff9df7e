namespace UAmtfl;

/// <summary>Takes the data of an experiment from a table, in place of a data set class: <c>[Table("patients.csv")]</c>. The labels of a
/// task are the column that is named like it, and the inputs are all other columns.</summary>
/// <param name="path">The file, <c>.csv</c>, <c>.tsv</c>, <c>.tab</c> or <c>.parquet</c>, perhaps with <c>.gz</c>. It is looked for
/// in the folder given with <c>--data</c>, else beside the program, else in the working directory.</param>
/// <remarks>Where upper and lower case of a name differ, the only column that differs in nothing else is taken. If the table is one of
/// the project's additional files, the compiler checks the names and the types of columns; a run checks them in any case, before anything
/// is trained.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TableAttribute(string path) : Attribute
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The columns that are inputs, in the order of the network's: names, or patterns in which <c>*</c> stands for any
    /// characters, such as <c>"gene_*"</c>. Without it they are all columns that have no other role.</summary>
    public string[] Inputs { get; init; } = [];

    /// <summary>The names or patterns of columns that are not read.</summary>
    public string[] Ignore { get; init; } = [];

    /// <summary>The names or patterns of inputs whose values are categories, also if they are numbers such as postcodes. A column of text
    /// with at most 100 values needs no declaration. A category becomes an input for each of its values, 1 for the value of the row and
    /// else 0, in the order of their code points.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>The column with an identifier of each row's subject, which may not be in two splits. It is no input.</summary>
    public string? Id { get; init; }

    /// <summary>The column that says which task each row is of, if each row has one label in <see cref="Label"/>. Its values are the names
    /// of the tasks.</summary>
    public string? Task { get; init; }

    /// <summary>The column with the label of each row, if each row is of one <see cref="Task"/>.</summary>
    public string? Label { get; init; }

    /// <summary>What is done with a missing input.</summary>
    public MissingInputs Missing { get; init; }

    /// <summary>What is done with a category that the table does not have, when a trained model predicts.</summary>
    public UnknownCategories Unknown { get; init; }

    /// <summary>True, the default, to subtract the training mean from each input and to divide it by the training deviation
    /// (<see cref="Data.Standardise"/>). Inputs with no values but 0 and 1 are only centred.</summary>
    public bool Standardise { get; init; } = true;

    /// <summary>True to do the same with the labels of regressions. Errors are then reported in training deviations, and predictions in
    /// the unit of the table.</summary>
    public bool StandardiseLabels { get; init; }

    /// <summary>The markers of a missing value, in addition to empty and blank fields. They replace the default, <c>NA</c>, <c>NaN</c> and
    /// <c>nan</c>, and count in every column.</summary>
    public string[] Markers { get; init; } = ["NA", "NaN", "nan"];

    /// <summary>The character between fields. Without it a tab for <c>.tsv</c> and <c>.tab</c>, and a comma for other files.</summary>
    public char Separator { get; init; }

    /// <summary>True if numbers have a comma in the place of a decimal point.</summary>
    public bool DecimalComma { get; init; }
}
