namespace UAmtfl.Experiments.Awa;

/// <summary>85 attributes of animals from 500 principal components (AWA-A of Lee et al. 2018, Table 1)</summary>
// The paper gives no schedule; strengths are searched on each seed's validation rows.
[Experiment("awa-a", Seeds = 5)]
[Dataset<AwaFeatures>]
[BinaryFamily("Attribute", "Awa/attributes.tasks.txt")]
[Training(Epochs = 40, BatchSize = 100), Adam(1e-3), StepDecay(At = 0.5, Factor = 0.1)]
public static partial class AwaAttributes
{
    /// <summary>A trunk without layers, so that heads on it are linear models of the features.</summary>
    [Input(AwaFeatures.Components)]
    public partial class None;

    /// <summary>A trunk of one hidden layer of the paper's size.</summary>
    [Input(AwaFeatures.Components)]
    [Linear(1000), ReLU]
    public partial class Hidden;

    /// <summary>Single-task learning: a logistic regression for each attribute.</summary>
    [Baseline]
    [Ridge]
    public partial class Stl;

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
}
