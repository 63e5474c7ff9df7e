using UAmtfl.Tests.Numerics;
using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Printed;

/// <summary>A weighting of one's own whose objective is Σ_t t L_t.</summary>
public sealed class Heavier(int tasks) : LossWeighting(tasks)
{
    public override Tensor forward(Tensor input) => (input * arange(1, Tasks + 1, dtype: input.dtype)).sum();
}

/// <summary>Tasks of all kinds with every weighting in a symmetric and in an asymmetric sharing scheme, and with every penalty that
/// allows all kinds.</summary>
[Experiment("everything", Seeds = 1)]
[Dataset<NoData>]
[Training(Epochs = 1, BatchSize = 8), Sgd(0.05)]
public static partial class Everything
{
    public enum Label
    {
        [Regression] Dose,
        [Classification(3)] Stage,
        [Binary] Sick,
        [Regression] Age,
        [Binary] Old,
    }

    [Input(5), Linear(4), Tanh]
    public partial class Net;

    [HardSharing] public partial class Sum;
    [HardSharing, SampleWeighting] public partial class Sampled;
    [HardSharing, Uncertainty] public partial class Exact;
    [HardSharing, Uncertainty(Likelihood = Likelihood.Approximate)] public partial class Approximate;
    [HardSharing, Uncertainty(Shared = true)] public partial class OneSigma;
    [HardSharing, Equal] public partial class Same;
    [HardSharing, Equal(Mean = true)] public partial class SameMean;
    [HardSharing, Constant(1, 2, 0.5, 3, 1)] public partial class Given;
    [HardSharing, RandomWeights] public partial class Drawn;
    [HardSharing, RevisedUncertainty] public partial class Revised;
    [HardSharing, Dwa] public partial class Averaged;
    [HardSharing, GeometricMean] public partial class Geometric;
    [HardSharing, ImtlL] public partial class Impartial;
    [HardSharing, Famo] public partial class Falling;
    [HardSharing, Stch] public partial class Smooth;
    [HardSharing, LogStch(WarmUp = 1)] public partial class SmoothLog;
    [HardSharing, Cosmos] public partial class Angle;
    [HardSharing, Pbi] public partial class Boundary;
    [HardSharing, Lbtw] public partial class Balanced;
    [HardSharing, Mgda] public partial class MinNorm;
    [HardSharing, Mgda(Normalisation = MgdaNormalisation.LossPlus)] public partial class MinNormUnit;
    [HardSharing, PcGrad] public partial class Surgery;
    [HardSharing, GradVac] public partial class Vaccine;
    [HardSharing, CaGrad] public partial class Averse;
    [HardSharing, ImtlG] public partial class EqualAngles;
    [HardSharing, Imtl] public partial class Both;
    [HardSharing, NashMtl] public partial class Bargain;
    [HardSharing, FairGrad] public partial class Fair;
    [HardSharing, AlignedMtl] public partial class Aligned;
    [HardSharing, ConFig] public partial class Config;
    [HardSharing, GradNorm] public partial class Normed;
    [HardSharing, DualProj] public partial class Dual;
    [HardSharing, UpGrad] public partial class Unconflicting;
    [HardSharing, Krum] public partial class Closest;
    [HardSharing, FocusedLearning(nameof(Label.Sick))] public partial class Focused;
    [HardSharing, GradDrop] public partial class Signs;
    [HardSharing, TrimmedMean] public partial class Trimmed;
    [HardSharing, DbMtl] public partial class DualBalanced;
    [HardSharing, MoCo] public partial class Corrected;
    [HardSharing, ExcessMtl] public partial class Excess;
    [HardSharing, MoDo] public partial class Sampled3;
    [HardSharing, SdmGrad] public partial class Stochastic;
    [HardSharing, Moml] public partial class Meta;
    [HardSharing, AutoLambda] public partial class Levels;
    [HardSharing, Forum] public partial class First;
    [HardSharing, Mgda, CrMogm] public partial class Momentum;
    [HardSharing, Weighting<Heavier>] public partial class Own;

    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05)] public partial class ASum;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), SampleWeighting] public partial class ASampled;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Uncertainty] public partial class AExact;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Uncertainty(Likelihood = Likelihood.Approximate)] public partial class AApproximate;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Uncertainty(Shared = true)] public partial class AOneSigma;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Equal] public partial class ASame;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Equal(Mean = true)] public partial class ASameMean;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Constant(1, 2, 0.5, 3, 1)] public partial class AGiven;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), RandomWeights] public partial class ADrawn;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), RevisedUncertainty] public partial class ARevised;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Dwa] public partial class AAveraged;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), GeometricMean] public partial class AGeometric;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), ImtlL] public partial class AImpartial;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Famo] public partial class AFalling;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Stch] public partial class ASmooth;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), LogStch(WarmUp = 1)] public partial class ASmoothLog;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Cosmos] public partial class AAngle;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Pbi] public partial class ABoundary;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Lbtw] public partial class ABalanced;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Mgda] public partial class AMinNorm;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Mgda(Normalisation = MgdaNormalisation.LossPlus)] public partial class AMinNormUnit;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), PcGrad] public partial class ASurgery;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), GradVac] public partial class AVaccine;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), CaGrad] public partial class AAverse;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), ImtlG] public partial class AEqualAngles;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Imtl] public partial class ABoth;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), NashMtl] public partial class ABargain;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), FairGrad] public partial class AFair;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), AlignedMtl] public partial class AAligned;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), ConFig] public partial class AConfig;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), GradNorm] public partial class ANormed;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), DualProj] public partial class ADual;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), UpGrad] public partial class AUnconflicting;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Krum] public partial class AClosest;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), FocusedLearning(nameof(Label.Sick))] public partial class AFocused;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), GradDrop] public partial class ASigns;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), TrimmedMean] public partial class ATrimmed;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), DbMtl] public partial class ADualBalanced;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), MoCo] public partial class ACorrected;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), ExcessMtl] public partial class AExcess;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), MoDo] public partial class ASampled3;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), SdmGrad] public partial class AStochastic;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Moml] public partial class AMeta;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), AutoLambda] public partial class ALevels;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Forum] public partial class AFirst;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Mgda, CrMogm] public partial class AMomentum;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Weighting<Heavier>] public partial class AOwn;

    [Amtfl(Bias = false, Linear = true), Uncertainty(Placement = Placement.WeightOnly)] public partial class WeightOnly;
    [Amtfl, Uncertainty(Placement = Placement.Reliability)] public partial class Reliable;
    [Amtfl, Uncertainty(Placement = Placement.Reliability, Likelihood = Likelihood.Exact)] public partial class ReliableExact;
