using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Files;
using UAmtfl.Hosting;
using UAmtfl.Models;
using UAmtfl.Numerics;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using PyTorchPickler = TorchSharp.PyBridge.PyTorchPickler;

namespace UAmtfl.Tests.Training;

/// <summary>Networks that start from the weights of others, and parts that are frozen.</summary>
public sealed class StartingTests : IDisposable
{
    private static readonly ExperimentDescriptor Experiment = Started.Descriptor;

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    /// <summary>Each trunk of a network with a trunk for each task starts with the bits of the shared one, and heads are new.</summary>
    [Fact]
    public void EachTrunkStartsFromTheSharedOne()
    {
        var (source, target) = (Network("Pre", seed: 1), Network("Tuned", seed: 2));
        var heads = Bits(target.state_dict()["HeadWeight"]);
        new StartingWeights("Pre", source.state_dict()).CopyTo(target, Variant("Tuned").Start!);
        var inputs = rand(5, 1, 8, 8);
        Prediction.Of(source, inputs);
        source.eval();
        target.eval();
        source.Predict(source.Prepare(inputs), out var shared);
        target.Predict(target.Prepare(inputs), out var own);
        Assert.Equal([6, 5, 10], own.shape);
        for (var t = 0; t < 6; t++)
        {
            Assert.True(own.select(0, t).allclose(shared, rtol: 1e-5, atol: 1e-6), $"task {t}");
            Assert.Equal(
                Bits(source.state_dict()["Trunk.Conv1.weight"]),
                Bits(target.state_dict()["Trunks.Conv1.Weight"].unflatten(0, 6, -1).select(0, t).contiguous()));
        }

        Assert.Equal(heads, Bits(target.state_dict()["HeadWeight"]));
    }

    [Fact]
    public void PathsNameWhatIsTakenOver()
    {
        var (source, target) = (Network("Pre", seed: 1), Network("Thawed", seed: 2));
        var before = target.state_dict().ToDictionary(t => t.Key, t => Bits(t.Value));
        using var frozen = no_grad();
        source.state_dict()["HeadBias"].normal_();
        new StartingWeights("Pre", source.state_dict()).CopyTo(target, Variant("Thawed").Start!);
        var taken = target.state_dict().Where(t => !Bits(t.Value).SequenceEqual(before[t.Key])).Select(t => t.Key).Order();
        Assert.Equal(["HeadBias", "Trunk.Conv1.weight"], taken);   // a bias is 0 before any training
        Assert.All(taken, path => Assert.Equal(Bits(source.state_dict()[path]), Bits(target.state_dict()[path])));
    }

    /// <summary>Weights that were never trained and have the same seed are those that the network has anyway.</summary>
    [Fact]
    public void AfterNoPreTrainingTheTrainingIsOrdinary()
    {
        var started = new StartingWeights("Pre", Network("Pre", seed: 1).state_dict());
        var whole = Train(Variant("Thawed"), started);
        var ordinary = Train(Variant("Thawed") with { Start = null }, null);
        Assert.Equal(ordinary.Model!.Tensors, whole.Model!.Tensors);
    }

    [Fact]
    public void AFrozenTrunkKeepsItsBitsAndStatistics()
    {
        var source = Network("Pre", seed: 3);
        using (no_grad())
        {
            source.state_dict().Values.Where(v => v.is_floating_point()).ToList().ForEach(v => v.uniform_(0.5, 1));
        }

        var trained = Tensors(Train(Variant("Probe"), new("Pre", source.state_dict())));
        foreach (var (path, value) in source.state_dict())
        {
            Assert.Equal(path.StartsWith("Trunk.", StringComparison.Ordinal), Bits(value).SequenceEqual(Bits(trained[path])));
        }
    }

    /// <summary>A trunk with a change for each task starts with the features of the shared one; frozen, it keeps its bits and statistics
    /// while changes and heads are trained.</summary>
    [Fact]
    public void AdaptersAreTrainedOnAFrozenTrunk()
    {
        var (source, target) = (Network("Pre", seed: 3), Network("Changed", seed: 2));
        using (no_grad())
        {
            source.state_dict().Where(v => v.Key.Contains("Norm", StringComparison.Ordinal) && v.Value.is_floating_point())
                .ToList().ForEach(v => v.Value.uniform_(0.5, 1));
        }

        var start = new StartingWeights("Pre", source.state_dict());
        start.CopyTo(target, Variant("Changed").Start!);
        var inputs = rand(5, 1, 8, 8);
        source.eval();
        target.eval();
        source.Predict(source.Prepare(inputs), out var shared);
        target.Predict(target.Prepare(inputs), out var own);
        Assert.True(own.allclose(shared.expand_as(own), rtol: 1e-5, atol: 1e-6));
        var (before, trained) = (target.state_dict(), Tensors(Train(Variant("Changed"), start)));
        foreach (var (path, value) in before)
        {
            var frozen = path.StartsWith("Trunk.", StringComparison.Ordinal);
            Assert.True(!frozen || Bits(value).SequenceEqual(Bits(trained[path])), path);
            Assert.True(frozen || trained[path].abs().max().item<float>() > 0, path);   // the factors B and the biases start at 0
        }
    }

