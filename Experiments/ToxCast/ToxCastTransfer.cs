namespace UAmtfl.Experiments.ToxCast;

// The comparison of Liu, Liang and Gitter (Negative transfer in deep multi-task learning), which is on PCBA; README.md says what differs.
/// <summary>Which assays of ToxCast other assays help and hurt: 24 assays of 8,597 molecules</summary>
[Experiment("toxcast-transfer", Seeds = 2)]
[Dataset<ToxCastTransferMolecules>]
[BinaryFamily("Assay", "transfer.tasks.txt"), Metric(TaskMetric.PrAuc)]
[TransferSetting(TransferKind.MultiTask)]
[Training(Epochs = 12, BatchSize = 128), Adam(3e-3), StepDecay(At = 0.6, Factor = 0.1)]
public static partial class ToxCastTransfer
{
    /// <summary>A trunk of one hidden layer.</summary>
    [Input(Tox21.AssayFiles.Bits), Linear(64), ReLU]
    public partial class Hidden;

    /// <summary>Single-task learning: a network for each assay.</summary>
    [Baseline, SingleTask, L2(1e-3)]
    public partial class Stl;

    /// <summary>A shared network.</summary>
    [HardSharing, L2(1e-3)]
    public partial class Mtl;

    /// <summary>A shared network with gradients of equal size.</summary>
    [HardSharing, L2(1e-3), GradNorm]
    public partial class Normed;

    /// <summary>A shared network with losses weighted by how far each has fallen.</summary>
    [HardSharing, L2(1e-3), Lbtw]
    public partial class LossBalanced;

    /// <summary>A shared network in which the other assays count as far as their gradients agree with those of one assay.</summary>
    [HardSharing, L2(1e-3), FocusedLearning("ATG_PXRE_CIS_up")]
    public partial class Focused;

    /// <summary>A network for each assay that starts from the shared one.</summary>
    [Proposed, SingleTask, L2(1e-3), StartFrom(nameof(Mtl))]
    public partial class FineTuned;

    /// <summary>New heads on the shared network, which is not trained further.</summary>
    [Control, HardSharing, L2(1e-3), StartFrom(nameof(Mtl)), Freeze(Part.Trunk)]
    public partial class Probe;
}
