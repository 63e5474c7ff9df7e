namespace UAmtfl.Tests.Training;

/// <summary>Variants that are trained on some of the tasks.</summary>
[Experiment("chosen-tasks", Seeds = 1)]
[Dataset<TinyImages>]
[Training(Epochs = 2, BatchSize = 16, EvaluateEvery = 1), Adam(1e-2)]
public static partial class ChosenTasks
{
    public enum Label
    {
        [Regression] Corner,
        [Binary] Bright,
        [Classification(3)] Third,
        [Regression] Level,
        [Binary] Dot,
        [Classification(3)] Fourth,
    }

    [Input(1, 8, 8), Flatten, Linear(10), Sigmoid]
    public partial class Net;

    [Baseline, HardSharing]
    public partial class Whole;

    [HardSharing, TrainOn("Corner", "Bright", "Third", "Level", "Dot", "Fourth")]
    public partial class Listed;

    [HardSharing, TrainOn(Except = [nameof(Label.Corner), nameof(Label.Bright), nameof(Label.Fourth)])]
    public partial class Some;

    [HardSharing, TrainOn("Third", "Level", "Dot"), Sgd(0.1, Momentum = 0.9)]
    public partial class Momentum;

    [HardSharing, TrainOn("Third", "Level", "Dot"), L2(1e-2)]
    public partial class Decayed;

    [SingleTask, TrainOn("Third", "Level", "Dot")]
    public partial class Separate;

    [Amtfl, Uncertainty, TrainOn("Third", "Level", "Dot")]
    public partial class Transfer;

    [HardSharing, GradNorm, TrainOn("Third", "Level", "Dot")]
    public partial class WithGradNorm;

    [HardSharing, Lbtw, TrainOn("Third", "Level", "Dot")]
    public partial class WithLbtw;

    [HardSharing, Dwa, TrainOn("Third", "Level", "Dot")]
    public partial class WithDwa;

    [HardSharing, Famo, TrainOn("Third", "Level", "Dot")]
    public partial class WithFamo;

    [HardSharing, SampleWeighting, TrainOn("Third", "Level", "Dot")]
    public partial class WithSampleWeighting;

    [HardSharing, FocusedLearning("Level"), TrainOn("Third", "Level", "Dot")]
    public partial class WithFocusedLearning;

    [HardSharing, NashMtl, TrainOn("Third", "Level", "Dot")]
    public partial class WithNashMtl;

    [HardSharing, PcGrad, TrainOn("Third", "Level", "Dot")]
    public partial class WithPcGrad;

    [HardSharing, UpGrad, TrainOn("Third", "Level", "Dot")]
    public partial class WithUpGrad;

    [HardSharing, MoCo, TrainOn("Third", "Level", "Dot")]
    public partial class WithMoCo;

    [HardSharing, DbMtl, TrainOn("Third", "Level", "Dot")]
    public partial class WithDbMtl;

    [HardSharing, ExcessMtl, TrainOn("Third", "Level", "Dot")]
    public partial class WithExcessMtl;

    [HardSharing, Mgda, TrainOn("Third", "Level", "Dot")]
    public partial class WithMgda;

    [HardSharing, GradVac, TrainOn("Third", "Level", "Dot")]
    public partial class WithGradVac;

    [HardSharing, CaGrad, TrainOn("Third", "Level", "Dot")]
    public partial class WithCaGrad;

    [HardSharing, ImtlG, TrainOn("Third", "Level", "Dot")]
    public partial class WithImtlG;

    [HardSharing, Imtl, TrainOn("Third", "Level", "Dot")]
    public partial class WithImtl;

    [HardSharing, FairGrad, TrainOn("Third", "Level", "Dot")]
    public partial class WithFairGrad;

    [HardSharing, AlignedMtl, TrainOn("Third", "Level", "Dot")]
    public partial class WithAlignedMtl;

    [HardSharing, ConFig, TrainOn("Third", "Level", "Dot")]
    public partial class WithConFig;

    [HardSharing, DualProj, TrainOn("Third", "Level", "Dot")]
    public partial class WithDualProj;

    [HardSharing, Krum, TrainOn("Third", "Level", "Dot")]
    public partial class WithKrum;

    [HardSharing, GradDrop, TrainOn("Third", "Level", "Dot")]
    public partial class WithGradDrop;

    [HardSharing, TrimmedMean, TrainOn("Third", "Level", "Dot")]
    public partial class WithTrimmedMean;

    [HardSharing, MoDo, TrainOn("Third", "Level", "Dot")]
    public partial class WithMoDo;

    [HardSharing, SdmGrad, TrainOn("Third", "Level", "Dot")]
    public partial class WithSdmGrad;

    [HardSharing, RandomWeights, TrainOn("Third", "Level", "Dot")]
    public partial class WithRandomWeights;

    [HardSharing, RevisedUncertainty, TrainOn("Third", "Level", "Dot")]
    public partial class WithRevisedUncertainty;

    [HardSharing, GeometricMean, TrainOn("Third", "Level", "Dot")]
    public partial class WithGeometricMean;

    [HardSharing, ImtlL, TrainOn("Third", "Level", "Dot")]
    public partial class WithImtlL;

    [HardSharing, Stch, TrainOn("Third", "Level", "Dot")]
    public partial class WithStch;

    [HardSharing, LogStch, TrainOn("Third", "Level", "Dot")]
    public partial class WithLogStch;

    [HardSharing, Cosmos, TrainOn("Third", "Level", "Dot")]
    public partial class WithCosmos;

    [HardSharing, Pbi, TrainOn("Third", "Level", "Dot")]
    public partial class WithPbi;

    [HardSharing, Moml, TrainOn("Third", "Level", "Dot")]
    public partial class WithMoml;

    [HardSharing, Forum, TrainOn("Third", "Level", "Dot")]
    public partial class WithForum;

    [HardSharing, AutoLambda, TrainOn("Third", "Level", "Dot")]
    public partial class WithAutoLambda;

    [HardSharing, UpGrad, CrMogm, TrainOn("Third", "Level", "Dot")]
    public partial class WithCrMogm;
}
