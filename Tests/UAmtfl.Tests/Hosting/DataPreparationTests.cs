using Spectre.Console;
using UAmtfl.Data;
using UAmtfl.Hosting;
using UAmtfl.Tests.Data;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Hosting;

/// <summary>Before a run has a folder, its data is found, fetched or refused.</summary>
public sealed class DataPreparationTests : IDisposable
{
    private readonly Fetching toy = new();
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly string? before = Environment.GetEnvironmentVariable(DataCache.Variable);

    public DataPreparationTests()
    {
        Environment.SetEnvironmentVariable(DataCache.Variable, toy.Folder.File("own"));
        Directory.CreateDirectory(toy.Folder.File("mirror/toy"));
        toy.Folder.Write("mirror/toy/toy.bin", Fetching.Content);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(DataCache.Variable, before);
        toy.Dispose();
        output.Dispose();
    }

    private string Mirror => toy.Folder.File("mirror");

    [Fact]
    public async Task MissingDataIsFetchedThenLoadedWithTheFirstSeed()
    {
        var data = new ToyData();
        var folder = await EnsureAsync(data, mirror: Mirror);
        Assert.Equal(Path.Combine(toy.Folder.File("own"), "data", "toy"), folder);
        Assert.Equal([(folder, 1)], data.Requests);
        Assert.EndsWith($"data: toy from {folder}\n", output.ToString());

        // The next run finds the fetched data.
        Assert.Equal(folder, await EnsureAsync(new ToyData()));
    }

    [Fact]
    public async Task AGivenFolderIsReadInPlace()
    {
        Assert.Equal(Path.Combine(Mirror, "toy"), await EnsureAsync(new ToyData(), data: Mirror));
        Assert.False(Directory.Exists(toy.Folder.File("own")));
    }

    [Fact]
    public async Task WhatShipsAndWhatIsNoFilesHaveNoFolder()
    {
        Assert.Null(await EnsureAsync(new ToyData { Entry = Fetching.Entry(null) with { ShippedFolder = Path.Combine(Mirror, "toy") } }));
        Assert.Null(await EnsureAsync(new ToyData { Entry = null }));
        Assert.Equal(Mirror, await EnsureAsync(new ToyData { Entry = null }, data: Mirror));
        Assert.Null(await EnsureAsync(new ToyData { Entry = Fetching.Entry(null) with { OnRequest = true } }));
        Assert.Equal(
            Path.Combine(Mirror, "toy"),
            await EnsureAsync(new ToyData { Entry = Fetching.Entry(null) with { OnRequest = true } }, data: Mirror));
    }

    [Fact]
    public async Task AMirrorForNothingIsRefused()
    {
        foreach (var entry in new[]
        {
            null, Fetching.Entry(null) with { OnRequest = true }, Fetching.Entry(null) with { ShippedFolder = Mirror },
        })
        {
            Assert.Equal(
                "mnist has nothing to fetch, but --mirror was given; drop it",
                await RefusedAsync(new ToyData { Entry = entry }, mirror: Mirror));
        }
    }

    [Fact]
    public async Task DataThatDoesNotFitTheTasksIsRefused()
    {
        Assert.StartsWith("no public source serves toy.bin", await RefusedAsync(new ToyData()));
        Assert.Contains(
            "the training set has label 2 for task Task1 in row 0", await RefusedAsync(new ToyData { Train = 2 }, data: Mirror));
        Assert.Contains("the validation set has label 3 for task Task1", await RefusedAsync(new ToyData { Validation = 3 }, data: Mirror));
        Assert.Contains("the test set has label 4 for task Task1", await RefusedAsync(new ToyData { Test = 4 }, data: Mirror));
        Assert.Contains(
            "task Task1 has no label in the training set", await RefusedAsync(new ToyData { Train = float.NaN }, data: Mirror));
    }

    [Fact]
    public async Task WhatWasReadIsRecorded()
    {
        var data = await PrepareAsync(new ToyData(), data: Mirror);
        var file = Fetching.Entry(null).Files[0];
        Assert.Equal([new(Path.Combine(Mirror, "toy", "toy.bin"), file.Size, file.Sha256)], data.Files);
    }

