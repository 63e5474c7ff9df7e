using UAmtfl.Descriptors;
using UAmtfl.Hosting;
using UAmtfl.Tests.Training;
using UAmtfl.Tests.Training.Architectures;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Hosting;

public class NetworkRecordTests
{
    [Fact]
    public void LayersShapesAndCountsAreThoseOfTheNetwork()
    {
        using var network = nn.Sequential(("first", nn.Linear(2, 3)), ("relu", nn.ReLU()), ("norm", nn.BatchNorm1d(3)));
        network.get_parameter("first.bias")!.requires_grad = false;
        var record = NetworkRecord.Of(network, [2]);
        Assert.Equal((12, 3), (record.Trained, record.Frozen));
        Assert.Equal(["first", "norm"], record.Layers.Select(l => l.Name));
        Assert.Equal([3, 2], record.Layers[0].Shapes["weight"]);
        Assert.Equal(
            "input [2]; first (Linear): weight [3, 2], bias [3]; norm (BatchNorm1d): "
                + "weight [3], bias [3], running_mean [3], running_var [3], num_batches_tracked []; 12 parameters, and 3 that are frozen",
            $"{record}");
    }

    [Fact]
    public void EveryVariantHasItsNetworkAndRunJsonAndTheReportHaveIt()
    {
        var experiment = Mixed.Descriptor;
        var run = RunResolver.Resolve([experiment], new() { Experiment = experiment.Name }, TestSettings.Configuration());
        using var counts = ones(experiment.Tasks.Count);
        var networks = NetworkRecord.Of(run.Variants, counts);
        Assert.Equal(run.Variants.Select(v => v.Descriptor.Name), networks.Keys);
        foreach (var variant in run.Variants)
        {
            using var built = ((BoundNetwork)variant.Bound).Create(counts);
            Assert.Equal(built.Network.parameters().Sum(p => p.NumberOfElements), networks[variant.Descriptor.Name].Trained);
        }

        var manifest = RunManifest.Of(run, new() { Experiment = experiment.Name, Networks = networks }, 1, DateTime.UnixEpoch);
        using var folder = new TemporaryFolder();
        var made = RunFolder.Create(folder.Path, manifest);
        RunFolder.Open(made.FullPath, out var read);
        Assert.Equal(manifest.Variants.Select(v => $"{v.Network}"), read.Variants.Select(v => $"{v.Network}"));
        var facts = RunReport.Of(experiment, read, []).Facts;
        Assert.Contains($"Network of Mtl: {networks["Mtl"]}", facts);
        var size = RunReport.Of(experiment, read, []).Variants.Single(v => v.Name == "Mtl").Size!;
        Assert.Equal((networks["Mtl"].Trained, (10 * 10) + 10), (size.Parameters, size.Heads));
    }

    /// <summary>Layers of heads count as heads; a record of an earlier version does not have their number.</summary>
    [Fact]
    public void HeadsAreCountedWithTheirLayers()
    {
        using var network = new AllArchitectures.HeadedTogether.Network(float32, CPU);
        var heads = network.HeadLayers.parameters().Sum(p => p.NumberOfElements)
            + network.HeadWeight.NumberOfElements + network.HeadBias.NumberOfElements;
        var record = NetworkRecord.Of(network, [1, 8, 8]);
        Assert.Equal(new(record.Trained, heads), record.Size());
        Assert.True(heads < record.Trained);
        Assert.Null((record with { Heads = null }).Size());
    }

    /// <summary>AdamW without a decay is Adam, and the compiler refuses it too where it is declared.</summary>
    [Fact]
    public void AdamWInTheSettingsNeedsADecay()
    {
        Check(Mixed.Descriptor);
        Assert.Equal(
            "variant Kendall cannot be trained: the optimiser AdamW keeps the decay of [L2] out of the moments, and there is none; add "
                + "[L2(0.01)], or set Optimizer to Adam",
            Assert.Throws<UAmtflException>(() => Check(Mixed.Descriptor, "Kendall")).Message);

        static void Check(ExperimentDescriptor experiment, params string[] variants)
        {
            using var counts = ones(experiment.Tasks.Count);
            var run = RunResolver.Resolve(
                [experiment], new() { Experiment = experiment.Name, Variants = variants },
                TestSettings.Configuration(($"{experiment.Name}:Training:Optimizer", "AdamW")));
            UnusedTraining.RefuseDecay(run.Variants, counts);
        }
    }

    [Fact]
    public void AConstructorThatFailsIsNamedWithItsPlace()
    {
        var experiment = Unbuilt.Descriptor;
        var run = RunResolver.Resolve([experiment], new() { Experiment = experiment.Name }, TestSettings.Configuration());
        using var counts = ones(experiment.Tasks.Count);
        var message = Assert.Throws<UAmtflException>(() => NetworkRecord.Of(run.Variants, counts)).Message;
        Assert.StartsWith(
            "the network of variant Mtl cannot be built, the constructor of UnbuiltTrunk at NetworkRecordTests.cs:",
            message,
            StringComparison.Ordinal);
        Assert.EndsWith("no weights file", message, StringComparison.Ordinal);
    }
}

/// <summary>A trunk whose constructor throws.</summary>
public sealed class UnbuiltTrunk : nn.Module<Tensor, Tensor>
{
    public UnbuiltTrunk()
        : base(nameof(UnbuiltTrunk)) => throw new FormatException("no weights file");

    public override Tensor forward(Tensor input) => input;
}

/// <summary>An experiment whose network cannot be built.</summary>
[Experiment("unbuilt", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Unbuilt
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<UnbuiltTrunk>(6)]
    public partial class Net;

    [HardSharing, Baseline]
    public partial class Mtl;
}
