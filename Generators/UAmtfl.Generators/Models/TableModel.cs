namespace UAmtfl.Generators.Models;

/// <summary>The model of [Table] and [Partition], with the members of <c>UAmtfl.Data.Tables.TableDeclaration</c>. A text that is null and
/// a list that is empty are not written.</summary>
internal sealed record TableModel(string Path, EquatableArray<TableTaskModel> Tasks)
{
    public EquatableArray<string> Inputs { get; init; }

    public EquatableArray<string> Ignore { get; init; }

    public EquatableArray<string> Categories { get; init; }

    public string? Id { get; init; }

    public string? Task { get; init; }

    public string? Label { get; init; }

    public string Missing { get; init; } = "Error";

    public string Unknown { get; init; } = "Error";

    public bool Standardise { get; init; } = true;

    public bool StandardiseLabels { get; init; }

    public TableFormatModel Format { get; init; } = TableFormatModel.Default;

    public PartitionModel Partition { get; init; } = PartitionModel.Default;

    /// <summary>The images that are the inputs; null if these are columns.</summary>
    public ImageColumnModel? Images { get; init; }
}

/// <summary>The model of how a table is written.</summary>
/// <param name="Separator">The character between fields; NUL for that of the file's name.</param>
/// <param name="DecimalComma">True if numbers have a decimal comma.</param>
/// <param name="Markers">The markers of a missing value; null for the runtime's.</param>
internal sealed record TableFormatModel(char Separator, bool DecimalComma, EquatableArray<string>? Markers)
{
    public static readonly TableFormatModel Default = new('\0', false, null);
}

/// <summary>The model of a task whose labels are in a table.</summary>
/// <param name="Column">The name of its column, or its value in the column of tasks.</param>
/// <param name="Kind">The kind of the task.</param>
/// <param name="Classes">The number of classes of a classification, else 1.</param>
/// <param name="ClassNames">The classes in the order of the labels; empty if they are not stated.</param>
internal sealed record TableTaskModel(string Column, TaskKind Kind, int Classes, EquatableArray<string> ClassNames)
{
    /// <summary>The number of classes, 2 for a binary task and 0 for a regression.</summary>
    public int ClassCount => Kind.Classes(Classes);
}

/// <summary>The model of [Partition].</summary>
internal sealed record PartitionModel(
    double Train, double Validation, string? Stratify, string? Group, string? Column, string? ValidationFile, string? TestFile, int Folds,
    int Seed)
{
    public static readonly PartitionModel Default = new(0.6, 0.2, null, null, null, null, null, 0, 0);
}
