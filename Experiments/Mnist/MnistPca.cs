namespace UAmtfl.Experiments.Mnist;

/// <summary>Ten one-vs-all digits from 64 principal components (Lee et al. 2018, Table 1)</summary>
// Learning rates and epochs were chosen on the validation images of seeds 1 to 3; strengths are searched on each seed's own.
[Experiment("mnist-pca", Seeds = 5)]
[Dataset<PcaMnist>]
[Training(Epochs = 40, BatchSize = 100), Adam(3e-3), StepDecay(At = 0.5, Factor = 0.1)]
public static partial class MnistPca
{
    /// <summary>The tasks, each to tell one digit from all others.</summary>
    [Binary(OneVsAll = true)]
    public enum Digit { Zero, One, Two, Three, Four, Five, Six, Seven, Eight, Nine }

    /// <summary>A trunk without layers, so that heads on it are linear models of the features.</summary>
    [Input(PcaMnist.Components)]
    public partial class None;

    /// <summary>A trunk of ten basis vectors that the tasks share.</summary>
    [Input(PcaMnist.Components)]
    [Linear(10, Bias = false)]
    public partial class Bases;

    /// <summary>A trunk of one hidden layer of the paper's size.</summary>
    [Input(PcaMnist.Components)]
    [Linear(500), ReLU]
    public partial class Hidden;

    /// <summary>Single-task learning: ten logistic regressions that share nothing.</summary>
    [Baseline]
    [Ridge]
    public partial class Stl;

    /// <summary>GO-MTL: heads that are sparse combinations of shared basis vectors.</summary>
    [HardSharing, Network(nameof(Bases)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads), Adam(3e-2)]
    [Grid("MuHeads", 1e-1, 1e-2, 1e-3, Tied = "LambdaTrunk")]
    public partial class GoMtl;

    /// <summary>Asymmetric transfer between linear models.</summary>
    [DeepAmtl, Network(nameof(None)), Adam(3e-2)]
    [Grid("Alpha", 0.1, 0.01), Grid("Gamma", 0.1, 0.01, 0.001)]
    public partial class Amtl;

    /// <summary>A shared network with one hidden layer and weight decay everywhere.</summary>
    [Reference]
    [HardSharing, Network(nameof(Hidden)), L2(1e-4)]
    [Grid("Lambda", 1e-2, 1e-3, 1e-4)]
    public partial class Nn;

    /// <summary>A shared network with one hidden layer and sparse heads.</summary>
    [HardSharing, Network(nameof(Hidden)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    [Grid("MuHeads", 1e-2, 1e-3, 1e-4, Tied = "LambdaTrunk")]
    public partial class MtNn;

    /// <summary>Asymmetric transfer from tasks to features.</summary>
    [Proposed]
    [Amtfl, Network(nameof(Hidden)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    [Grid("MuHeads", 1e-2, 1e-3, Tied = "LambdaTrunk"), Grid("Alpha", 0.1, 0.01), Grid("Gamma", 1e-2, 1e-3, 1e-4)]
    public partial class Amtfl;

    /// <summary>Asymmetric transfer from tasks to features, weighted by learnt task uncertainty; it is not in the paper's table.</summary>
    [Amtfl, Uncertainty, Network(nameof(Hidden)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    [Grid("MuHeads", 1e-2, 1e-3, Tied = "LambdaTrunk"), Grid("Alpha", 0.1, 0.01), Grid("Gamma", 1e-2, 1e-3, 1e-4)]
    public partial class UAmtfl;

    /// <summary>The control for transfer: the same penalty on the size of features, without any transfer.</summary>
    [Control]
    [HardSharing, FeatureNorm(0.01), Network(nameof(Hidden)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    [Grid("MuHeads", 1e-2, 1e-3, Tied = "LambdaTrunk"), Grid("FeatureNorm", 1e-2, 1e-3, 1e-4)]
    public partial class FeatureNorm;
}
