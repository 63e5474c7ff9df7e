using TorchSharp;
using UAmtfl.Descriptors;
using UAmtfl.Models;
using UAmtfl.Tests.Numerics.TaskGradients;
using static TorchSharp.torch;
using PyTorchPickler = TorchSharp.PyBridge.PyTorchPickler;

namespace UAmtfl.Tests.Numerics.Layers;

/// <summary>Residual networks are those of torchvision: they have its names and shapes, compute the same, and start from its
/// files.</summary>
public sealed class ResNetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(18, true)]
    [InlineData(18, false)]
    [InlineData(50, true)]
    public void ComputesWhatTorchvisionComputes(int depth, bool training)
    {
        var theirs = Theirs(depth).to(ScalarType.Float64);
        nn.Module<Tensor, Tensor> ours = depth == 18
            ? new ResidualNetworks.Eighteen(ScalarType.Float64, CPU)
            : new ResidualNetworks.Fifty(ScalarType.Float64, CPU);
        var state = theirs.state_dict();
        Assert.Equal(
            state.Keys.Where(k => !k.StartsWith("fc.", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            ours.state_dict().Keys.Order(StringComparer.Ordinal));
        using (no_grad())
        {
            foreach (var (path, values) in ours.state_dict())
            {
                Assert.Equal(state[path].shape, values.shape);
                values.copy_(state[path]);
            }
        }

        theirs.train(training);
        ours.train(training);
        var images = Reference.Random([3, 3, 64, 64], ScalarType.Float64, 1);
        var (expected, actual) = (theirs.call(images), nn.functional.linear(ours.call(images), state["fc.weight"], state["fc.bias"]));
        Close(expected, actual, "outputs");
        var gradients = Reference.Random(expected.shape, ScalarType.Float64, 2);
        expected.backward([gradients]);
        actual.backward([gradients]);
        var wanted = theirs.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!);
        foreach (var (path, parameter) in ours.named_parameters())
        {
            Close(wanted[path], parameter.grad!, path);
        }
    }

    /// <summary>A trunk, or one for each task, starts from the file of a torchvision model, with or without the counters that older
    /// versions of PyTorch do not have.</summary>
    [Theory]
    [InlineData("OnEighteen", false)]
    [InlineData("EighteenAlone", true)]
    [InlineData("EighteenAdapted", true)]
    public void ATrunkStartsFromTheFileOfTorchvision(string name, bool counters)
    {
        var state = Theirs(18).state_dict();
        var file = folder.File("resnet18.pth");
        PyTorchPickler.PickleStateDict(
            file, state.Where(t => counters || !t.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToDictionary());
        var variant = ResidualNetworks.Descriptor.Variants.Single(v => v.Name == name);
        var network = ((BoundNetwork)variant.Bind(TestSettings.Empty)).Network(float32, CPU);
        StartingWeights.Read(file).CopyTo(network, variant.Start!);
        var taken = network.state_dict().Where(t => t.Key.StartsWith("Trunk", StringComparison.Ordinal)).ToList();
        Assert.Equal(state.Count - 2, taken.Count);
        foreach (var (path, values) in taken.Where(t => t.Value.dim() > 0))
        {
            var source = state.Single(t => t.Key.Equals(path[(path.IndexOf('.') + 1)..], StringComparison.OrdinalIgnoreCase)).Value;
            Assert.True(values.reshape([-1, .. source.shape]).eq(source).all().item<bool>(), path);
        }
    }

    /// <summary>Before any training, the blocks of each task compute what those of the shared trunk do.</summary>
    [Fact]
    public void AdaptedBlocksStartAsTheSharedOnes()
    {
        using var adapted = new ResidualNetworks.EighteenAdapted.Network(float64, CPU);
        using var shared = new ResidualNetworks.OnEighteen.Network(float64, CPU);
        new StartingWeights("other", shared.state_dict()).CopyTo(adapted, new());
        var images = Reference.Random([2, 3, 64, 64], ScalarType.Float64, 1);
        adapted.Predict(adapted.Prepare(images), out var own);
        shared.Predict(shared.Prepare(images), out var features);
        Close(features.expand_as(own), own, "features");
    }

    private static nn.Module<Tensor, Tensor> Theirs(int depth)
    {
        random.manual_seed(3);
        nn.Module<Tensor, Tensor> model = depth == 18
            ? torchvision.models.resnet18(num_classes: 5)
            : torchvision.models.resnet50(num_classes: 5);
        using var frozen = no_grad();
        foreach (var (path, values) in model.state_dict().Where(t => t.Key.Contains("running", StringComparison.Ordinal)))
        {
            var (low, high) = path.EndsWith("mean", StringComparison.Ordinal) ? (-0.1, 0.1) : (0.5, 1.5);
            values.uniform_(low, high);
        }

        return model;
    }

    private static void Close(Tensor expected, Tensor actual, string what)
    {
        var scale = expected.abs().max().item<double>();
        var error = (actual - expected).abs().max().item<double>();
        Assert.True(
            scale > 0 && error <= 1e-10 * Math.Max(1, scale),
            FormattableString.Invariant($"{what} are off by {error:0.0e0} of {scale:0.0e0}"));
    }
}
