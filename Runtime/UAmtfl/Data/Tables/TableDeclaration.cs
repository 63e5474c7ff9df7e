using UAmtfl.Tasks;

namespace UAmtfl.Data.Tables;

/// <summary>What an experiment declares of its table (<see cref="TableAttribute"/>, <see cref="PartitionAttribute"/>). The generator
/// writes it into the descriptor, and a program may make one itself.</summary>
public sealed record TableDeclaration
{
    /// <summary>The file (<see cref="TableAttribute.Path"/>).</summary>
    public required string Path { get; init; }

    /// <summary>The tasks in the order of declaration, which is that of the labels.</summary>
    public required IReadOnlyList<TableTask> Tasks { get; init; }

    /// <summary>How the file is written.</summary>
    public TableFormat Format { get; init; } = new();

    /// <summary>The names or patterns of the inputs (<see cref="TableAttribute.Inputs"/>).</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The names or patterns of columns that are not read (<see cref="TableAttribute.Ignore"/>).</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>The names or patterns of inputs that are categories (<see cref="TableAttribute.Categories"/>).</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The column with an identifier of each row (<see cref="TableAttribute.Id"/>).</summary>
    public string? Id { get; init; }

    /// <summary>The column that says which task each row is of (<see cref="TableAttribute.Task"/>).</summary>
    public string? Task { get; init; }

    /// <summary>The column with the label of each row that is of one task (<see cref="TableAttribute.Label"/>).</summary>
    public string? Label { get; init; }

    /// <summary>What is done with a missing input.</summary>
    public MissingInputs Missing { get; init; }

    /// <summary>What is done with an unknown category in prediction.</summary>
    public UnknownCategories Unknown { get; init; }

    /// <summary>True to standardise the inputs (<see cref="TableAttribute.Standardise"/>).</summary>
    public bool Standardise { get; init; } = true;

    /// <summary>True to standardise the labels of regressions (<see cref="TableAttribute.StandardiseLabels"/>).</summary>
    public bool StandardiseLabels { get; init; }

    /// <summary>How the rows are split.</summary>
    public TablePartition Partition { get; init; } = new();

    /// <summary>What is stated, by the names of the attributes' options.</summary>
    internal IReadOnlyDictionary<string, string> Options
    {
        get
        {
            var unstated = new TableDeclaration { Path = "", Tasks = [] };
            return DeclaredOptions.Of(
            [
                (nameof(Path), Path, ""), (nameof(Tasks), Tasks.Select(t => t.Text), unstated.Tasks.Select(t => t.Text)),
                (nameof(Inputs), Inputs, unstated.Inputs), (nameof(Ignore), Ignore, unstated.Ignore),
                (nameof(Categories), Categories, unstated.Categories), (nameof(Id), Id, null), (nameof(Task), Task, null),
                (nameof(Label), Label, null), (nameof(Missing), Missing, unstated.Missing), (nameof(Unknown), Unknown, unstated.Unknown),
                (nameof(Standardise), Standardise, unstated.Standardise),
                (nameof(StandardiseLabels), StandardiseLabels, unstated.StandardiseLabels),
                (nameof(Format.Separator), Format.Separator, unstated.Format.Separator),
                (nameof(Format.DecimalComma), Format.DecimalComma, unstated.Format.DecimalComma),
                (nameof(Format.Markers), Format.Markers, unstated.Format.Markers),
                .. Partition.Options.Select(o => ($"{nameof(Partition)}.{o.Name}", o.Value, o.Unstated)),
            ]);
        }
    }

    /// <summary>Returns the names of columns that the declaration has.</summary>
    /// <param name="images">The column that names the image of each row; null for none.</param>
    internal TableNaming Naming(string? images) => new(
        [.. Tasks.Select(t => t.Column)], Inputs, Ignore, Categories, Id, Task, Label, Partition.Group, Partition.Column,
        Partition.Stratify, images);
}

