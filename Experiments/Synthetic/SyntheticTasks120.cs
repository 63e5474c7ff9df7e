namespace UAmtfl.Experiments.Synthetic;

/// <summary>The synthetic study with 120 tasks, ten a pair of bases</summary>
/// <remarks>As <see cref="SyntheticTasks"/>, in batches of 450 rows. L is weighed against the losses of all tasks, of which there are
/// more.</remarks>
[Experiment("synthetic-120", Seeds = 5)]
[Dataset<ManyTasks>]
[RegressionFamily("Task", "Synthetic/synthetic-120.tasks.txt")]
[Metric(TaskMetric.Rmse)]
[Training(Epochs = 150, BatchSize = 450, EvaluateEvery = 150), Adam(1e-2), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class SyntheticTasks120
{
    /// <inheritdoc cref="SyntheticTasks.Bases"/>
    [Input(30)]
    [Linear(6, Bias = false)]
    public partial class Bases;

    /// <inheritdoc cref="SyntheticTasks.Raw"/>
    [Input(30)]
    public partial class Raw;

    /// <inheritdoc cref="SyntheticTasks.Stl"/>
    [Baseline]
    [Ridge]
    public partial class Stl;

    /// <inheritdoc cref="SyntheticTasks.GoMtl"/>
    [Network(nameof(Bases))]
    [HardSharing, L2(1e-3, On = Part.Trunk), L1(3, On = Part.Trunk, Subgradient = true), L1(0.1, On = Part.Heads, Subgradient = true)]
    public partial class GoMtl;

    /// <inheritdoc cref="SyntheticTasks.Amtl"/>
    [Network(nameof(Raw))]
    [DeepAmtl(Alpha = 1, Gamma = 1, NonNegative = false), L2(0.1, On = Part.Heads)]
    public partial class Amtl;

    /// <inheritdoc cref="SyntheticTasks.Amtfl"/>
    [Proposed]
    [Network(nameof(Bases))]
    [Amtfl(Alpha = 0.1, Gamma = 1, Linear = true, Bias = false)]
    [L2(1e-3, On = Part.Trunk), L1(3, On = Part.Trunk, Subgradient = true), L1(0.3, On = Part.Heads, Subgradient = true)]
    public partial class Amtfl;
}
