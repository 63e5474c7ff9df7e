namespace UAmtfl.Experiments.Tox21;

// Schedule, weight decay and the logistic penalty were chosen by validation areas (README.md); α and γ are the paper's for MNIST.
/// <summary>Twelve toxicity assays of 7,823 molecules (MoleculeNet's Tox21)</summary>
[Experiment("tox21", Seeds = 3)]
[Dataset<Tox21Molecules>]
[BinaryFamily("Assay", "tox21.tasks.txt"), Metric(TaskMetric.RocAuc)]
[Training(Epochs = 12, BatchSize = 128), Adam(3e-3), StepDecay(At = 0.6, Factor = 0.1)]
public static partial class Tox21Toxicity
{
    /// <summary>A trunk without layers, so that heads on it are linear models of the inputs.</summary>
    [Input(AssayFiles.Bits)]
    public partial class Raw;

    /// <summary>A trunk of one hidden layer.</summary>
    [Input(AssayFiles.Bits), Linear(64), ReLU]
    public partial class Hidden;

    /// <summary>The share of active molecules in each assay, whose area under the curve is one half.</summary>
    [MeanPredictor]
    public partial class Mean;

    /// <summary>A ridge-penalised logistic regression for each assay.</summary>
    [Reference]
    [LinearModel(Tolerance = 1e-3), L2(3e-3)]
    public partial class Logistic;

    /// <summary>Single-task learning: a network for each assay.</summary>
    [Baseline]
    [SingleTask, Network(nameof(Hidden)), L2(1e-3)]
    public partial class Stl;

    /// <summary>A shared network with weight decay on the trunk and sparse heads.</summary>
    [HardSharing, Network(nameof(Hidden)), L2(3e-3, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    public partial class MtNn;

    /// <summary>A shared network with losses weighted by learnt task uncertainty (Kendall, Gal and Cipolla 2018), without
    /// transfer.</summary>
    [HardSharing, Uncertainty(Likelihood = Likelihood.Approximate), Network(nameof(Hidden))]
    [L2(3e-3, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    public partial class Weighted;

    /// <summary>Asymmetric transfer between heads.</summary>
    [DeepAmtl(Alpha = 0.1, Gamma = 0.01), Network(nameof(Hidden)), L2(3e-3, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    public partial class DeepAmtl;

    /// <summary>Asymmetric transfer from tasks to features.</summary>
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Network(nameof(Hidden)), L2(3e-3, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    public partial class DeepAmtfl;

    /// <summary>Asymmetric transfer from tasks to features, weighted by learnt task uncertainty.</summary>
    [Proposed]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, Network(nameof(Hidden)), L2(3e-3, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    public partial class UAmtfl;

    /// <summary>The control for transfer: the same penalty on the size of features, without any transfer.</summary>
    [Control]
    [HardSharing, FeatureNorm(0.01), Network(nameof(Hidden)), L2(3e-3, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    public partial class FeatureNorm;
}
