using UAmtfl.Experiments.Mnist;

namespace UAmtfl.Experiments.MultiMnist;

// The comparison of Sener and Koltun 2018 on MultiMNIST, with architectures that it does not have; README.md says what differs.
/// <summary>Two digits on top of each other, the left and the right one: weightings and architectures</summary>
[Experiment("multi-mnist", Seeds = 1)]
[Dataset<MultiMnistImages>]
[Training(Epochs = 15, BatchSize = 128), Adam(2e-3), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class OverlaidDigits
{
    /// <summary>The tasks, which digit lies at the top left and which at the bottom right.</summary>
    [Classification(DigitImages.Digits)]
    public enum Digit { Left, Right }

    /// <summary>The shared layers of the authors' program without dropout. Features of single pixels are common to all architectures; the
    /// second convolution and the hidden layer are what they copy.</summary>
    [Input(1, DigitImages.Side, DigitImages.Side)]
    [Conv2d(10, Kernel = 5), MaxPool2d(2), ReLU]
    [Split, Conv2d(20, Kernel = 5), MaxPool2d(2), ReLU]
    [Split, Flatten, Linear(50), ReLU]
    public partial class LeNet;

    /// <summary>Single-task learning: a network for each digit.</summary>
    [Baseline, SingleTask]
    public partial class Alone;

    /// <summary>A shared network, trained with the sum of the losses.</summary>
    [HardSharing]
    public partial class Shared;

    // weightings of the shared network

    /// <summary>The smallest combination of the tasks' gradients of the features, which bounds that of the weights (MGDA-UB).</summary>
    [HardSharing, Mgda(Site = GradientSite.Representation)]
    public partial class MgdaUb;

    /// <summary>Losses weighted by learnt task uncertainty.</summary>
    [HardSharing, Uncertainty(Likelihood = Likelihood.Approximate)]
    public partial class Kendall;

    /// <summary>Gradients of equal size.</summary>
    [HardSharing, GradNorm]
    public partial class Norms;

    /// <summary>Gradients without the parts that conflict.</summary>
    [HardSharing, PcGrad]
    public partial class Surgery;

    /// <summary>The bargain of the tasks.</summary>
    [HardSharing, NashMtl]
    public partial class Nash;

    // architectures

    /// <summary>A network for each digit, with weights that are pulled together.</summary>
    [SoftSharing(1e-3)]
    public partial class Soft;

    /// <summary>A network for each digit, with activations that are mixed after each stretch.</summary>
    [CrossStitch]
    public partial class Stitched;

    /// <summary>A network for each digit, with halves of activations that are mixed after each stretch.</summary>
    [Sluice]
    public partial class Sliced;

    /// <summary>A shared network, whose weights change by matrices of rank 4.</summary>
    [Adapters(4)]
    public partial class Adapted;

    /// <summary>A shared network, whose activations each digit masks.</summary>
    [Mtan]
    public partial class Attended;

    /// <summary>Three experts that both digits mix.</summary>
    [Mmoe(3)]
    public partial class Mixture;

    /// <summary>A shared expert and one of each digit.</summary>
    [Cgc]
    public partial class Customised;

    /// <summary>A shared expert and one of each digit, in two levels.</summary>
    [Ple]
    public partial class Progressive;

    /// <summary>Four experts, of which each digit selects two.</summary>
    [DSelectK(4)]
    public partial class Selected;

    /// <summary>A network that splits, from the last stretch to the first, if the digits find different images difficult.</summary>
    [FullyAdaptive(EpochsBetweenSplits = 4)]
    public partial class Adaptive;

    /// <summary>A tree that is learnt in the first six epochs.</summary>
    [LearnToBranch(SearchEpochs = 6)]
    public partial class Branched;
}