    [Fact]
    public void TheRecordOfARunHasItsFilesAndNoPassword()
    {
        var options = new RunOptions
        {
            Experiment = "mnist",
            CommandLine = ["run", "mnist", "--mirror", "http://user:secret@example.org/"],
            DataFiles = [new("/data/toy.bin", 3, "ab")],
        };
        var manifest = RunManifest.Of(Fake.Resolve(options), options, 1, new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        var json = System.Text.Json.JsonSerializer.Serialize(manifest, RunJson.Pretty.RunManifest);
        Assert.DoesNotContain("secret", json);
        Assert.Contains("\"http://***@example.org/\"", json);
        Assert.Equal(options.DataFiles, System.Text.Json.JsonSerializer.Deserialize(json, RunJson.Pretty.RunManifest)!.DataFiles);
    }

    [Fact]
    public async Task AFolderThatWasAskedForIsUsedOrRefused()
    {
        var empty = Directory.CreateDirectory(toy.Folder.File("other")).FullName;
        toy.Folder.Write("other/unrelated.txt", [1]);

        // The cache has the data, but a folder that the user names is never passed over.
        await EnsureAsync(new ToyData(), mirror: Mirror);
        Assert.Equal(
            $"{empty}, given with --data, has no file of the data set toy, nor has its subfolder toy (toy.bin should be there): name " +
                "the folder that has the data, or drop --data",
            await RefusedAsync(new ToyData(), data: empty));
        Assert.Equal(
            "mnist reads no folder, its data set does not look at request.Folder, but --data was given; drop " +
            "it", await RefusedAsync(new NoFolder(), data: empty));
        var locate = Assert.Throws<DataException>(() => DataFolder.Locate(Fetching.Entry(null), new(empty, 1)));
        Assert.Contains("has no file of the data set toy", locate.Message);
    }

    [Fact]
    public async Task DataOfTheRightSizeThatIsNotTheCataloguesIsRefused()
    {
        var other = Fetching.Content.ToArray();
        other[77]++;
        toy.Folder.Write("mirror/toy/toy.bin", other);
        Assert.Contains("it is damaged or another version; 'data check toy' says more", await RefusedAsync(new ToyData(), data: Mirror));
    }

    private async Task<string> RefusedAsync(IDataset dataset, string? data = null, string? mirror = null) =>
        (await Assert.ThrowsAnyAsync<UAmtflException>(() => EnsureAsync(dataset, data, mirror))).Message;

    private async Task<string?> EnsureAsync(IDataset dataset, string? data = null, string? mirror = null) =>
        (await PrepareAsync(dataset, data, mirror)).Folder;

    private Task<PreparedData> PrepareAsync(IDataset dataset, string? data = null, string? mirror = null)
    {
        var options = new RunOptions { Experiment = "mnist", Data = data, Mirror = mirror };
        var run = Fake.Resolve(options);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });
        return new DataPreparation(console, options)
            .EnsureAsync(run with { Experiment = run.Experiment with { Dataset = () => dataset } }, default);
    }

    private sealed class NoFolder : IDataset
    {
        public Splits Load(DataRequest request) => new ToyData { Entry = null }.Load(new(null, request.Seed));
    }

    /// <summary>A data set of one row with two binary tasks; a test chooses the label of the second.</summary>
    private sealed class ToyData : IDataset
    {
        public CatalogueEntry? Entry { get; init; } = Fetching.Entry(null);

        public float Train { get; init; }

        public float Validation { get; init; }

        public float Test { get; init; }

        public List<(string?, int)> Requests { get; } = [];

        public Splits Load(DataRequest request)
        {
            Requests.Add((request.Folder, request.Seed));
            if (Entry is { OnRequest: false })
            {
                DataFile.Read(Path.Combine(DataFolder.Locate(Entry, request), "toy.bin"));
            }

            return new(Row(Train), Row(Validation), Row(Test), SharedTest: true);
        }

        private static Samples Row(float label) => new(zeros(1, 3), tensor(new float[] { 1, label }, [1, 2]));
    }
}
