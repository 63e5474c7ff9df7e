namespace UAmtfl.Experiments.School;

/// <summary>Examination scores in 139 London schools (Lee et al. 2018, table 1), Argyriou's splits</summary>
/// <remarks>What is not searched was chosen by the validation error of the first split, never on test rows.</remarks>
[Experiment("school", Seeds = 5)]
[Dataset<SchoolPupils>]
[RegressionFamily("School", "School/school.tasks.txt")]
[Metric(TaskMetric.Rmse)]
[Training(Epochs = 40, BatchSize = 200, EvaluateEvery = 40), Adam(5e-3), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class SchoolScores
{
    /// <summary>A trunk of one hidden layer of 15 features; the paper says 10 or 15.</summary>
    [Input(27)]
    [Linear(15), ReLU]
    public partial class Hidden;

    /// <summary>The mean of each school's training scores.</summary>
    [Reference]
    [MeanPredictor]
    public partial class Mean;

    /// <summary>Single-task learning: a ridge regression for each school.</summary>
    [Baseline]
    [Ridge]
    public partial class Stl;

    /// <summary>Linear models that are sparse combinations of shared basis vectors.</summary>
    [GoMtl(10), Grid("Mu", 10, 3, 1, 0.3, Tied = "Lambda")]
    public partial class GoMtl;

    /// <summary>Asymmetric transfer between linear models.</summary>
    [Amtl(Alpha = 0.1, Gamma = 100)]
    public partial class Amtl;

    /// <summary>A shared network in which each pupil counts the same, with weight decay everywhere.</summary>
    [HardSharing, SampleWeighting, L2(1)]
    public partial class Nn;

    /// <summary>A shared network in which each school counts the same, with sparse heads.</summary>
    [HardSharing, L2(1, On = Part.Trunk), L1(2, On = Part.Heads, Subgradient = true)]
    public partial class MtNn;

    /// <summary>Asymmetric transfer from schools to features.</summary>
    [Proposed]
    [Amtfl(Alpha = 0.1, Gamma = 1), L2(1, On = Part.Trunk), L1(2, On = Part.Heads, Subgradient = true)]
    public partial class Amtfl;

    /// <summary>Asymmetric transfer from tasks to features, weighted by learnt task uncertainty.</summary>
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, L2(1e-3, On = Part.Trunk), L1(1e-3, On = Part.Heads, Subgradient = true)]
    public partial class UAmtfl;

    /// <summary>The control for transfer: the same penalty on the size of features, without any transfer.</summary>
    [Control]
    [HardSharing, FeatureNorm(1), L2(1, On = Part.Trunk), L1(2, On = Part.Heads, Subgradient = true)]
    public partial class FeatureNorm;
}
