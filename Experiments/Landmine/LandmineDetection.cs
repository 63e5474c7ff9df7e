namespace UAmtfl.Experiments.Landmine;

// Epochs, rates and the weight decay of trunks were chosen by validation areas (README.md); what has a grid is chosen by it for each seed.
/// <summary>Mine or clutter in 29 fields of 160 training rows each (Xue et al. 2007)</summary>
[Experiment("landmine", Seeds = 5)]
[Dataset<LandmineFields>]
[BinaryFamily("Field", "landmine.tasks.txt"), Metric(TaskMetric.RocAuc)]
[Training(Epochs = 10, BatchSize = 100), Adam(3e-3), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class LandmineDetection
{
    /// <summary>The inputs themselves: heads on it are linear models.</summary>
    [Input(LandmineFields.Features)]
    public partial class Raw;

    /// <summary>Basis vectors that the tasks' weights are combinations of.</summary>
    [Input(LandmineFields.Features), Linear(4, Bias = false)]
    public partial class Bases;

    /// <summary>A hidden layer.</summary>
    [Input(LandmineFields.Features), Linear(32), ReLU]
    public partial class Hidden;

    /// <summary>The share of mines in each field: an area of one half.</summary>
    [MeanPredictor]
    public partial class Mean;

    /// <summary>A logistic regression for each field, its strength by cross-validation.</summary>
    [Baseline]
    [Ridge]
    public partial class Stl;

    /// <summary>One logistic regression for all fields, with an intercept for each: departures from the mean are forbidden in effect.</summary>
    [LinearModel(Tolerance = 1e-6), MeanConstraint(0.01, 1e5)]
    public partial class Pooled;

    /// <summary>Weights near their mean over the fields (Evgeniou and Pontil 2004).</summary>
    [LinearModel(Tolerance = 1e-6), MeanConstraint(0.01, 10), Grid("MeanLambda", 1, 10, 100, 1000)]
    public partial class MeanRegularised;

    /// <summary>Features for all fields or for none.</summary>
    [LinearModel(Tolerance = 1e-6), GroupLasso(0.1), Grid("GroupLasso", 1, 0.3, 0.1, 0.03, 0.01)]
    public partial class GroupLasso;

    /// <summary>Weights in a subspace of few dimensions.</summary>
    [LinearModel(Tolerance = 1e-6), TraceNorm(0.1), Grid("TraceNorm", 1, 0.3, 0.1, 0.03, 0.01)]
    public partial class TraceNorm;

    /// <summary>GO-MTL as a network.</summary>
    [HardSharing, Network(nameof(Bases)), L1(0.1, On = Part.Heads), L2(1e-2, On = Part.Trunk), Grid("MuHeads", 0.3, 0.1, 0.01)]
    [Training(Epochs = 30, BatchSize = 100), Adam(1e-2)]
    public partial class GoMtl;

    /// <summary>AMTL as a network.</summary>
    [DeepAmtl(Alpha = 0.1, Gamma = 0.1), Network(nameof(Raw)), L2(1e-2, On = Part.Heads), Grid("Gamma", 1, 0.1, 0.01)]
    [Training(Epochs = 30, BatchSize = 100), Adam(1e-2)]
    public partial class Amtl;

    /// <summary>A network for each field.</summary>
    [Reference]
    [SingleTask, Network(nameof(Hidden)), L2(0.01), Grid("Lambda", 0.1, 0.03, 0.01)]
    public partial class StlNn;

    /// <summary>One network, sparse heads.</summary>
    [HardSharing, Network(nameof(Hidden)), L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads), Grid("MuHeads", 0.3, 0.1, 0.01)]
    public partial class MtNn;

    /// <summary>Asymmetric transfer from tasks to features.</summary>
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Network(nameof(Hidden)), L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads), Grid("MuHeads", 0.3, 0.1, 0.01)]
    public partial class Amtfl;

    /// <summary>The same, weighted by learnt task uncertainty.</summary>
    [Proposed]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, Network(nameof(Hidden)), L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads), Grid("MuHeads", 0.3, 0.1, 0.01)]
    public partial class UAmtfl;

    /// <summary>Is it the transfer at all, or that the features are kept small?</summary>
    [Control]
    [HardSharing, FeatureNorm(0.01), Network(nameof(Hidden)), L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads), Grid("MuHeads", 0.3, 0.1, 0.01)]
    public partial class FeatureNorm;
}
