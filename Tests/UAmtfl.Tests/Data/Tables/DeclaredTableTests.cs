using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Data.Tables;
using UAmtfl.Descriptors;
using UAmtfl.Hosting;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data.Tables;

/// <summary>An experiment with another declaration of its table is another experiment: its hash differs, its run is not continued, and its
/// test rows are not paired.</summary>
public sealed class DeclaredTableTests : IDisposable
{
    private static readonly Dictionary<string, Func<TableDeclaration, TableDeclaration>> Edits = new()
    {
        ["Path"] = t => t with { Path = "u.csv" },
        ["Inputs"] = t => t with { Inputs = ["age", "sex"] },
        ["Ignore"] = t => t with { Ignore = ["age", "sex"] },
        ["Categories"] = t => t with { Categories = ["sex"] },
        ["Id"] = t => t with { Id = "id" },
        ["Task"] = t => t with { Task = "id" },
        ["Label"] = t => t with { Label = "id" },
        ["Missing"] = t => t with { Missing = MissingInputs.Drop },
        ["Unknown"] = t => t with { Unknown = UnknownCategories.Column },
        ["Standardise"] = t => t with { Standardise = true },
        ["StandardiseLabels"] = t => t with { StandardiseLabels = true },
        ["Column"] = t => t with { Tasks = [t.Tasks[0] with { Column = "z" }] },
        ["Kind"] = t => t with { Tasks = [t.Tasks[0] with { Kind = UAmtfl.Tasks.TaskKind.Classification }] },
        ["Classes"] = t => t with { Tasks = [t.Tasks[0] with { Classes = 3 }] },
        ["ClassNames"] = t => t with { Tasks = [t.Tasks[0] with { ClassNames = ["low", "high"] }] },
        ["Format.Separator"] = t => t with { Format = t.Format with { Separator = ';' } },
        ["Format.DecimalComma"] = t => t with { Format = t.Format with { DecimalComma = true } },
        ["Format.Markers"] = t => t with { Format = t.Format with { Markers = ["?"] } },
        ["Partition.Train"] = t => t with { Partition = t.Partition with { Train = 0.5 } },
        ["Partition.Validation"] = t => t with { Partition = t.Partition with { Validation = 0.1 } },
        ["Partition.Stratify"] = t => t with { Partition = t.Partition with { Stratify = "id" } },
        ["Partition.Group"] = t => t with { Partition = t.Partition with { Group = "id" } },
        ["Partition.Column"] = t => t with { Partition = t.Partition with { Column = "id" } },
        ["Partition.ValidationFile"] = t => t with { Partition = t.Partition with { ValidationFile = "u.csv" } },
        ["Partition.TestFile"] = t => t with { Partition = t.Partition with { TestFile = "u.csv" } },
        ["Partition.Folds"] = t => t with { Partition = t.Partition with { Folds = 5 } },
        ["Partition.Seed"] = t => t with { Partition = t.Partition with { Seed = 2 } },
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EachOptionChangesTheFingerprint()
    {
        string[] options =
        [
            .. Names(typeof(TableDeclaration)).Except(["Tasks", "Format", "Partition"]), .. Names(typeof(TableTask)),
            .. Names(typeof(TableFormat)).Select(n => $"Format.{n}"), .. Names(typeof(TablePartition)).Select(n => $"Partition.{n}"),
        ];
        Assert.Equal(options.Order(), Edits.Keys.Order());
        var hashes = Edits.Values.Select(edit => Experiment(edit(Table.Plain)).Fingerprint)
            .Append(Experiment(Table.Plain).Fingerprint).Append(Fake.Experiment().Fingerprint).ToList();
        Assert.Distinct(hashes);
        Assert.Equal(Experiment(Table.Plain).Fingerprint, Experiment(Table.Plain with { Ignore = [] }).Fingerprint);

        static IEnumerable<string> Names(Type type) => type.GetProperties().Where(p => p.CanWrite).Select(p => p.Name);
    }

    [Fact]
    public void ARunOfAnotherDeclarationIsNotContinued()
    {
        var before = Manifest(Table.Plain);
        using var run = RunFolder.Create(folder.Path, before);
        ResumedRun.RequireSame(before, Manifest(Table.Plain), run, []);
        var changed = Table.Plain with { Inputs = ["age"], Partition = new() { Seed = 1, Train = 0.5 } };
        var refused = Assert.Throws<UAmtflException>(() => ResumedRun.RequireSame(before, Manifest(changed), run, []));
        Assert.Equal(
            $"cannot continue {run.FullPath}, because this is another run now: data.Inputs is \"[age]\", and was absent; "
                + "data.Partition.Train is \"0.5\", and was absent; undo the change, or start a new run",
            refused.Message);
    }

    [Theory]
    [InlineData("Partition.Seed", true)]
    [InlineData("Missing", true)]
    [InlineData("Path", false)]
    public async Task TestRowsOfAnotherDeclarationAreNotPaired(string edit, bool unpaired)
    {
        var (first, second) = (Experiment(Table.Plain).DeclaredData, Experiment(Edits[edit](Table.Plain)).DeclaredData);
        Assert.Equal(unpaired, await AreUnpaired(first, second));
    }

    /// <summary>The folder of images that a table names is a path too, and their contents are compared.</summary>
    [Theory]
    [InlineData("other photos", "file", false)]
    [InlineData("photos", "other file", true)]
    public async Task ImagesOfAnotherFolderArePaired(string images, string column, bool unpaired)
    {
        Assert.Equal(unpaired, await AreUnpaired(Declared("photos", "file"), Declared(images, column)));

        static IReadOnlyDictionary<string, string> Declared(string images, string column) =>
            new TableDataset(Table.Plain, new ImageColumn(images, column, 8)).Declared;
    }

    /// <summary>An error in the data of a table names its file, because all tables have one class.</summary>
    [Theory]
    [InlineData("t.csv")]
    [InlineData("other.csv", "Path", "other.csv")]
    public void AnErrorNamesTheFile(string file, params string[] option)
    {
        using var table = new Table();
        table.Write("split,x,y,z\ntrain,1,1,\ntrain,2,2,\ntest,3,3,4\ntest,4,4,5\n", file);
        var declared = Table.Plain with
        {
            Tasks = [new("y", TaskKind.Regression), new("z", TaskKind.Regression)],
            Partition = new() { Column = "split" },
        };
        var experiment = Experiment(declared) with
        {
            Tasks = new([new("y", TaskKind.Regression, 1), new("z", TaskKind.Regression, 1)], [0, 1], false),
        };
        var options = option.Chunk(2).ToDictionary(o => o[0], o => o[1]);
        Assert.Equal(
            $"{file}: task z has no label in the training set: remove the task, or give it data",
            Assert.Throws<DataException>(() => CellData.Load(experiment, new(table.Folder, 1, options), CPU)).Message);
    }

    private async Task<bool> AreUnpaired(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        using var first = Fake.Finished(folder.File("a"), 2, m => m with { Data = before });
        using var second = Fake.Finished(folder.File("b"), 2, m => m with { Data = now });
        using var output = new StringWriter();
        await Verbs.InvokeAsync(Fake.Context(output, ["report", first.FullPath, second.FullPath]));
        var words = output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words).Contains("because the data are declared otherwise.", StringComparison.Ordinal);
    }

    private static RunManifest Manifest(TableDeclaration table) =>
        Fake.Manifest(RunResolver.Resolve([Experiment(table)], new() { Experiment = "mnist" }, TestSettings.Configuration()));

    private static ExperimentDescriptor Experiment(TableDeclaration table) =>
        Fake.Experiment() with { Dataset = () => new TableDataset(table) };
}
