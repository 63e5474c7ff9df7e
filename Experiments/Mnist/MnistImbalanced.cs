namespace UAmtfl.Experiments.Mnist;

/// <summary>Ten one-vs-all digits, 200, 180, … 20 training images (Lee et al. 2018, section 4.2)</summary>
[Experiment("mnist-imbalanced", Seeds = 3)]
[Dataset<ImbalancedMnist>]
[Training(Epochs = 80, BatchSize = 100), Adam(2e-3), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class MnistImbalanced
{
    /// <summary>The tasks, each to tell one digit from all others.</summary>
    [Binary(OneVsAll = true)]
    public enum Digit { Zero, One, Two, Three, Four, Five, Six, Seven, Eight, Nine }

    /// <summary>The network of LeCun et al. 1998 in the size that the paper uses.</summary>
    [Input(1, 28, 28)]
    [Conv2d(20, Kernel = 5), ReLU, MaxPool2d(2)]
    [Conv2d(50, Kernel = 5), ReLU, MaxPool2d(2)]
    [Flatten, Linear(500), ReLU]
    public partial class LeNet;

    /// <summary>A shared network with weight decay everywhere.</summary>
    [Baseline]
    [HardSharing, L2(1e-4)]
    public partial class Cnn;

    /// <summary>A shared network with weight decay on the trunk and sparse heads.</summary>
    [HardSharing, L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class MtCnn;

    /// <summary>Asymmetric transfer between heads.</summary>
    [DeepAmtl(Alpha = 0.1, Gamma = 0.01), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class DeepAmtl;

    /// <summary>Asymmetric transfer from tasks to features.</summary>
    [Amtfl(Alpha = 0.1, Gamma = 0.01), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class DeepAmtfl;

    /// <summary>Asymmetric transfer from tasks to features, weighted by learnt task uncertainty.</summary>
    [Proposed]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class UAmtfl;

    /// <summary>The control for the weighting: one σ for all tasks instead of one for each.</summary>
    [Control]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty(Shared = true)]
    [L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class SharedSigma;

    /// <summary>The control for transfer: the same penalty on the size of features, without any transfer.</summary>
    [Control]
    [HardSharing, FeatureNorm(0.01), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class FeatureNorm;

    /// <summary>Single-task learning: ten networks that share nothing.</summary>
    [OnRequest]
    [SingleTask, L2(1e-4)]
    public partial class Stl;

    /// <summary>U-AMTFL with the price of transfer on the weighted loss alone.</summary>
    [OnRequest]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty(Placement = Placement.WeightOnly)]
    [L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class WeightOnly;

    /// <summary>U-AMTFL with uncertainty as the price of transfer.</summary>
    [OnRequest]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty(Placement = Placement.Reliability)]
    [L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class Reliability;
}
