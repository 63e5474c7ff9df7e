namespace UAmtfl.Experiments.Landmine;

// Epochs, rates and the weight decay of trunks were chosen by validation areas (README.md); what has a grid is chosen by it for each seed.
/// <summary>Mine or clutter in 29 fields of 160 training rows each (Xue et al. 2007)</summary>
[Experiment("landmine", Seeds = 5)]
[Dataset<LandmineFields>]
[BinaryFamily("Field", "landmine.tasks.txt"), Metric(TaskMetric.RocAuc)]
[Training(Epochs = 10, BatchSize = 100), Adam(3e-3), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class LandmineDetection
{
    /// <summary>A trunk without layers, so that heads on it are linear models of the inputs.</summary>
    [Input(LandmineFields.Features)]
    public partial class Raw;

    /// <summary>A trunk of four basis vectors, of which the tasks' weights are combinations.</summary>
    [Input(LandmineFields.Features), Linear(4, Bias = false)]
    public partial class Bases;

    /// <summary>A trunk of one hidden layer.</summary>
    [Input(LandmineFields.Features), Linear(32), ReLU]
    public partial class Hidden;

    /// <summary>The share of mines in each field, whose area under the curve is one half.</summary>
    [MeanPredictor]
    public partial class Mean;

    /// <summary>A logistic regression for each field, its strength by cross-validation.</summary>
    [Baseline]
    [Ridge]
    public partial class Stl;

    /// <summary>One logistic regression for all fields, with an intercept for each, because the penalty all but forbids departures from
    /// the mean.</summary>
    [LinearModel(Tolerance = 1e-6), MeanConstraint(0.01, 1e5)]
    public partial class Pooled;

    /// <summary>Logistic regressions whose weights are kept near their mean over the fields (Evgeniou and Pontil 2004).</summary>
    [LinearModel(Tolerance = 1e-6), MeanConstraint(0.01, 10), Grid("MeanLambda", 1, 10, 100, 1000)]
    public partial class MeanRegularised;

    /// <summary>Logistic regressions that use a feature for all fields or for none.</summary>
    [LinearModel(Tolerance = 1e-6), GroupLasso(0.1), Grid("GroupLasso", 1, 0.3, 0.1, 0.03, 0.01)]
    public partial class GroupLasso;

    /// <summary>Logistic regressions whose weights lie in a subspace of few dimensions.</summary>
    [LinearModel(Tolerance = 1e-6), TraceNorm(0.1), Grid("TraceNorm", 1, 0.3, 0.1, 0.03, 0.01)]
    public partial class TraceNorm;

    /// <summary>GO-MTL as a network: heads that are sparse combinations of shared basis vectors.</summary>
    [HardSharing, Network(nameof(Bases)), L1(0.1, On = Part.Heads), L2(1e-2, On = Part.Trunk), Grid("MuHeads", 0.3, 0.1, 0.01)]
    [Training(Epochs = 30, BatchSize = 100), Adam(1e-2)]
    public partial class GoMtl;

    /// <summary>AMTL as a network: asymmetric transfer between linear models.</summary>
    [DeepAmtl(Alpha = 0.1, Gamma = 0.1), Network(nameof(Raw)), L2(1e-2, On = Part.Heads), Grid("Gamma", 1, 0.1, 0.01)]
    [Training(Epochs = 30, BatchSize = 100), Adam(1e-2)]
    public partial class Amtl;

    /// <summary>Single-task learning: a network for each field.</summary>
    [Reference]
    [SingleTask, Network(nameof(Hidden)), L2(0.01), Grid("Lambda", 0.1, 0.03, 0.01)]
    public partial class StlNn;

    /// <summary>A shared network with sparse heads.</summary>
    [HardSharing, Network(nameof(Hidden)), L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads), Grid("MuHeads", 0.3, 0.1, 0.01)]
    public partial class MtNn;

    /// <summary>Asymmetric transfer from tasks to features.</summary>
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Network(nameof(Hidden))]
    [L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads), Grid("MuHeads", 0.3, 0.1, 0.01)]
    public partial class Amtfl;

    /// <summary>Asymmetric transfer from tasks to features, weighted by learnt task uncertainty.</summary>
    [Proposed]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, Network(nameof(Hidden))]
    [L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads), Grid("MuHeads", 0.3, 0.1, 0.01)]
    public partial class UAmtfl;

    /// <summary>The control for transfer: the same penalty on the size of features, without any transfer.</summary>
    [Control]
    [HardSharing, FeatureNorm(0.01), Network(nameof(Hidden))]
    [L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads), Grid("MuHeads", 0.3, 0.1, 0.01)]
    public partial class FeatureNorm;
}
