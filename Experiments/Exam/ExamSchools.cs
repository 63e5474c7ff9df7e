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
    /// <summary>One hidden layer.</summary>
    [Input(9)]
    [Linear(10), ReLU]
    public partial class Hidden;

    /// <summary>Each school's mean.</summary>
    [Reference]
    [MeanPredictor]
    public partial class Mean;

    /// <summary>Single-task learning: a ridge regression a school.</summary>
    [Baseline]
    [Ridge]
    public partial class Stl;

    /// <summary>Linear models near their mean: from one for all schools to one each.</summary>
    [LinearModel(Tolerance = 1e-6), MeanConstraint(1, 100), Grid("MeanLambda", 10, 30, 100, 300, 1000)]
    public partial class NearMean;

    /// <summary>Sparse combinations of shared basis vectors.</summary>
    [GoMtl(3), Grid("Mu", 1, 0.3, 0.1, 0.03, 0.01, Tied = "Lambda")]
    public partial class GoMtl;

    /// <summary>Asymmetric transfer between linear models.</summary>
    [Amtl, Grid("Alpha", 1, 0.1), Grid("Gamma", 10, 1, 0.1)]
    public partial class Amtl;

    /// <summary>One network, each pupil counting the same, weight decay everywhere.</summary>
    [HardSharing, SampleWeighting, L2(0.3)]
    public partial class Nn;

    /// <summary>Each school counting the same, with sparse heads.</summary>
    [HardSharing, L2(1, On = Part.Trunk), L1(0.03, On = Part.Heads, Subgradient = true)]
    public partial class MtNn;

    /// <summary>Asymmetric transfer from schools to features.</summary>
    [Proposed]
    [Amtfl(Alpha = 1, Gamma = 1), L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads, Subgradient = true)]
    public partial class Amtfl;

    /// <summary>The same, weighted by learnt uncertainty.</summary>
    [Amtfl(Alpha = 1, Gamma = 1), Uncertainty, L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads, Subgradient = true)]
    public partial class UAmtfl;

    /// <summary>Is it the transfer, or that the features are kept small?</summary>
    [Control]
    [HardSharing, FeatureNorm(1), L2(0.1, On = Part.Trunk), L1(0.1, On = Part.Heads, Subgradient = true)]
    public partial class FeatureNorm;
}
