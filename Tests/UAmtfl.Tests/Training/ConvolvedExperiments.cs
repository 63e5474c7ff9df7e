using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A hand-written network that has only one channel in its middle.</summary>
public sealed class HandConvolved : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d first = nn.Conv2d(1, 20, 3L), second = nn.Conv2d(20, 1, 1L), third = nn.Conv2d(1, 5, 3L, padding: 1L);
    private readonly BatchNorm2d norm = nn.BatchNorm2d(5);

    public HandConvolved()
        : base(nameof(HandConvolved)) => RegisterComponents();

    public override Tensor forward(Tensor input) =>
        norm.call(third.call(nn.functional.relu(second.call(nn.functional.relu(first.call(input)))))).mean([2L, 3L]);
}

/// <summary>Networks with convolutions at every place: behind trained layers, with one channel, in one network for each task, and
/// hand-written.</summary>
[Experiment("convolved", Seeds = 1)]
[Dataset<TinyImages>]
[Training(Epochs = 2, BatchSize = 16), Adam(1e-2)]
public static partial class Convolved
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

    [Input(1, 8, 8), BatchNorm, Conv2d(20, Kernel = 3), ReLU, MaxPool2d(2), Flatten]
    public partial class Normed;

    [Input(1, 8, 8), MaxPool2d(2), Conv2d(3, Kernel = 3, Padding = 1), ReLU, Conv2d(1, Kernel = 1), Tanh]
    [Conv2d(4, Kernel = 2, Stride = 2), Flatten]
    public partial class Narrow;

    [Input(1, 8, 8), Trunk<HandConvolved>(5)]
    public partial class ByHand;

    [Baseline, HardSharing, Network(nameof(Normed))]
    public partial class OnNormed;

    [SingleTask, Network(nameof(Normed))]
    public partial class NormedAlone;

    [HardSharing, PcGrad(Site = GradientSite.Trunk), Network(nameof(Narrow))]
    public partial class OnNarrow;

    [SingleTask, Network(nameof(Narrow))]
    public partial class NarrowAlone;

    [HardSharing, Network(nameof(ByHand))]
    public partial class OnModule;

    [SingleTask, Network(nameof(ByHand))]
    public partial class ModulesAlone;
}