    [Fact]
    public void AFrozenTrunkIsReleasedAfterItsEpochs()
    {
        var source = Network("Pre", seed: 3);
        var start = new StartingWeights("Pre", source.state_dict());
        var (two, three) = (Tensors(Train(Variant("Thawed"), start, epochs: 2)), Tensors(Train(Variant("Thawed"), start, epochs: 3)));
        Assert.Equal(Bits(source.state_dict()["Trunk.Conv1.weight"]), Bits(two["Trunk.Conv1.weight"]));
        Assert.All(
            three.Where(t => t.Key.StartsWith("Trunk.", StringComparison.Ordinal)),
            t => Assert.NotEqual(Bits(two[t.Key]), Bits(t.Value)));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        var (source, target) = (Network("Pre", seed: 1).state_dict(), Network("Probe", seed: 2));
        Refused(
            new() { Part = Part.Trunk }, Without("Trunk.Linear1.bias"),
            "Probe cannot start from Pre: it has no tensor Trunk.Linear1.bias; name the tensors that both have with Paths of [StartFrom]");
        Refused(
            new() { Part = Part.Heads }, new(source) { ["HeadBias"] = zeros(3) },
            "Probe cannot start from Pre: its HeadBias is [3], but that of the network is [10]");
        Refused(new() { Paths = ["Trunk.Conv"] }, new(source), "the network has no tensor Trunk.Conv: name one of ");

        void Refused(StartingPoint start, Dictionary<string, Tensor> tensors, string why) => Assert.Contains(
            why, Assert.Throws<UAmtflException>(() => new StartingWeights("Pre", tensors).CopyTo(target, start)).Message);

        Dictionary<string, Tensor> Without(string path) => source.Where(t => t.Key != path).ToDictionary();
    }

    [Fact]
    public void AFileThatIsMissingOrHasNoNumbersIsRefused()
    {
        var missing = folder.File("none.safetensors");
        Assert.StartsWith($"cannot start from {missing}: ", Assert.Throws<UAmtflException>(() => StartingWeights.Read(missing)).Message);
        using var stream = new MemoryStream();
        Safetensors.Write(stream, new Dictionary<string, Tensor> { ["w"] = full(2, float.NaN) }, new Dictionary<string, string>());
        var file = folder.WriteRaw("nan.safetensors", stream.ToArray());
        Assert.Contains("w has numbers that are not finite", Assert.Throws<UAmtflException>(() => StartingWeights.Read(file)).Message);
    }

    /// <summary>The state dictionary may be alone in the file, or in a checkpoint of a training framework.</summary>
    /// <param name="within">True if it is in a checkpoint.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AFileOfPyTorchIsReadToTheBit(bool within)
    {
        var state = Network("Pre", seed: 1).state_dict();
        var file = folder.File("pre.pth");
        PyTorchPickler.PickleStateDict(file, within ? new Dictionary<string, object> { ["state_dict"] = state } : state);
        var read = StartingWeights.Read(file).Tensors;
        Assert.Equal(state.Keys.Order(), read.Keys.Order());
        Assert.All(state, t => Assert.Equal(Bits(t.Value), Bits(read[t.Key])));
    }

    [Fact]
    public void AFileThatPyTorchDidNotWriteIsRefused()
    {
        var file = folder.WriteRaw("half.pt", [0x50, 0x4b, 3, 4, 0]);
        Assert.StartsWith(
            $"cannot start from {file}: it is no state dictionary of PyTorch, or damaged: ",
            Assert.Throws<UAmtflException>(() => StartingWeights.Read(file)).Message);
        var other = folder.File("more.pt");
        PyTorchPickler.PickleStateDict(other, new Dictionary<string, object> { ["epoch"] = 3 });
        Assert.Equal(
            $"cannot start from {other}: its 'epoch' is no tensor; save the state dictionary alone, torch.save(model.state_dict(), path)",
            Assert.Throws<UAmtflException>(() => StartingWeights.Read(other)).Message);
    }

