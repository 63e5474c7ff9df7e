using UAmtfl.Data;
using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Tiny images with binary labels, regressions and three classes, of which some are missing.</summary>
public sealed class TinyImages : IDataset
{
    public Splits Load(DataRequest request)
    {
        using var generator = new Generator(7);
        return new(Make(60, generator), Make(20, generator), Make(30, generator), SharedTest: true);
    }

    private static Samples Make(int rows, Generator generator)
    {
        using var scope = NewDisposeScope();
        var images = rand(rows, 1, 8, 8, generator: generator);
        var sums = images.mean([1L, 2L, 3L]);
        var labels = stack(
            [
                images[.., 0, 0, 0], sums.gt(0.5).to(float32), (images[.., 0, 1, 1] * 3).floor(), sums * 4,
                images[.., 0, 2, 2].gt(0.5).to(float32), (images[.., 0, 3, 3] * 3).floor(),
            ],
            1);
        labels = labels.masked_fill(rand(rows, 6, generator: generator) > 0.9, float.NaN);
        return new(images.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }
}

/// <summary>A weighting in which a task counts the more the larger its loss is.</summary>
public sealed class Softmax(int tasks) : LossWeighting(tasks)
{
    public int Epochs { get; private set; }

    public override Tensor forward(Tensor input) => (input * nn.functional.softmax(input.detach(), 0)).sum() * Tasks;

    public override void EpochEnded(Tensor meanLosses) => Epochs++;
}

/// <summary>A hand-written network.</summary>
public sealed class HandWritten : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear layer = nn.Linear(64, 12);

    public HandWritten()
        : base(nameof(HandWritten)) => RegisterComponents();

    public override Tensor forward(Tensor input) => nn.functional.relu(layer.forward(input.flatten(1)));
}

/// <summary>An experiment with every sharing scheme and weighting, and with all kinds of tasks and layers.</summary>
[Experiment("mixed", Seeds = 1)]
[Dataset<TinyImages>]
[Training(Epochs = 3, BatchSize = 16, EvaluateEvery = 1), Adam(1e-2), StepDecay(At = 0.5, Factor = 0.1)]
public static partial class Mixed
{
    public enum Label
    {
        [Regression] Corner,
        [Binary] Bright,
        [Classification(3)] Third,
        [Regression] Level,
        [Binary] Dot,
        [Classification(3)] Fourth,
    }

    [Input(1, 8, 8)]
    [Conv2d(4, Kernel = 3, Padding = 1), BatchNorm, ReLU, MaxPool2d(2)]
    [Conv2d(6, Kernel = 2), Tanh, AvgPool2d(2)]
    [Flatten, Linear(10), Sigmoid, Dropout(0.1)]
    public partial class Net;

    [Input(1, 8, 8), Trunk<HandWritten>(12)]
    public partial class ByHand;

    [Baseline]
    [HardSharing, Network(nameof(Net)), L2(1e-3), L1(1e-4)]
    public partial class Mtl;

    [SingleTask, Network(nameof(Net)), L1(1e-4, On = Part.Trunk), L2(1e-3, On = Part.Heads)]
    public partial class Stl;

    [Proposed]
    [Amtfl, Uncertainty, Network(nameof(Net))]
    public partial class UAmtfl;

    [Amtfl, Uncertainty(Likelihood = Likelihood.Exact, Placement = Placement.Reliability), Network(nameof(Net))]
    public partial class Reliable;

    [HardSharing, Uncertainty(Shared = true), Network(nameof(ByHand)), FeatureNorm(1e-2), Sgd(0.05, Momentum = 0.9)]
    public partial class Kendall;

    [Control]
    [Amtfl, Weighting<Softmax>, Network(nameof(ByHand))]
    public partial class Own;
}

/// <summary>An experiment of binary tasks only, for methods that rebuild heads from heads.</summary>
[Experiment("asymmetric", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 4, BatchSize = 16), Adam(2e-2)]
public static partial class Asymmetric
{
    [Binary(OneVsAll = true)]
    public enum Class { First, Second, Third }

    [Input(8), Linear(6), ReLU]
    public partial class Net;

    [Baseline, HardSharing]
    public partial class Mtl;

    [DeepAmtl(Gamma = 0.1)]
    public partial class Amtl;

    [DeepAmtl(Gamma = 0.1, NonNegative = false)]
    public partial class Signed;

    [HardSharing, Training(Epochs = 2), Adam(1e30)]
    public partial class Diverging;
}

/// <summary>A data set of three classes with one column each.</summary>
public sealed class TinyBinary : IDataset
{
    public Splits Load(DataRequest request)
    {
        using var generator = new Generator((ulong)request.Seed);
        return new(Make(48, generator), Make(12, generator), Make(24, generator), SharedTest: false);
    }

    private static Samples Make(int rows, Generator generator)
    {
        using var scope = NewDisposeScope();
        var inputs = randn(rows, 8, generator: generator);
        var labels = nn.functional.one_hot(inputs.narrow(1, 0, 3).argmax(1), 3).to(float32);
        return new(inputs.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }
}
