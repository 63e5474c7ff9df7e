namespace UAmtfl.Experiments.Synthetic;

/// <summary>Six easy and six hard tasks from pairs of six bases (Lee et al. 2018, section 4.1)</summary>
/// <remarks>The models are linear networks, as there: L is the layer, S the heads. Each step takes all rows, so that a penalty is weighed
/// against the loss itself. Strengths were chosen by the mean validation error of two to five seeds, never on test rows.</remarks>
[Experiment("synthetic", Seeds = 5)]
[Dataset<TwelveTasks>]
[Metric(TaskMetric.Rmse)]
[Training(Epochs = 1500, BatchSize = 450, EvaluateEvery = 1500), Adam(1e-2), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class SyntheticTasks
{
    /// <summary>The tasks, named by group and by the two bases that they combine.</summary>
    [Regression]
    public enum Task { Easy12, Easy13, Easy14, Easy23, Easy24, Easy34, Hard34, Hard35, Hard36, Hard45, Hard46, Hard56 }

    /// <summary>A trunk of one linear layer, L, with as many features as there are bases.</summary>
    [Input(30)]
    [Linear(6, Bias = false)]
    public partial class Bases;

    /// <summary>A trunk without layers, so that heads on it are linear models of the inputs.</summary>
    [Input(30)]
    public partial class Raw;

    /// <summary>Single-task learning: a ridge regression for each task.</summary>
    [Baseline]
    [Ridge]
    public partial class Stl;

    /// <summary>GO-MTL: tasks that are sparse combinations of sparse bases.</summary>
    [Network(nameof(Bases))]
    [HardSharing, L2(1e-3, On = Part.Trunk), L1(2, On = Part.Trunk, Subgradient = true), L1(0.1, On = Part.Heads, Subgradient = true)]
    public partial class GoMtl;

    /// <summary>Asymmetric transfer between tasks, in which weights of transfer may be negative.</summary>
    [Network(nameof(Raw))]
    [DeepAmtl(Alpha = 1, Gamma = 1, NonNegative = false), L2(0.1, On = Part.Heads)]
    public partial class Amtl;

    /// <summary>Asymmetric transfer from tasks to bases.</summary>
    [Proposed]
    [Network(nameof(Bases))]
    [Amtfl(Alpha = 0.1, Gamma = 1, Linear = true, Bias = false)]
    [L2(1e-3, On = Part.Trunk), L1(1, On = Part.Trunk, Subgradient = true), L1(0.3, On = Part.Heads, Subgradient = true)]
    public partial class Amtfl;

    /// <summary>Asymmetric transfer from tasks to bases, weighted by learnt task uncertainty.</summary>
    [Network(nameof(Bases))]
    [Amtfl(Alpha = 0.1, Gamma = 0.003, Linear = true, Bias = false), Uncertainty]
    [L2(1e-3, On = Part.Trunk), L1(0.1, On = Part.Trunk, Subgradient = true), L1(0.1, On = Part.Heads, Subgradient = true)]
    public partial class UAmtfl;

    /// <summary>The control for transfer: the same penalty on the size of features, without any transfer.</summary>
    [Control]
    [Network(nameof(Bases))]
    [HardSharing, FeatureNorm(1)]
    [L2(1e-3, On = Part.Trunk), L1(1, On = Part.Trunk, Subgradient = true), L1(0.3, On = Part.Heads, Subgradient = true)]
    public partial class FeatureNorm;
}
