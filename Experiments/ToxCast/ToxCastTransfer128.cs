namespace UAmtfl.Experiments.ToxCast;

// The protocol of the program that Liu, Liang and Gitter released for PCBA-128, with --environment paper; README.md says what differs.
/// <summary>The transfer study of ToxCast on 128 assays with two hidden layers of 2,000, for a GPU</summary>
[Experiment("toxcast-transfer-128", Seeds = 1)]
[Dataset<ToxCastTransfer128Molecules>]
[BinaryFamily("Assay", "toxcast.tasks.txt"), Metric(TaskMetric.PrAuc)]
[TransferSetting(TransferKind.MultiTask)]
[Training(Epochs = 12, BatchSize = 1024), Adam(3e-3)]
public static partial class ToxCastTransfer128
{
    private const string Focus = "ATG_PXRE_CIS_up";

    /// <summary>A trunk of two hidden layers, normalised by batch, with dropout.</summary>
    [Input(Tox21.AssayFiles.Bits)]
    [Linear(2000), BatchNorm, ReLU, Dropout(0.25)]
    [Linear(2000), BatchNorm, ReLU, Dropout(0.25)]
    public partial class Deep;

    /// <summary>Single-task learning: a network for each assay, with 776 million weights in all.</summary>
    [Baseline, SingleTask]
    public partial class Stl;

    /// <summary>A shared network.</summary>
    [HardSharing]
    public partial class Mtl;

    /// <summary>A shared network with gradients of equal size at the features.</summary>
    [HardSharing, GradNorm(Site = GradientSite.Representation)]
    public partial class Normed;

    /// <summary>A shared network with losses weighted by how far each has fallen.</summary>
    [HardSharing, Lbtw]
    public partial class LossBalanced;

    /// <summary>A shared network in which the other assays count as far as their heads' gradients agree with those of one.</summary>
    [HardSharing, FocusedLearning(Focus, Site = GradientSite.TaskHead)]
    public partial class Focused;

    /// <summary>A network of all assays but one.</summary>
    [PreTraining, HardSharing, TrainOn(Except = [Focus])]
    public partial class Others;

    /// <summary>A network of that assay that starts from that of all others.</summary>
    [HardSharing, TrainOn(Focus), StartFrom(nameof(Others))]
    public partial class FineTuned;
}
