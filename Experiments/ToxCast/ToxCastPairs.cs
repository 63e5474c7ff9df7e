using UAmtfl.Experiments.Tox21;

namespace UAmtfl.Experiments.ToxCast;

// Pairs as in the comparison of Liu, Liang and Gitter (Negative transfer in deep multi-task learning). AssayPairs chooses them from the
// training labels of the first seed, which a test checks.
/// <summary>Methods that serve one assay at a time, on three pairs of similar and three of random assays of ToxCast</summary>
[Experiment("toxcast-pairs", Seeds = 2)]
[Dataset<ToxCastPairMolecules>]
[BinaryFamily("Assay", "transfer.tasks.txt"), Metric(TaskMetric.PrAuc)]
[TransferSetting(TransferKind.MultiTask)]
[Training(Epochs = 12, BatchSize = 128), Adam(3e-3), StepDecay(At = 0.6, Factor = 0.1)]
public static partial class ToxCastPairs
{
    private const string P53First = "TOX21_p53_BLA_p1_ratio", P53Second = "TOX21_p53_BLA_p2_ratio", P53Third = "TOX21_p53_BLA_p3_ratio",
        P53Fourth = "TOX21_p53_BLA_p4_ratio", P53Fifth = "TOX21_p53_BLA_p5_ratio",
        ArAntagonist = "TOX21_AR_LUC_MDAKB2_Antagonist", ArAntagonist2 = "TOX21_AR_LUC_MDAKB2_Antagonist2",
        ErAntagonist = "TOX21_ERa_BLA_Antagonist_ratio", MmpDown = "TOX21_MMP_ratio_down", Aromatase = "TOX21_Aromatase_Inhibition",
        EreUp = "ATG_ERE_CIS_up", TrAntagonist = "TOX21_TR_LUC_GH3_Antagonist";

    /// <summary>The pairs by the beginning of the names of their variants. The first assay of each is the one that is served.</summary>
    public static IReadOnlyList<(string Name, string Focus, string Other)> Pairs { get; } =
    [
        ("Similar1", P53First, P53Fifth), ("Similar2", ArAntagonist, ArAntagonist2), ("Similar3", P53Second, P53Fourth),
        ("Random1", ErAntagonist, MmpDown), ("Random2", P53Third, Aromatase), ("Random3", EreUp, TrAntagonist),
    ];

    /// <summary>A trunk of one hidden layer.</summary>
    [Input(AssayFiles.Bits), Linear(64), ReLU]
    public partial class Hidden;

    /// <summary>Single-task learning: a network for each assay.</summary>
    [Baseline, SingleTask, L2(1e-3)]
    public partial class Stl;

    /// <summary>A shared network of all assays.</summary>
    [HardSharing, L2(1e-3)]
    public partial class Mtl;

    /// <summary>A shared network of all assays with gradients of equal size.</summary>
    [HardSharing, L2(1e-3), GradNorm]
    public partial class Normed;

    /// <summary>A shared network of all assays with losses weighted by how far each has fallen.</summary>
    [HardSharing, L2(1e-3), Lbtw]
    public partial class LossBalanced;

    /// <summary>A network of the pair.</summary>
    [HardSharing, L2(1e-3), TrainOn(P53First, P53Fifth)]
    public partial class Similar1Shared;

    /// <summary>Focused learning of the first assay with the help of the second.</summary>
    [HardSharing, L2(1e-3), TrainOn(P53First, P53Fifth), FocusedLearning(P53First)]
    public partial class Similar1Focused;

    /// <summary>A network of all assays but the first.</summary>
    [PreTraining, HardSharing, L2(1e-3), TrainOn(Except = [P53First])]
    public partial class Similar1Others;

    /// <summary>A network of the first assay that starts from that of all others.</summary>
    [HardSharing, L2(1e-3), TrainOn(P53First), StartFrom(nameof(Similar1Others))]
    public partial class Similar1Tuned;

    /// <summary>A network of the pair.</summary>
    [HardSharing, L2(1e-3), TrainOn(ArAntagonist, ArAntagonist2)]
    public partial class Similar2Shared;