/// <summary>A task whose labels are in a table.</summary>
/// <param name="Column">The name of its column or, if each row is of one task, its value in <see cref="TableAttribute.Task"/>.</param>
/// <param name="Kind">The kind of the task.</param>
/// <param name="Classes">The number of classes of a classification, and 1 otherwise.</param>
public sealed record TableTask(string Column, TaskKind Kind, int Classes = 1)
{
    /// <summary>The values of the column in the order of the labels (<see cref="ColumnAttribute.Classes"/>); empty for that of their code
    /// points.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The number of classes, 2 for a binary task and 0 for a regression.</summary>
    internal int ClassCount => Kind switch { TaskKind.Binary => 2, TaskKind.Classification => Classes, _ => 0 };

    /// <summary>The task in words.</summary>
    internal string Text => $"{Column}: {Kind} {Classes} {string.Join(", ", ClassNames)}".TrimEnd();
}

/// <summary>How the rows of a table are split (<see cref="PartitionAttribute"/>).</summary>
public sealed record TablePartition
{
    /// <summary>The fraction of the rows that variants are trained on.</summary>
    public double Train { get; init; } = 0.6;

    /// <summary>The fraction of the rows by which choices are made.</summary>
    public double Validation { get; init; } = 0.2;

    /// <summary>The column whose values have the same share in all splits.</summary>
    public string? Stratify { get; init; }

    /// <summary>The column whose rows with one value are in one split.</summary>
    public string? Group { get; init; }

    /// <summary>The column that says which split each row is of.</summary>
    public string? Column { get; init; }

    /// <summary>The file with the validation rows.</summary>
    public string? ValidationFile { get; init; }

    /// <summary>The file with the test rows.</summary>
    public string? TestFile { get; init; }

    /// <summary>The number of folds of a cross-validation; 0 for none.</summary>
    public int Folds { get; init; }

    /// <summary>The seed of the draw; 0 for that of the run.</summary>
    public int Seed { get; init; }

    /// <summary>The name of each option, its value, and the value of one that is not stated.</summary>
    internal IReadOnlyList<(string Name, object? Value, object? Unstated)> Options
    {
        get
        {
            var unstated = new TablePartition();
            return
            [
                (nameof(Train), Train, unstated.Train), (nameof(Validation), Validation, unstated.Validation),
                (nameof(Stratify), Stratify, null), (nameof(Group), Group, null), (nameof(Column), Column, null),
                (nameof(ValidationFile), ValidationFile, null), (nameof(TestFile), TestFile, null), (nameof(Folds), Folds, unstated.Folds),
                (nameof(Seed), Seed, unstated.Seed),
            ];
        }
    }

    /// <summary>Refuses a number that a run sets and that has no effect in the way in which the rows are split.</summary>
    /// <param name="declared">The partition without what the run sets.</param>
    /// <exception cref="DataException">There is one.</exception>
    internal void RequireUsed(TablePartition declared)
    {
        string[] all = [nameof(Train), nameof(Validation), nameof(Folds), nameof(Seed)];
        var (unused, reason) = (Column, ValidationFile, TestFile, Folds) switch
        {
            ({ } column, _, _, _) => (all, $"the column '{column}' says which split each row is of: leave it out"),
            (_, { } validation, { } test, _) => (
                all, $"the validation has the rows of {validation} and the test those of {test}: leave it out"),
            (_, _, { } test, _) => (
                [nameof(Train), nameof(Folds)],
                $"the test has the rows of {test}, and the training those that the validation leaves: leave it out, or set Validation"),
            (_, { } validation, _, _) => (
                [nameof(Folds)],
                $"the validation has the rows of {validation}: leave it out, or set Train, which leaves rows for the test"),
            (_, _, _, > 0) => (
                [nameof(Train)],
                $"the test has one of {Folds} folds, and the training the rows that the validation leaves: leave it out, or set Folds "
                    + "to 0"),
            _ => (Array.Empty<string>(), ""),
        };
        var set = Options.Zip(declared.Options).Where(o => !Equals(o.First.Value, o.Second.Value)).Select(o => o.First.Name);
        if (set.FirstOrDefault(unused.Contains) is { } option)
        {
            throw new DataException($"the data set's option {option} has no effect, because {reason}");
        }
    }
}
