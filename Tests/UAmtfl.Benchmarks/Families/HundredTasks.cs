namespace UAmtfl.Benchmarks;

/// <summary>An experiment with 100 binary tasks on a perceptron 784-500-100, with a variant for each weighting that is timed.</summary>
[Experiment("hundred-tasks", Seeds = 1)]
[Dataset<Synthetic<HundredTasks.Task>>]
[Training(Epochs = 1, BatchSize = 100), Adam(1e-3)]
public static partial class HundredTasks
{
    [Binary]
    public enum Task
    {
        T001, T002, T003, T004, T005, T006, T007, T008, T009, T010,
        T011, T012, T013, T014, T015, T016, T017, T018, T019, T020,
        T021, T022, T023, T024, T025, T026, T027, T028, T029, T030,
        T031, T032, T033, T034, T035, T036, T037, T038, T039, T040,
        T041, T042, T043, T044, T045, T046, T047, T048, T049, T050,
        T051, T052, T053, T054, T055, T056, T057, T058, T059, T060,
        T061, T062, T063, T064, T065, T066, T067, T068, T069, T070,
        T071, T072, T073, T074, T075, T076, T077, T078, T079, T080,
        T081, T082, T083, T084, T085, T086, T087, T088, T089, T090,
        T091, T092, T093, T094, T095, T096, T097, T098, T099, T100,
    }

    [Input(784)]
    [Linear(500), ReLU]
    public partial class Perceptron;

    [HardSharing, L2(1e-4)]
    public partial class HardSharing;

    // Weightings that need only the losses.
    [HardSharing, L2(1e-4), Equal]
    public partial class Sum;

    [HardSharing, L2(1e-4), RandomWeights]
    public partial class Rlw;

    [HardSharing, L2(1e-4), Uncertainty(Likelihood = Likelihood.Approximate)]
    public partial class LearntNoise;

    [HardSharing, L2(1e-4), RevisedUncertainty]
    public partial class WithRevisedUncertainty;

    [HardSharing, L2(1e-4), Dwa]
    public partial class WithDwa;

    [HardSharing, L2(1e-4), GeometricMean]
    public partial class WithGeometricMean;

    [HardSharing, L2(1e-4), ImtlL]
    public partial class WithImtlL;

    [HardSharing, L2(1e-4), Famo]
    public partial class WithFamo;

    [HardSharing, L2(1e-4), Stch]
    public partial class WithStch;

    [HardSharing, L2(1e-4), LogStch]
    public partial class WithLogStch;

    [HardSharing, L2(1e-4), Cosmos]
    public partial class WithCosmos;

    [HardSharing, L2(1e-4), Pbi]
    public partial class WithPbi;

    [HardSharing, L2(1e-4), Lbtw]
    public partial class WithLbtw;

    // Weightings that need the gradients of the tasks.
    [HardSharing, L2(1e-4), Mgda(Site = GradientSite.Representation)]
    public partial class MgdaUb;

    [HardSharing, L2(1e-4), PcGrad(Site = GradientSite.Representation)]
    public partial class SurgeryOfFeatures;

    [HardSharing, L2(1e-4), UpGrad(Site = GradientSite.Representation)]
    public partial class UpGradOfFeatures;

    [HardSharing, L2(1e-4), NashMtl(Site = GradientSite.Representation)]
    public partial class NashOfFeatures;

    [HardSharing, L2(1e-4), GradDrop]
    public partial class SignDropout;

    [HardSharing, L2(1e-4), GradNorm]
    public partial class Norms;

    [HardSharing, L2(1e-4), Mgda]
    public partial class MgdaOfTrunk;

    [HardSharing, L2(1e-4), UpGrad]
    public partial class UpGradOfTrunk;
}