    /// <summary>Focused learning of the first assay with the help of the second.</summary>
    [HardSharing, L2(1e-3), TrainOn(ArAntagonist, ArAntagonist2), FocusedLearning(ArAntagonist)]
    public partial class Similar2Focused;

    /// <summary>A network of all assays but the first.</summary>
    [PreTraining, HardSharing, L2(1e-3), TrainOn(Except = [ArAntagonist])]
    public partial class Similar2Others;

    /// <summary>A network of the first assay that starts from that of all others.</summary>
    [HardSharing, L2(1e-3), TrainOn(ArAntagonist), StartFrom(nameof(Similar2Others))]
    public partial class Similar2Tuned;

    /// <summary>A network of the pair.</summary>
    [HardSharing, L2(1e-3), TrainOn(P53Second, P53Fourth)]
    public partial class Similar3Shared;

    /// <summary>Focused learning of the first assay with the help of the second.</summary>
    [HardSharing, L2(1e-3), TrainOn(P53Second, P53Fourth), FocusedLearning(P53Second)]
    public partial class Similar3Focused;

    /// <summary>A network of all assays but the first.</summary>
    [PreTraining, HardSharing, L2(1e-3), TrainOn(Except = [P53Second])]
    public partial class Similar3Others;

    /// <summary>A network of the first assay that starts from that of all others.</summary>
    [HardSharing, L2(1e-3), TrainOn(P53Second), StartFrom(nameof(Similar3Others))]
    public partial class Similar3Tuned;

    /// <summary>A network of the pair.</summary>
    [HardSharing, L2(1e-3), TrainOn(ErAntagonist, MmpDown)]
    public partial class Random1Shared;

    /// <summary>Focused learning of the first assay with the help of the second.</summary>
    [HardSharing, L2(1e-3), TrainOn(ErAntagonist, MmpDown), FocusedLearning(ErAntagonist)]
    public partial class Random1Focused;

    /// <summary>A network of all assays but the first.</summary>
    [PreTraining, HardSharing, L2(1e-3), TrainOn(Except = [ErAntagonist])]
    public partial class Random1Others;

    /// <summary>A network of the first assay that starts from that of all others.</summary>
    [HardSharing, L2(1e-3), TrainOn(ErAntagonist), StartFrom(nameof(Random1Others))]
    public partial class Random1Tuned;

    /// <summary>A network of the pair.</summary>
    [HardSharing, L2(1e-3), TrainOn(P53Third, Aromatase)]
    public partial class Random2Shared;

    /// <summary>Focused learning of the first assay with the help of the second.</summary>
    [HardSharing, L2(1e-3), TrainOn(P53Third, Aromatase), FocusedLearning(P53Third)]
    public partial class Random2Focused;

    /// <summary>A network of all assays but the first.</summary>
    [PreTraining, HardSharing, L2(1e-3), TrainOn(Except = [P53Third])]
    public partial class Random2Others;

    /// <summary>A network of the first assay that starts from that of all others.</summary>
    [HardSharing, L2(1e-3), TrainOn(P53Third), StartFrom(nameof(Random2Others))]
    public partial class Random2Tuned;

    /// <summary>A network of the pair.</summary>
    [HardSharing, L2(1e-3), TrainOn(EreUp, TrAntagonist)]
    public partial class Random3Shared;

    /// <summary>Focused learning of the first assay with the help of the second.</summary>
    [HardSharing, L2(1e-3), TrainOn(EreUp, TrAntagonist), FocusedLearning(EreUp)]
    public partial class Random3Focused;

    /// <summary>A network of all assays but the first.</summary>
    [PreTraining, HardSharing, L2(1e-3), TrainOn(Except = [EreUp])]
    public partial class Random3Others;

    /// <summary>A network of the first assay that starts from that of all others.</summary>
    [HardSharing, L2(1e-3), TrainOn(EreUp), StartFrom(nameof(Random3Others))]
    public partial class Random3Tuned;
}
