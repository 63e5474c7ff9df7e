using UAmtfl.Tests.Training;

namespace UAmtfl.Tests.Exporting;

/// <summary>Every layer, on images that are not square, with a network for all tasks and with one for each.</summary>
[Experiment("every-layer", Seeds = 1)]
[Dataset<TinyImages>]
[Training(Epochs = 1), Adam(1e-2)]
public static partial class EveryLayer
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

    [Input(3, 16, 12), Conv2d(4, Kernel = 3, Stride = 2, Padding = 1), BatchNorm, ReLU, AvgPool2d(2)]
    [Conv2d(6, Kernel = 2), Tanh, MaxPool2d(2), Dropout(0.25), Flatten, Linear(16), BatchNorm, Sigmoid, Linear(8, Bias = false)]
    public partial class Convolved;

    /// <summary>Layers without parameters stand first, so that copies side by side begin with the same values.</summary>
    [Input(2, 9, 12), MaxPool2d(3), Tanh, BatchNorm, Flatten, Linear(8, Bias = false), ReLU]
    public partial class Pooled;

    [Input(7), Dropout(0.5), BatchNorm, Linear(5), Tanh]
    public partial class Rows;

    /// <summary>Heads on the inputs themselves.</summary>
    [Input(7)]
    public partial class Raw;

    [Input(2, 5, 4), AvgPool2d(2), Flatten, Linear(5), Tanh]
    public partial class Flat;

    [Baseline, HardSharing, Network(nameof(Convolved))]
    public partial class OnConvolved;

    [SingleTask, Network(nameof(Convolved))]
    public partial class ConvolvedAlone;

    [HardSharing, Uncertainty(Likelihood = Likelihood.Exact), Network(nameof(Pooled))]
    public partial class OnPooled;

    [SingleTask, Uncertainty(Likelihood = Likelihood.Exact), Network(nameof(Pooled))]
    public partial class PooledAlone;

    [HardSharing, Uncertainty(Shared = true, Likelihood = Likelihood.Exact), Network(nameof(Rows))]
    public partial class OnRows;

    [SingleTask, Uncertainty(Likelihood = Likelihood.Approximate), Network(nameof(Rows))]
    public partial class RowsAlone;

    [Amtfl, Uncertainty, Network(nameof(Raw))]
    public partial class OnRaw;

    [Amtfl(Bias = false), Network(nameof(Flat))]
    public partial class OnFlat;

    [SingleTask, Network(nameof(Flat))]
    public partial class FlatAlone;

    [HardSharing, RobustTasks(0.1, 0.2), Network(nameof(Flat))]
    public partial class Decomposed;
}
