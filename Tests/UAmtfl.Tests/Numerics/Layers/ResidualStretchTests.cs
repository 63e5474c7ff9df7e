using UAmtfl.Descriptors;
using UAmtfl.Models;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Layers;

/// <summary>Networks with residual stretches of images and of rows, in the trunk and in the heads.</summary>
[Experiment("residual-stretches", Seeds = 1)]
[Dataset<NoData>]
[Training(Epochs = 1, BatchSize = 8), Adam(1e-2)]
public static partial class ResidualStretches
{
    public enum Label
    {
        [Binary] A,
        [Regression] B,
    }

    [Input(1, 8, 7)]
    [Conv2d(4), BeginResidual, Conv2d(4, Padding = 1), BatchNorm, ReLU, Conv2d(4, Padding = 1), EndResidual, ReLU, MaxPool2d(2)]
    [Split, Flatten, Linear(6), BeginResidual, Tanh, Linear(6), EndResidual]
    [Heads, Linear(5), BeginResidual, Linear(5), ReLU, EndResidual]
    public partial class Net;

    [HardSharing] public partial class Together;
    [SingleTask] public partial class Alone;
    [Adapters(2)] public partial class Changed;
    [Mmoe(3)] public partial class Mixed;
}

/// <summary>The input of a residual stretch is added to its output.</summary>
public sealed class ResidualStretchTests : IDisposable
{
    private readonly TorchSharp.DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void TheInputIsAdded()
    {
        var trunk = Build(() => new ResidualStretches.Together.Network(float64, CPU)).Trunk;
        var images = Images();
        var first = nn.functional.conv2d(images, trunk.Conv1.weight, trunk.Conv1.bias);
        var inner = trunk.Residual1;
        var hidden = nn.functional.relu(inner.BatchNorm1.call(inner.Conv1.call(first)));
        var pooled = nn.functional.max_pool2d(nn.functional.relu(inner.Conv2.call(hidden) + first), 2).flatten(1);
        var rows = trunk.Linear1.call(pooled);
        var expected = trunk.Residual2.Linear1.call(rows.tanh()) + rows;
        Assert.True(expected.allclose(trunk.call(images), rtol: 1e-12, atol: 1e-12));
    }

    /// <summary>Networks side by side that start from the shared one compute what it does, and so do those that change it.</summary>
    /// <param name="variant">The variant of the copies.</param>
    [Theory]
    [InlineData(nameof(ResidualStretches.Alone))]
    [InlineData(nameof(ResidualStretches.Changed))]
    public void CopiesComputeTheSame(string variant)
    {
        var shared = Build(() => new ResidualStretches.Together.Network(float64, CPU));
        var bound = (BoundNetwork)ResidualStretches.Descriptor.Variants.Single(v => v.Name == variant).Bind(TestSettings.Empty);
        var copies = Build(() => bound.Network(float64, CPU));
        var start = new StartingWeights("other", shared.state_dict());
        start.CopyTo(copies, new());
        start.CopyTo(copies, new() { Paths = ["HeadWeight", "HeadLayers"] });
        var images = Images();
        var (expected, actual) = (shared.Predict(shared.Prepare(images)), copies.Predict(copies.Prepare(images)));
        Assert.True(expected.allclose(actual, rtol: 1e-12, atol: 1e-12));
    }

    /// <summary>A stretch whose last weights are 0 keeps its input, to the bit.</summary>
    [Fact]
    public void WithoutWeightsTheInputStays()
    {
        var network = Build(() => new ResidualStretches.Mixed.Network(float64, CPU));
        var images = Images();
        nn.init.zeros_(network.Experts.Residual1.Linear1.Weight);
        var input = network.Trunk.Features(network.Prepare(images));
        var (expected, actual) = (network.Experts.Linear1.call(input.flatten(1)), network.Experts.Features(input));
        Assert.Equal(expected.contiguous().bytes.ToArray(), actual.contiguous().bytes.ToArray());
    }

    private static T Build<T>(Func<T> create)
    {
        RandomStreams.Start(5, "initialisation");
        return create();
    }

    private static Tensor Images()
    {
        random.manual_seed(3);
        return rand(6, 1, 8, 7, dtype: float64);
    }
}