    /// <summary>A file that became another since the run began is refused, as data is.</summary>
    [Fact]
    public void AFileThatChangedIsRefused()
    {
        var file = folder.WriteRaw("pre.safetensors", Saved(1));
        var run = RunResolver.Resolve([Experiment], new() { Experiment = "started", Variants = ["Pre"] }, TestSettings.Configuration());
        var start = new StartingPoint { File = file, Part = Part.All };
        var started = run with
        {
            Variants = [.. run.Variants.Select(v => v with { Descriptor = v.Descriptor with { Start = start } })],
        };
        using var counts = ones(6);
        var before = Assert.Single(StartFiles.Read(started, counts));
        Assert.Equal(file, before.Path);
        _ = StartingWeights.Read(file, new(null, [before]));
        folder.WriteRaw("pre.safetensors", Saved(2));
        Assert.Contains(
            "it changed during the run", Assert.Throws<DataException>(() => StartingWeights.Read(file, new(null, [before]))).Message);

        byte[] Saved(int seed)
        {
            using var stream = new MemoryStream();
            Safetensors.Write(stream, Network("Pre", seed).state_dict(), new Dictionary<string, string>());
            return stream.ToArray();
        }
    }

    /// <summary>A run of two workers trains the variant that others start from first, although it is declared later and named by
    /// nobody.</summary>
    [Fact]
    public async Task ARunTrainsTheParentFirst()
    {
        var run = RunResolver.Resolve(
            [Experiment], new() { Experiment = "started", Variants = ["Tuned", "Probe"] }, TestSettings.Configuration());
        Assert.Equal(["Tuned", "Pre", "Probe"], run.Variants.Select(v => v.Descriptor.Name));
        var manifest = RunManifest.Of(run, new() { Experiment = "started" }, 0, DateTime.UnixEpoch);
        using var files = RunFolder.Create(folder.Path, manifest);
        var cells = Cell.All(run.Variants.Select(v => v.Descriptor.Name), [1]);
        var pool = new CellPool(
            _ => new InProcessExecutor(new(run, manifest, files, CellTrainer.TrainWithTorch)), 1, new Silent(), run.Parent);
        var outcomes = await pool.RunAsync(cells, CancellationToken.None);
        Assert.All(outcomes, o => Assert.Equal((CellEnd.Finished, null), (o.Value.End, o.Value.Message)));
        var (pre, probe) = (Read("Pre"), Read("Probe"));
        Assert.Equal(Bits(pre["Trunk.Linear1.weight"]), Bits(probe["Trunk.Linear1.weight"]));
        var shown = RunReport.Of(Experiment, manifest, FinishedCells.Read(files, cells, Experiment.Tasks).Whole);
        Assert.Equal(["Tuned", "Probe"], shown.Variants.Select(v => v.Name));
        Assert.Equal(["Tuned", "Probe"], shown.Cells.Select(c => c.Variant));

        IReadOnlyDictionary<string, Tensor> Read(string variant) =>
            StartingWeights.Read(Path.Combine(files.Cell(new(variant, 1)).FullPath, ModelFiles.TensorsName)).Tensors;
    }

    private static VariantDescriptor Variant(string name) => Experiment.Variants.Single(v => v.Name == name);

    private static Network Network(string name, int seed)
    {
        RandomStreams.Start(seed, "initialisation");
        return ((BoundNetwork)Variant(name).Bind(TestSettings.Empty)).Network(ScalarType.Float32, CPU);
    }

    private static CellResult Train(VariantDescriptor variant, StartingWeights? start, int epochs = 3)
    {
        var data = CellData.Load(Experiment, new(null, 1), CPU, new DataTerms { Variants = [variant] });
        return CellRunner.Run(
            Experiment, variant, variant.Bind(TestSettings.Empty), variant.Plan with { Epochs = epochs }, data, _ => { },
            CancellationToken.None, start: start);
    }

    private static IReadOnlyDictionary<string, Tensor> Tensors(CellResult result) =>
        Safetensors.Read(new MemoryStream(result.Model!.Tensors)).Tensors;

    private static byte[] Bits(Tensor tensor) => tensor.contiguous().bytes.ToArray();

    private sealed class Silent : IRunObserver
    {
        public void Started(Cell cell)
        {
        }

        public void EpochEnded(Cell cell, EpochProgress epoch)
        {
        }

        public void Ended(Cell cell, CellOutcome outcome)
        {
        }
    }
}
