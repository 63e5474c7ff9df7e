using UAmtfl.Descriptors;
using UAmtfl.Files;
using UAmtfl.Hosting;
using UAmtfl.Tests.Training.Architectures;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A variant starts from the models that a run of another experiment has left.</summary>
public sealed class StartingAbroadTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EachSeedStartsFromTheModelOfItsOwn()
    {
        var before = Before(nameof(AllArchitectures.Together), seeds: 2);
        var run = Resolve(seeds: 2, before.FullPath);
        using var counts = ones(6);
        var files = StartFiles.Read(run, counts);
        Assert.Equal([1, 2], run.Seeds);
        Assert.Equal(
            [Model(before, 1), Model(before, 2)], run.Seeds.Select(seed => StartFiles.Of(run, new(nameof(Started.Abroad), seed))));
        Assert.Equal([Model(before, 1), Model(before, 2)], files.Select(f => f.Path));
    }

    /// <summary>A worker reads the record of the run, and so does a report.</summary>
    [Fact]
    public void TheRecordAndTheReportNameTheRun()
    {
        var before = Before(nameof(AllArchitectures.Together), seeds: 1);
        var manifest = Fake.Manifest(Resolve(seeds: 1, before.FullPath));
        var restored = manifest.Resolve([Started.Descriptor]);
        Assert.Equal(Model(before, 1), StartFiles.Of(restored, new(nameof(Started.Abroad), 1)));
        Assert.Contains(
            $"Start of Abroad: Together of architectures with the same seed, from {Path.GetFileName(before.FullPath)}",
            RunReport.Of(Started.Descriptor, manifest, []).Facts);
    }

    [Fact]
    public void ARunThatIsMissingSuperfluousOrTwiceIsRefused()
    {
        var (first, second) = (Before(nameof(AllArchitectures.Together), seeds: 1), Before(nameof(AllArchitectures.Together), seeds: 1));
        Assert.Equal(
            "variant Abroad starts from Together of another experiment: train it with run architectures --variant Together, "
                + "and give the folder of that run with --start-from",
            Refused(() => Resolve(1)));
        Assert.StartsWith(
            $"--start-from names two runs of architectures, {first.FullPath} and ",
            Refused(() => Resolve(1, first.FullPath, second.FullPath)));
        Assert.Equal(
            $"--start-from {first.FullPath} is a run of architectures, from which no variant starts; drop it",
            Refused(() => RunResolver.Resolve(
                [Started.Descriptor], new() { Experiment = "started", StartRuns = [first.FullPath] }, TestSettings.Configuration())));
    }

    [Fact]
    public void ASeedWithoutAModelIsRefusedBeforeTraining()
    {
        var before = Before(nameof(AllArchitectures.Together), seeds: 1);
        var run = Resolve(seeds: 2, before.FullPath);
        using var counts = ones(6);
        Assert.Equal(
            $"variant Abroad starts from Together of architectures, but {before.FullPath} has no model of Together, seed 2: "
                + "train it with run architectures --variant Together --seeds 2",
            Refused(() => StartFiles.Read(run, counts)));
    }

    [Fact]
    public void AFileThatIsMissingIsNamedWithItsVariant()
    {
        var run = Resolve(seeds: 1, Before(nameof(AllArchitectures.Together), seeds: 1).FullPath);
        var missing = folder.File("none.safetensors");
        run = run with
        {
            Variants = [.. run.Variants.Select(v => v with { Descriptor = v.Descriptor with { Start = new() { File = missing } } })],
        };
        using var counts = ones(6);
        Assert.StartsWith($"variant Abroad: cannot start from {missing}: ", Refused(() => StartFiles.Read(run, counts)));
    }

    /// <summary>The network of the other experiment has a trunk for each task, and this one a shared trunk.</summary>
    [Fact]
    public void ATrunkThatDoesNotFitIsRefusedBeforeTraining()
    {
        var before = Before(nameof(AllArchitectures.Alone), seeds: 1);
        using var counts = ones(6);
        Assert.Equal(
            $"Abroad cannot start from {Model(before, 1)}: it has no tensor Trunk.Conv1.weight; "
                + "name the tensors that both have with Paths of [StartFrom]",
            Refused(() => StartFiles.Read(Resolve(seeds: 1, before.FullPath), counts)));
    }

    /// <summary>Makes the folder of a run of the other experiment, with the model of an untrained variant in the place of the one that is
    /// started from.</summary>
    private RunFolder Before(string variant, int seeds)
    {
        var experiment = AllArchitectures.Descriptor;
        var run = RunResolver.Resolve(
            [experiment], new() { Experiment = experiment.Name, Variants = [variant], Seeds = seeds }, TestSettings.Configuration());
        var made = RunFolder.Create(folder.Path, Fake.Manifest(run));
        made.Dispose();
        using var scope = NewDisposeScope();
        using var network = ((BoundNetwork)run[variant].Bound).Network(float32, CPU);
        var files = SavedModel.Files(experiment, variant, network, zeros(2, 1, 8, 8));
        foreach (var seed in run.Seeds)
        {
            Directory.CreateDirectory(made.Cell(new(nameof(AllArchitectures.Together), seed)).FullPath);
            File.WriteAllBytes(Model(made, seed), files.Tensors);
        }

        return made;
    }

    private static ResolvedRun Resolve(int seeds, params string[] before) => RunResolver.Resolve(
        [Started.Descriptor],
        new() { Experiment = "started", Variants = [nameof(Started.Abroad)], Seeds = seeds, StartRuns = before },
        TestSettings.Configuration());

    private static string Model(RunFolder run, int seed) =>
        Path.Combine(run.Cell(new(nameof(AllArchitectures.Together), seed)).FullPath, ModelFiles.TensorsName);

    private static string Refused(Action act) => Assert.Throws<UAmtflException>(act).Message;
}
