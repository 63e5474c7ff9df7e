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
    [Input(2, 9, 12), RandomFlip, RandomCrop(Padding = 2), MaxPool2d(3), Tanh, BatchNorm, Flatten, Linear(8, Bias = false), ReLU]
    public partial class Pooled;

    [Input(3, 9, 12), Conv2d(4, Padding = 1), GroupNorm(2), GELU, MaxPool2d(3, Stride = 2, Padding = 1), LeakyReLU(0.2)]
    [AvgPool2d(3, Stride = 1, Padding = 1), Conv2d(5, Dilation = 2, Padding = 1), SiLU, AdaptiveAvgPool2d(2)]
    [Conv2d(10, Kernel = 2, Groups = 5, Bias = false), GlobalAvgPool, LayerNorm, GroupNorm(2)]
    public partial class Normed;

    /// <summary>Layers that have parameters, or change the order of values, stand where all copies still have the same values.</summary>
    [Input(2, 9, 12), AdaptiveAvgPool2d(4), GELU, GroupNorm(2), AvgPool2d(2, Stride = 1), GlobalAvgPool]
    public partial class Adapted;

    [Input(3, 9, 12), Conv2d(4), BasicBlock(4), BasicBlock(6, Stride = 2), Bottleneck(2), GlobalAvgPool]
    public partial class Residual;

    [Input(4, 9, 12), Bottleneck(1), BasicBlock(3, Stride = 2), GlobalAvgPool, Mlp(5, 4)]
    public partial class Blocks;

    /// <summary>Residual stretches, the first of which stands where all copies still have the same values.</summary>
    [Input(3, 9, 12), BeginResidual, Conv2d(3, Padding = 1), BatchNorm, ReLU, Conv2d(3, Padding = 1), EndResidual, MaxPool2d(3), Flatten]
    [Linear(6), BeginResidual, Tanh, Linear(6), EndResidual, Sigmoid]
    public partial class Skipping;

    [Input(1, 16, 17), LeNet5, Linear(5)]
    public partial class Digits;

    [Input(6, 9, 12), GlobalAvgPool, LayerNorm, Linear(4)]
    public partial class Means;

    [Input(7), Dropout(0.5), BatchNorm, Linear(5), Tanh]
    public partial class Rows;

    /// <summary>Heads on the inputs themselves.</summary>
    [Input(7)]
    public partial class Raw;

    [Input(2, 5, 4), AvgPool2d(2), Flatten, Linear(5), Tanh]
    public partial class Flat;

    [Input(3, 14), MaxPool1d(2, Stride = 1), Conv1d(4, Kernel = 5, Stride = 2, Padding = 1), BatchNorm, GELU, AvgPool1d(2, Stride = 1)]
    [Conv1d(6, Kernel = 2, Groups = 2, Dilation = 2, Padding = 1, Bias = false), GroupNorm(3), MaxPool1d(2, Padding = 1), Gru(5), Tanh]
    public partial class Sequences;

    [Input(9), Embedding(11, 4), AvgPool1d(3, Padding = 1), Lstm(5)]
    public partial class Tokens;

    [HardSharing, Network(nameof(Sequences))]
    public partial class OnSequences;

    [SingleTask, Network(nameof(Sequences))]
    public partial class SequencesAlone;

    [Adapters(2), Network(nameof(Sequences))]
    public partial class SequencesChanged;

    [CrossStitch, Network(nameof(Sequences))]
    public partial class SequencesStitched;

    [Cgc, Network(nameof(Sequences))]
    public partial class SequencesMixed;

    [Mtan, Network(nameof(Sequences))]
    public partial class SequencesMasked;

    [HardSharing, Network(nameof(Tokens))]
    public partial class OnTokens;

    [SingleTask, Network(nameof(Tokens))]
    public partial class TokensAlone;

    [Adapters(2), Network(nameof(Tokens))]
    public partial class TokensChanged;

    [LearnToBranch, Network(nameof(Tokens))]
    public partial class TokensParted;

    [Baseline, HardSharing, Network(nameof(Convolved))]
    public partial class OnConvolved;

    [SingleTask, Network(nameof(Convolved))]
    public partial class ConvolvedAlone;

    [HardSharing, Network(nameof(Normed))]
    public partial class OnNormed;

    [SingleTask, Network(nameof(Normed))]
    public partial class NormedAlone;

    [Adapters(2), Network(nameof(Normed))]
    public partial class NormedChanged;

    [HardSharing, Network(nameof(Adapted))]
    public partial class OnAdapted;

    [SingleTask, Network(nameof(Adapted))]
    public partial class AdaptedAlone;

    [HardSharing, Network(nameof(Residual))]
    public partial class OnResidual;

    [SingleTask, Network(nameof(Residual))]
    public partial class ResidualAlone;

    [Adapters(2), Network(nameof(Residual))]
    public partial class ResidualChanged;

    [HardSharing, Network(nameof(Skipping))]
    public partial class OnSkipping;

    [SingleTask, Network(nameof(Skipping))]
    public partial class SkippingAlone;

    [Adapters(2), Network(nameof(Skipping))]
    public partial class SkippingChanged;

    [SingleTask, Network(nameof(Blocks))]
    public partial class BlocksAlone;

    [HardSharing, Network(nameof(Digits))]
    public partial class OnDigits;

    [SingleTask, Network(nameof(Means))]
    public partial class MeansAlone;

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