#pragma warning disable UAM012   // the test compares what is printed with what is computed
    [Amtfl, Uncertainty(Placement = Placement.Literal)] public partial class LiteralExact;
    [Amtfl, Uncertainty(Placement = Placement.Literal, Likelihood = Likelihood.Approximate)] public partial class LiteralApproximate;
#pragma warning restore UAM012

    [SingleTask, L2(0.3), L1(0.02, On = Part.Trunk)] public partial class Alone;
    [SingleTask, Uncertainty] public partial class AloneExact;
    [SoftSharing(0.4)] public partial class SoftMean;
    [SoftSharing(0.2, Form = SoftForm.Pairwise), L1(0.02, On = Part.Heads)] public partial class SoftPairs;
    [SoftSharing(0.3, Form = SoftForm.TraceNorm)] public partial class SoftTrace;
    [HardSharing, L2(0.3, On = Part.Heads), L1(0.02, Subgradient = true)] public partial class Norms;
    [HardSharing, L1(0.02), L2(0.1, On = Part.Trunk)] public partial class Shrunk;
    [HardSharing, FeatureNorm(0.2)] public partial class Small;
    [HardSharing, GroupLasso(0.4)] public partial class ByFeature;
    [HardSharing, GroupLasso(0.4, Norm = GroupNorm.Infinity)] public partial class ByFeatureMax;
    [HardSharing, GroupLasso(0.4, By = GroupBy.Task)] public partial class ByTask;
    [HardSharing, GroupLasso(0.4, By = GroupBy.Task, Norm = GroupNorm.Infinity)] public partial class ByTaskMax;
    [HardSharing, GroupLasso(0.4, By = GroupBy.Task, Norm = GroupNorm.One)] public partial class ByTaskOne;
    [HardSharing, TraceNorm(0.4)] public partial class LowRank;
    [HardSharing, Dirty(0.3, 0.2), L2(0.5)] public partial class DirtyDecayed;
    [Amtfl, SparseLowRank(0.3, 0.2), L2(0.5, On = Part.Heads), L1(0.1, On = Part.Heads, Subgradient = true)] public partial class TwoParts;
    [HardSharing, RobustTasks(0.3, 0.4)] public partial class Robust;
    [HardSharing, Mgda, L2(0.5), Dirty(0.3, 0.2), FeatureNorm(0.1)] public partial class GradientsOfParts;
}

/// <summary>Variants of the methods that need tasks with one output each.</summary>
[Experiment("everything-single", Seeds = 1)]
[Dataset<NoData>]
[Training(Epochs = 1, BatchSize = 8), Sgd(0.05)]
public static partial class EverythingSingle
{
    public enum Label
    {
        [Regression] Dose,
        [Binary] Sick,
        [Regression] Age,
        [Binary] Old,
    }

    [Input(5), Linear(4)]
    public partial class Net;

