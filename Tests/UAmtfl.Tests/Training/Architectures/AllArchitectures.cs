using UAmtfl.Weighting;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>Gives each task the weight 1.</summary>
public sealed class Ones(int tasks) : GramianWeighting(tasks)
{
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => [.. gramian.Tasks.Select(_ => 1.0)];
}

/// <summary>Every architecture on a network of images and on one of rows, with tasks of all kinds.</summary>
[Experiment("architectures", Seeds = 1)]
[Dataset<TinyImages>]
[Training(Epochs = 2, BatchSize = 16, EvaluateEvery = 1), Adam(1e-2)]
public static partial class AllArchitectures
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

    /// <summary>Without a mark: stretches end after the pooling and after each activation of features.</summary>
    [Input(1, 8, 8)]
    [Conv2d(4, Kernel = 3, Padding = 1), BatchNorm, ReLU, MaxPool2d(2)]
    [Flatten, Linear(10), Tanh, Linear(6), Sigmoid]
    public partial class Free;

    /// <summary>With a shared beginning, a stretch of images and one of rows.</summary>
    [Input(1, 8, 8)]
    [Conv2d(4, Kernel = 3, Padding = 1), ReLU, MaxPool2d(2)]
    [Split, Conv2d(3, Kernel = 3), ReLU]
    [Split, Flatten, Linear(10), Tanh, Linear(6), Sigmoid]
    public partial class Marked;

    /// <summary>With marks, the first of which stands before all layers.</summary>
    [Input(1, 8, 8)]
    [Split, Flatten, Linear(12), ReLU, Split, Linear(8), ReLU]
    public partial class Rows;

    /// <summary>With one mark, behind which experts have one level.</summary>
    [Input(1, 8, 8)]
    [Flatten, Linear(12), ReLU, Split, Linear(8), ReLU]
    public partial class Once;

    /// <summary>With two stretches of rows whose outputs have the same shape.</summary>
    [Input(1, 8, 8)]
    [Conv2d(4, Kernel = 3), ReLU, MaxPool2d(2), Split, Flatten, Linear(6), Tanh, Split, Linear(6), Sigmoid]
    public partial class Even;

    /// <summary>With layers in the heads.</summary>
    [Input(1, 8, 8)]
    [Conv2d(4, Kernel = 3), ReLU, MaxPool2d(2), Split, Flatten, Linear(10), Tanh, Heads, Linear(7), BatchNorm, ReLU, Linear(5), Tanh]
    public partial class Headed;

    /// <summary>With layers in the heads of some tasks, which differ by kind and by name; those of the other tasks are linear.</summary>
    [Input(1, 8, 8)]
    [Conv2d(4, Kernel = 3), ReLU, MaxPool2d(2), Split, Flatten, Linear(6), Tanh]
    [Heads(nameof(Label.Fourth), nameof(Label.Bright)), Linear(7), ReLU, Linear(6), Tanh]
    [Heads(For = TaskKinds.Regression), BeginResidual, Linear(6), EndResidual, Sigmoid]
    public partial class Parted;

    /// <summary>With heads that end in different numbers of features, by kind and by name; those of the other tasks are
    /// linear.</summary>
    [Input(1, 8, 8)]
    [Conv2d(4, Kernel = 3), ReLU, MaxPool2d(2), Split, Flatten, Linear(6), Tanh]
    [Heads(For = TaskKinds.Regression), Linear(7), ReLU, Linear(4), Tanh]
    [Heads(nameof(Label.Fourth), nameof(Label.Bright)), Linear(9), Sigmoid, BatchNorm]
    public partial class Uneven;

    /// <summary>As <see cref="Headed"/>, with a mark for each half of the tasks.</summary>
    [Input(1, 8, 8)]
    [Conv2d(4, Kernel = 3), ReLU, MaxPool2d(2), Split, Flatten, Linear(10), Tanh]
    [Heads(nameof(Label.Corner), nameof(Label.Bright), nameof(Label.Fourth)), Linear(7), BatchNorm, ReLU, Linear(5), Tanh]
    [Heads, Linear(7), BatchNorm, ReLU, Linear(5), Tanh]
    public partial class Halved;

    /// <summary>As <see cref="Headed"/>, with the layers of the heads in the trunk.</summary>
    [Input(1, 8, 8)]
    [Conv2d(4, Kernel = 3), ReLU, MaxPool2d(2), Flatten, Linear(10), Tanh, Linear(7), BatchNorm, ReLU, Linear(5), Tanh]
    public partial class Headless;

    [HardSharing, L1(1e-4), L2(1e-4), Network(nameof(Headed))] public partial class HeadedTogether;
    [SingleTask, Network(nameof(Headed))] public partial class HeadedAlone;
    [OnRequest, SingleTask, Network(nameof(Headless))] public partial class HeadlessAlone;
    [Mmoe(3), Uncertainty, Network(nameof(Headed))] public partial class HeadedMixed;
    [OnRequest, HardSharing, Weighting<Ones>, Network(nameof(Headed))] public partial class HeadedPlain;
    [HardSharing, GradNorm, Network(nameof(Headed))] public partial class HeadedGradients;

    [HardSharing, L1(1e-4), L2(1e-4), Network(nameof(Parted))] public partial class PartedTogether;
    [SingleTask, Network(nameof(Parted))] public partial class PartedAlone;
    [Mmoe(3), Uncertainty, Network(nameof(Parted))] public partial class PartedMixed;
    [HardSharing, PcGrad, Network(nameof(Parted))] public partial class PartedGradients;
    [HardSharing, L1(1e-4), L2(1e-4), Network(nameof(Uneven))] public partial class UnevenTogether;
    [SingleTask, Network(nameof(Uneven))] public partial class UnevenAlone;
    [Mmoe(3), Uncertainty, Network(nameof(Uneven))] public partial class UnevenMixed;
    [HardSharing, PcGrad, Network(nameof(Uneven))] public partial class UnevenGradients;
    [OnRequest, HardSharing, Weighting<Ones>, Network(nameof(Uneven))] public partial class UnevenPlain;
    [OnRequest, HardSharing, L1(1e-3, Subgradient = true), Network(nameof(Uneven))] public partial class UnevenSharp;

    [OnRequest, HardSharing, Network(nameof(Halved))] public partial class HalvedTogether;
    [OnRequest, CrossStitch, Network(nameof(Halved))] public partial class HalvedStitched;
    [OnRequest, CrossStitch, Network(nameof(Headed))] public partial class HeadedStitched;
    [OnRequest, HardSharing, Weighting<Ones>, Network(nameof(Parted))] public partial class PartedPlain;

    [Baseline, SingleTask, Network(nameof(Free))] public partial class Alone;
    [HardSharing, Network(nameof(Free))] public partial class Together;
    [SoftSharing(1e-2), Network(nameof(Free))] public partial class Soft;
    [SoftSharing(1e-2, Form = SoftForm.Pairwise), Network(nameof(Rows))] public partial class SoftPairs;
    [SoftSharing(1e-2, Form = SoftForm.TraceNorm), Network(nameof(Marked))] public partial class SoftTrace;
    [CrossStitch, Network(nameof(Free))] public partial class Stitched;
    [CrossStitch(PerChannel = true, LearningRateScale = 10), L2(1e-4), Network(nameof(Marked))] public partial class StitchedChannels;
    [CrossStitch(PerChannel = true), Uncertainty, Network(nameof(Rows))] public partial class StitchedRows;
    [Mmoe(3), Network(nameof(Free))] public partial class Whole;
    [Mmoe(3), L1(1e-4), Network(nameof(Marked))] public partial class Mixed;
    [Cgc(Own = 2, Shared = 2), Network(nameof(Marked))] public partial class Customised;
    [Ple(Own = 2, Shared = 2), Network(nameof(Marked))] public partial class Progressive;
    [Ple(Own = 0, Shared = 3), Network(nameof(Rows))] public partial class ProgressiveRows;
    [DSelectK(3, K = 2, Entropy = 0.1), Network(nameof(Marked))] public partial class Selected;
    [DSelectK(4, K = 1), Network(nameof(Rows))] public partial class SelectedRows;
    [DSelectK(3, K = 2, PerSample = true, Entropy = 0.1), Network(nameof(Marked))] public partial class SelectedSamples;
    [DSelectK(4, PerSample = true), Uncertainty, Network(nameof(Free))] public partial class SelectedWhole;
    [Adapters(2), Network(nameof(Free))] public partial class Adapted;
    [Adapters(3), L1(1e-4), L2(1e-4), Network(nameof(Headed))] public partial class AdaptedHeads;
    [Mtan, Network(nameof(Free))] public partial class Attended;
    [Mtan(Reduction = 3), Uncertainty, Network(nameof(Rows))] public partial class AttendedRows;
    [Nddr, Network(nameof(Free))] public partial class Fused;
    [Nddr(Normalise = false), Uncertainty, Network(nameof(Rows))] public partial class FusedRows;
    [Sluice, Network(nameof(Even))] public partial class Sliced;

    [FullyAdaptive(EpochsBetweenSplits = 1, Alpha = 5, UnitCost = 0.01), Network(nameof(Free))] public partial class Adaptive;

    [FullyAdaptive(EpochsBetweenSplits = 1, Alpha = 9, UnitCost = 0.01), L1(1e-4), L2(1e-4), Network(nameof(Marked))]
    public partial class AdaptiveMarked;

    [LearnToBranch(SearchEpochs = 1), L2(1e-4), Network(nameof(Free))] public partial class Chosen;
    [LearnToBranch(SearchEpochs = 1), Uncertainty, Network(nameof(Rows))] public partial class ChosenRows;

    [OnRequest, Mmoe(3), Network(nameof(Once))] public partial class OnceMixed;
    [OnRequest, Cgc(Own = 0, Shared = 3), Network(nameof(Once))] public partial class OnceShared;
    [OnRequest, Cgc(Own = 2, Shared = 1), Network(nameof(Once))] public partial class OnceCustomised;
    [OnRequest, Ple(Own = 2, Shared = 1), Network(nameof(Once))] public partial class OnceProgressive;

    [OnRequest, CrossStitch, Network(nameof(Even))] public partial class StitchedEven;
    [OnRequest, Sluice(Subspaces = 1, Last = 1), Network(nameof(Even))] public partial class SlicedOnce;

    [OnRequest, CrossStitch, Weighting<Ones>, Network(nameof(Marked))] public partial class StitchedPlain;
    [OnRequest, Adapters(2), Weighting<Ones>, Network(nameof(Marked))] public partial class AdaptedPlain;
    [OnRequest, Mtan, Weighting<Ones>, Network(nameof(Marked))] public partial class AttendedPlain;
    [OnRequest, Nddr, Weighting<Ones>, Network(nameof(Marked))] public partial class FusedPlain;
    [OnRequest, Nddr(Normalise = false), Network(nameof(Marked))] public partial class FusedMarked;
    [OnRequest, Sluice, Weighting<Ones>, Network(nameof(Even))] public partial class SlicedPlain;
    [OnRequest, Mmoe(3), Weighting<Ones>, Network(nameof(Free))] public partial class MixedPlain;

    [OnRequest, Ple(Own = 1, Shared = 2), Weighting<Ones>, L1(1e-3, Subgradient = true), Network(nameof(Marked))]
    public partial class ProgressivePlain;

    [OnRequest, DSelectK(3), Weighting<Ones>, Network(nameof(Marked))] public partial class SelectedPlain;

    [OnRequest, DSelectK(3, PerSample = true), Weighting<Ones>, Network(nameof(Marked))] public partial class SelectedSamplesPlain;

    [OnRequest, FullyAdaptive(EpochsBetweenSplits = 1), Weighting<Ones>, Network(nameof(Marked))] public partial class AdaptivePlain;

    [OnRequest, LearnToBranch(SearchEpochs = 1), Weighting<Ones>, Network(nameof(Marked))] public partial class ChosenPlain;

    [CrossStitch, PcGrad, Network(nameof(Rows))] public partial class StitchedGradients;
    [Mmoe(3), CaGrad, Network(nameof(Marked))] public partial class MixedGradients;
    [Cgc, Mgda, Network(nameof(Rows))] public partial class CustomisedGradients;
    [Ple, GradNorm, Network(nameof(Marked))] public partial class ProgressiveGradients;
    [DSelectK(3), GradVac, Network(nameof(Marked))] public partial class SelectedGradients;
    [DSelectK(3, PerSample = true), PcGrad, Network(nameof(Rows))] public partial class SelectedSampleGradients;
    [Adapters(1), CaGrad, Network(nameof(Marked))] public partial class AdaptedGradients;
    [Mtan, PcGrad, Network(nameof(Marked))] public partial class AttendedGradients;
    [Nddr(LearningRateScale = 10), PcGrad, Network(nameof(Rows))] public partial class FusedGradients;
    [Sluice(LearningRateScale = 10), CaGrad, Network(nameof(Free))] public partial class SlicedGradients;
    [FullyAdaptive(EpochsBetweenSplits = 1), PcGrad, Network(nameof(Rows))] public partial class AdaptiveGradients;
    [LearnToBranch(SearchEpochs = 1), Mgda, Network(nameof(Marked))] public partial class ChosenGradients;
}
