using UAmtfl.Experiments.Tox21;

namespace UAmtfl.Experiments.ToxCast;

// Epochs and the logistic regression's settings were chosen by validation areas (README.md); the others are Tox21's.
/// <summary>128 toxicity assays of 8,597 molecules (MoleculeNet's ToxCast)</summary>
[Experiment("toxcast", Seeds = 2)]
[Dataset<ToxCastMolecules>]
[BinaryFamily("Assay", "toxcast.tasks.txt"), Metric(TaskMetric.RocAuc)]
[Training(Epochs = 24, BatchSize = 128), Adam(3e-3), StepDecay(At = 0.6, Factor = 0.1)]
public static partial class ToxCastToxicity
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

    /// <summary>A ridge-penalised logistic regression for each assay, as heads on the inputs share nothing. It is trained like the
    /// networks, because the exact solver takes minutes for 128 assays.</summary>
    [Baseline]
    [HardSharing, Network(nameof(Raw)), L2(1e-3)]
    [Training(Epochs = 40, BatchSize = 128), Adam(1e-2)]
    public partial class Logistic;

    /// <summary>Single-task learning: a network for each assay, with 8 million weights in all.</summary>
    [OnRequest, Reference]
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
    [Training(Epochs = 12, BatchSize = 128)]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, Network(nameof(Hidden)), L2(3e-3, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    public partial class UAmtfl;

    /// <summary>The control for transfer: the same penalty on the size of features, without any transfer.</summary>
    [Control]
    [HardSharing, FeatureNorm(0.01), Network(nameof(Hidden)), L2(3e-3, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    public partial class FeatureNorm;
}