    [DeepAmtl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05)] public partial class Rebuilt;
    [DeepAmtl(Alpha = 0.3, Gamma = 0.2, OnInputs = true, NonNegative = false)] public partial class OnInputs;
    [DeepAmtl, Uncertainty] public partial class RebuiltExact;
    [DeepAmtl, Mgda(Site = GradientSite.TaskHead)] public partial class RebuiltMinNorm;
    [DeepAmtl, Stch] public partial class RebuiltSmooth;
    [HardSharing, TaskGraph(0.3)] public partial class Near;
    [HardSharing, TaskGraph(0.3, Shape = GraphShape.Chain)] public partial class Chain;
    [HardSharing, MeanConstraint(0.4, 2)] public partial class Mean;
}

/// <summary>Variants of the methods that compare heads of several outputs class by class.</summary>
[Experiment("everything-classes", Seeds = 1)]
[Dataset<NoData>]
[Training(Epochs = 1, BatchSize = 8), Sgd(0.05)]
public static partial class EverythingClasses
{
    [Classification(3)]
    public enum Label { First, Second, Third }

    [Input(5), Linear(4)]
    public partial class Net;

    [HardSharing, TaskGraph(0.3)] public partial class Near;
    [HardSharing, TaskGraph(0.3, Shape = GraphShape.Chain)] public partial class Chain;
    [HardSharing, MeanConstraint(0.4, 2)] public partial class Mean;
    [HardSharing, GroupLasso(0.4, By = GroupBy.Task)] public partial class ByTask;
    [HardSharing, RobustTasks(0.3, 0.4)] public partial class Robust;
    [Amtfl, Uncertainty] public partial class UAmtfl;
    [HardSharing, Uncertainty(Likelihood = Likelihood.Approximate)] public partial class Kendall;
}

/// <summary>Tasks with every loss that can be chosen.</summary>
[Experiment("everything-losses", Seeds = 1)]
[Dataset<NoData>]
[Training(Epochs = 1, BatchSize = 8), Sgd(0.05)]
public static partial class EverythingLosses
{
    public enum Label
    {
        [Regression] Mean,
        [Regression(Loss = RegressionLoss.Absolute)] Median,
        [Regression(Loss = RegressionLoss.Huber, Delta = 0.7)] Robust,
        [Regression(Loss = RegressionLoss.Quantile, Level = 0.8)] High,
        [Regression(Loss = RegressionLoss.Poisson)] Visits,
        [Regression(LossBy = typeof(LogCosh))] Smooth,
        [Binary(PositiveWeight = 3)] Rare,
        [Binary(PositiveWeight = 3, LabelSmoothing = 0.1)] Doubted,
        [Classification(3, LabelSmoothing = 0.2)] Soft,
        [Classification(3, ClassWeights = new[] { 0.5, 2, 1 })] Skewed,
        [Classification(3, ClassWeights = new[] { 0.5, 2, 1 }, LabelSmoothing = 0.2)] Both,
    }

    [Input(5), Linear(4)]
    public partial class Net;

    [HardSharing] public partial class Sum;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05)] public partial class ASum;
    [SingleTask, Dwa] public partial class Alone;
}

/// <summary>Tasks whose likelihoods divide by σ_t, beside those that divide by 2σ_t² or divide the logits by σ_t².</summary>
[Experiment("everything-scales", Seeds = 1)]
[Dataset<NoData>]
[Training(Epochs = 1, BatchSize = 8), Sgd(0.05)]
public static partial class EverythingScales
{
    public enum Label
    {
        [Regression(Loss = RegressionLoss.Absolute)] Median,
        [Regression(Loss = RegressionLoss.Quantile, Level = 0.8)] High,
        [Regression] Mean,
        [Binary] Sick,
    }

    [Input(5), Linear(4)]
    public partial class Net;

    [HardSharing, Uncertainty] public partial class Exact;
    [HardSharing, Uncertainty(Likelihood = Likelihood.Approximate)] public partial class Approximate;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Uncertainty] public partial class WeightOnly;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Uncertainty(Placement = Placement.Reliability)] public partial class Reliable;
    [SingleTask, Uncertainty] public partial class AloneExact;
}

/// <summary>Variants for data in which each row has the label of one task, so that a batch has labels of few tasks.</summary>
[Experiment("everything-rows", Seeds = 1)]
[Dataset<NoRows>]
[Training(Epochs = 1, BatchSize = 8), Sgd(0.05)]
public static partial class EverythingRows
{
    public enum Label
    {
        [Regression] Dose,
        [Classification(3)] Stage,
        [Binary] Sick,
        [Regression] Age,
        [Binary] Old,
    }

    [Input(5), Linear(4), Tanh]
    public partial class Net;

    [HardSharing] public partial class Sum;
    [Amtfl(Alpha = 0.3, Gamma = 0.2, Floor = 0.05), Uncertainty] public partial class AExact;
    [HardSharing, Uncertainty(Likelihood = Likelihood.Approximate)] public partial class Approximate;
    [Amtfl, Uncertainty(Placement = Placement.Reliability)] public partial class Reliable;
    [HardSharing, ImtlL] public partial class Impartial;
    [Amtfl, Uncertainty(Shared = true)] public partial class OneSigma;
}
