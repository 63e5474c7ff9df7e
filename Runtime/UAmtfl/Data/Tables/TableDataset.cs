using static TorchSharp.torch;

namespace UAmtfl.Data.Tables;

/// <summary>The data set of an experiment that takes its data from a table (<see cref="TableAttribute"/>).</summary>
/// <param name="declaration">What the experiment declares.</param>
/// <param name="named">Reads the inputs if a column of the table only names them; null, the default, if they are columns.</param>
public class TableDataset(TableDeclaration declaration, INamedInputs? named = null) : IDeclaredData, IPredictionFiles
{
    private const string PathOption = "Path", TrainOption = "Train", ValidationOption = "Validation", FoldsOption = "Folds",
        SeedOption = "Seed", MissingOption = "Missing", StandardiseOption = "Standardise";

    /// <inheritdoc/>
    public IReadOnlyList<string> Options { get; } =
        [
            PathOption, TrainOption, ValidationOption, FoldsOption, SeedOption,
            .. named is null ? (string[])[MissingOption, StandardiseOption] : [],
        ];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Declared => named is null ? declaration.Options
        : declaration.Options.Concat(named.Declared.Append(new("Column", named.Column))
            .Select(o => KeyValuePair.Create($"Named.{o.Key}", o.Value))).ToDictionary();

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var declared = Configured(request);
        var (table, roles) = Read(declared, request.Folder);
        var labels = TableLabels.Of(table, roles, declared.Tasks);
        var columns = roles.Inputs.Select(c => table.Columns[c]).ToArray();
        var inputs = Inputs(declared, table, roles, labels);
        int[] rows = [.. Enumerable.Range(0, table.Count).Where(row => labels.Has(row)
            && (declared.Missing != MissingInputs.Drop || !Array.Exists(columns, c => IsMissing(c, row))))];
        var (splits, shared) = new TablePartitioner(table, roles, declared.Partition).Split(rows, request.Seed);
        CheckSplits(declared, table, splits);
        var samples = Array.ConvertAll(splits, split => Samples(
            table, roles, labels, split, named is null ? inputs.Names : [],
            named is null ? inputs.Encode(table, columns, split) : named.Read(Names(table, roles.Images, split), request.Folder)));
        return new(samples[0], samples[1], samples[2], shared)
        {
            InputTransforms = named is null ? Transforms(declared, inputs) : [],
            LabelTransforms = declared.StandardiseLabels ? [new Standardise()] : [],
            Table = named is null ? inputs with { Id = declared.Id } : null,
        };
    }

    string IDeclaredData.Source(DataRequest request) => request.Text(PathOption, declaration.Path);

    /// <inheritdoc/>
    public PredictionInputs? Read(string path) => (named as IPredictionFiles)?.Read(path);

    private static Samples Samples(
        TableData table, TableRoles roles, TableLabels labels, int[] rows, IReadOnlyList<string> names, Tensor inputs)
    {
        var (values, owner) = labels.Of(rows);

        // An image that is in two splits would be tested on what it was trained on, so that it identifies its row.
        var id = roles.Group >= 0 ? roles.Group : roles.Id >= 0 ? roles.Id : roles.Images;
        return new(inputs, values, owner)
        {
            Ids = id < 0 ? null : Array.ConvertAll(rows, row => table.Columns[id].Text(row) ?? table.Place(row)),
            Origin = new(
                row => table.Place(rows[(int)row]), names, [.. Labels(roles).Select(place => table.Columns[place].Tally.Name)]),
        };
    }

    private static NamedInput[] Names(TableData table, int column, int[] rows) => Array.ConvertAll(rows, row => new NamedInput(
        table.Columns[column].Text(row) ?? throw new DataException(
            $"{table.Place(row)}: the column '{table.Columns[column].Tally.Name}' is empty: name the input of the row, or drop the row"),
        table.Place(row)));

    private TableDeclaration Configured(DataRequest request)
    {
        var declared = declaration.Partition;
        var partition = declared with
        {
            Train = request.Number<PartitionAttribute>(TrainOption, declared.Train),
            Validation = request.Number<PartitionAttribute>(ValidationOption, declared.Validation),
            Folds = request.Integer(FoldsOption, declared.Folds, 0, 10_000),
            Seed = request.Integer(SeedOption, declared.Seed, 0, 1_000_000_000),
        };
        partition.RequireUsed(declared);
        return declaration with
        {
            Path = ((IDeclaredData)this).Source(request),
            Missing = request.Choice(MissingOption, declaration.Missing),
            Standardise = request.Flag(StandardiseOption, declaration.Standardise),
            Partition = partition,
        };
    }

    private (TableData Table, TableRoles Roles) Read(TableDeclaration declared, string? folder)
    {
        CrossValidation.RequireSeveral(declared.Partition.Folds);
        string?[] files = [declared.Path, declared.Partition.ValidationFile, declared.Partition.TestFile];
        string[] paths = [.. files.OfType<string>().Select(file => TableFiles.Locate(file, folder))];
        TableRoles? found = null;
        var table = TableReader.Read(paths, declared.Format, names =>
        {
            var roles = found = TableRoles.Of(
                declared.Naming(named?.Column), names, (_, wrong) => throw new DataException($"{paths[0]}: {wrong}"));
            var uses = new ColumnUse[names.Count];
            int[] texts = [roles.Id, roles.Task, roles.Group, roles.Split, roles.Stratify, roles.Images, .. roles.Categories];
            int[] values = [.. roles.Labels, roles.Label, .. roles.Inputs];
            foreach (var column in values.Where(c => c >= 0))
            {
                uses[column] |= ColumnUse.Values;
            }

            foreach (var column in texts.Concat(Stated(declared, roles)).Where(c => c >= 0))
            {
                uses[column] |= ColumnUse.Texts;
            }

            return uses;
        });
        return (table, found!);
    }

    /// <summary>Returns the columns of labels.</summary>
    private static IReadOnlyList<int> Labels(TableRoles roles) => roles.Task < 0 ? roles.Labels : [roles.Label];

    /// <summary>Returns the columns of labels whose classes are stated, which are compared as texts.</summary>
    private static IEnumerable<int> Stated(TableDeclaration declared, TableRoles roles) => roles.Task < 0
        ? declared.Tasks.Zip(roles.Labels).Where(t => t.First.ClassNames.Count > 0).Select(t => t.Second)
        : declared.Tasks.Where(t => t.ClassNames.Count > 0).Select(_ => roles.Label).Take(1);

    private static TableInputs Inputs(TableDeclaration declared, TableData table, TableRoles roles, TableLabels labels)
    {
        var columns = new List<TableInput>();
        foreach (var place in roles.Inputs)
        {
            var (facts, category) = (table.Columns[place].Facts(table.Count, numbers: false), roles.Categories.Contains(place));
            if (InputCoding.Problem(facts, category, declared.Missing == MissingInputs.Error, declared.Format.DecimalComma) is { } wrong)
            {
                throw new DataException($"{table.Source}: column '{facts.Name}' {wrong}");
            }

            columns.Add(InputCoding.IsCategory(facts, category)
                ? new(facts.Name, TableInputKind.Category, facts.Texts)
                : new(facts.Name, facts.Tally.Kind == ColumnKind.Flag ? TableInputKind.Flag : TableInputKind.Number));
        }

        return new()
        {
            Columns = columns, Unknown = declared.Unknown, Missing = declared.Missing, Format = declared.Format, Classes = labels.Classes,
        };
    }

    private static List<ITransform> Transforms(TableDeclaration declared, TableInputs inputs)
    {
        var transforms = new List<ITransform>();
        if (declared.Missing is MissingInputs.Mean or MissingInputs.Median)
        {
            transforms.Add(new FillMissing(declared.Missing == MissingInputs.Median, inputs.Names));
        }

        if (declared.Standardise)
        {
            transforms.Add(new Standardise { KeepFlags = true });
        }

        return transforms;
    }

    private static bool IsMissing(TableColumn column, int row) =>
        column.Numbers is { } numbers ? float.IsNaN(numbers[row]) : column.Codes![row] < 0;

    private static void CheckSplits(TableDeclaration declared, TableData table, int[][] splits)
    {
        var sizes = $"{splits[0].Length} training, {splits[1].Length} validation and {splits[2].Length} test rows";
        if (splits[0].Length == 0 || splits[2].Length == 0)
        {
            throw new DataException(
                $"{table.Source}: the splits have {sizes}{(declared.Missing == MissingInputs.Drop ? " without a missing input" : "")}: "
                    + "give more rows, or split them otherwise");
        }
    }
}

/// <summary>The data set of an experiment that takes its data from a table in which each row is of one task
/// (<see cref="TableAttribute.Task"/>).</summary>
/// <param name="declaration">What the experiment declares.</param>
/// <param name="named">Reads the inputs if a column of the table only names them; null, the default, if they are columns.</param>
public sealed class PerTaskTableDataset(TableDeclaration declaration, INamedInputs? named = null)
    : TableDataset(declaration, named), IPerTaskDataset;
