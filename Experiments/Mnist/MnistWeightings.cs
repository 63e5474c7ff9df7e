namespace UAmtfl.Experiments.Mnist;

/// <summary>Every loss weighting and gradient aggregation on MNIST-Imbalanced, with hard sharing.</summary>
/// <remarks>With Adam the scale of a trunk's gradient cancels, so that weights that sum to 1 and weights that sum to T train alike
/// there.</remarks>
[Experiment("mnist-weightings", Seeds = 1)]
[Dataset<ImbalancedMnist>]
[Training(Epochs = 40, BatchSize = 100), Adam(2e-3), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class MnistWeightings
{
    /// <summary>The tasks, each to tell one digit from all others.</summary>
    [Binary(OneVsAll = true)]
    public enum Digit { Zero, One, Two, Three, Four, Five, Six, Seven, Eight, Nine }

    /// <summary>The network of the study MNIST-Imbalanced.</summary>
    [Input(1, 28, 28)]
    [Conv2d(20, Kernel = 5), ReLU, MaxPool2d(2)]
    [Conv2d(50, Kernel = 5), ReLU, MaxPool2d(2)]
    [Flatten, Linear(500), ReLU]
    public partial class LeNet;

    [Baseline, HardSharing, L2(1e-4)] public partial class Sum;

    // losses alone
    [HardSharing, L2(1e-4), Equal(Mean = true)] public partial class Mean;
    [HardSharing, L2(1e-4), Constant(1, 1, 1, 1, 1, 2, 2, 2, 2, 2)] public partial class Fixed;
    [HardSharing, L2(1e-4), RandomWeights] public partial class Rlw;
    [HardSharing, L2(1e-4), Uncertainty(Likelihood = Likelihood.Approximate)] public partial class Kendall;
    [HardSharing, L2(1e-4), RevisedUncertainty] public partial class Liebel;
    [HardSharing, L2(1e-4), Dwa] public partial class DynamicAverage;
    [HardSharing, L2(1e-4), GeometricMean] public partial class Gls;
    [HardSharing, L2(1e-4), ImtlL] public partial class ImtlLosses;
    [HardSharing, L2(1e-4), Famo] public partial class Fast;
    [HardSharing, L2(1e-4), Stch] public partial class SmoothTchebycheff;
    [HardSharing, L2(1e-4), LogStch] public partial class LogTchebycheff;
    [HardSharing, L2(1e-4), Cosmos] public partial class Angle;
    [HardSharing, L2(1e-4), Pbi(Theta = 0.1)] public partial class Boundary;
    [HardSharing, L2(1e-4), Lbtw] public partial class LossBalanced;

    // inner products of gradients
    [HardSharing, L2(1e-4), Mgda] public partial class MinimumNorm;
    [HardSharing, L2(1e-4), Mgda(Site = GradientSite.Representation, Normalisation = MgdaNormalisation.LossPlus)]
    public partial class MgdaUb;
    [HardSharing, L2(1e-4), PcGrad] public partial class Surgery;
    [HardSharing, L2(1e-4), GradVac] public partial class Vaccine;
    [HardSharing, L2(1e-4), CaGrad] public partial class ConflictAverse;
    [HardSharing, L2(1e-4), ImtlG] public partial class ImtlGradients;
    [HardSharing, L2(1e-4), Imtl] public partial class Impartial;
    [HardSharing, L2(1e-4), NashMtl] public partial class Nash;
    [HardSharing, L2(1e-4), FairGrad(Alpha = 2)] public partial class Fair;
    [HardSharing, L2(1e-4), AlignedMtl] public partial class Aligned;
    [HardSharing, L2(1e-4), ConFig] public partial class EqualCosines;
    [HardSharing, L2(1e-4), GradNorm] public partial class Norms;
    [HardSharing, L2(1e-4), DualProj] public partial class Projected;
    [HardSharing, L2(1e-4), UpGrad] public partial class Jacobian;
    [HardSharing, L2(1e-4), Krum(Byzantine = 1, Selected = 8)] public partial class MultiKrum;
    [HardSharing, L2(1e-4), FocusedLearning(nameof(Digit.Nine))] public partial class FocusedOnNine;
    [HardSharing, L2(1e-4), Mgda, CrMogm] public partial class AveragedMgda;
    [HardSharing, L2(1e-4), Weighting<Agreement>(Site = GradientSite.Representation)] public partial class Own;

    // gradients themselves
    [HardSharing, L2(1e-4), GradDrop] public partial class SignDropout;
    [HardSharing, L2(1e-4), TrimmedMean] public partial class Trimmed;
    [HardSharing, L2(1e-4), DbMtl] public partial class DualBalanced;
    [HardSharing, L2(1e-4), MoCo] public partial class Corrected;
    [HardSharing, L2(1e-4), ExcessMtl] public partial class ExcessRisk;

    // several batches
    [HardSharing, L2(1e-4), MoDo] public partial class DoubleSampling;
    [HardSharing, L2(1e-4), SdmGrad] public partial class DirectionOriented;
    [HardSharing, L2(1e-4), Moml] public partial class MetaLearnt;
    [HardSharing, L2(1e-4), Forum] public partial class ValueFunction;
    [HardSharing, L2(1e-4), AutoLambda] public partial class LearntByAnother;
}
