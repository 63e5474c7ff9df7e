namespace UAmtfl.Experiments.Exam;

/// <summary>Examination scores in 65 London schools (Goldstein et al. 1993), a linear model or a small network a school</summary>
/// <remarks>What is not searched was chosen by the validation error of the first two seeds, never on test rows.</remarks>
[Experiment("exam", Seeds = 5)]
[Dataset<ExamPupils>]
[RegressionFamily("School", "Exam/exam.tasks.txt")]
[Metric(TaskMetric.Rmse)]
[Training(Epochs = 40, BatchSize = 100, EvaluateEvery = 40), Adam(5e-3), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class ExamSchools
{
    /// <summary>A trunk of one hidden layer.</summary>
    [Input(9)]
    [Linear(10), ReLU]
    public partial class Hidden;

    /// <summary>The mean of each school's training scores.</summary>
    [Reference]
    [MeanPredictor]
    public partial class Mean;

    /// <summary>Single-task learning: a ridge regression for each school.</summary>
    [Baseline]
    [Ridge]
    public partial class Stl;

    /// <summary>Linear models that are kept near their mean, from one model for all schools to one for each.</summary>
    [LinearModel(Tolerance = 1e-6), MeanConstraint(1, 100), Grid("MeanLambda", 10, 30, 100, 300, 1000)]
    public partial class NearMean;

    /// <summary>Linear models that are sparse combinations of shared basis vectors.</summary>
    [GoMtl(3), Grid("Mu", 1, 0.3, 0.1, 0.03, 0.01, Tied = "Lambda")]
    public partial class GoMtl;

    /// <summary>Asymmetric transfer between linear models.</summary>
    [Amtl, Grid("Alpha", 1, 0.1), Grid("Gamma", 10, 1, 0.1)]
    public partial class Amtl;

    /// <summary>A shared network in which each pupil counts the same, with weight decay everywhere.</summary>
    [HardSharing, SampleWeighting, L2(0.3)]
    public partial class Nn;

    /// <summary>A shared network in which each school counts the same, with sparse heads.</summary>
    [HardSharing, L2(1, On = Part.Trunk), L1(0.03, On = Part.Heads, Subgradient = true)]
    public partial class MtNn;

    /// <summary>Asymmetric transfer from schools to features.</summary>
    [Proposed]
    [Amtfl(Alpha = 1, Gamma = 1), L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads, Subgradient = true)]
    public partial class Amtfl;

    /// <summary>Asymmetric transfer from tasks to features, weighted by learnt task uncertainty.</summary>
    [Amtfl(Alpha = 1, Gamma = 1), Uncertainty, L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads, Subgradient = true)]
    public partial class UAmtfl;

    /// <summary>The control for transfer: the same penalty on the size of features, without any transfer.</summary>
    [Control]
    [HardSharing, FeatureNorm(1), L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads, Subgradient = true)]
    public partial class FeatureNorm;
}
