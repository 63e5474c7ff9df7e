using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Layers;

/// <summary>Networks of the layers that need more than one call of libtorch somewhere: side by side, in a graph, or backward.</summary>
[Experiment("layers", Seeds = 1)]
[Dataset<NoData>]
[Training(Epochs = 1, BatchSize = 8), Adam(1e-2)]
public static partial class LayerNetworks
{
    public enum Label
    {
        [Binary] A,
        [Regression] B,
        [Classification(3)] C,
    }

    [Input(2, 9, 7), Conv2d(4, Padding = 1), GroupNorm(2), GELU, MaxPool2d(3, Stride = 2, Padding = 1), LeakyReLU(0.2)]
    [Conv2d(6), SiLU, AvgPool2d(2, Stride = 1, Padding = 1), GlobalAvgPool, Linear(6), LayerNorm, GELU, Linear(4, Bias = false)]
    public partial class Smooth;

    /// <summary>Layers without parameters stand first, so that copies side by side begin with the same values.</summary>
    [Input(2, 9, 7), MaxPool2d(3, Stride = 2, Padding = 1), AdaptiveAvgPool2d(3), GroupNorm(1), AvgPool2d(2, Stride = 1), Flatten]
    [LayerNorm, SiLU]
    public partial class Pooled;

    [Input(8), LeakyReLU, GroupNorm(4), Linear(5), GELU]
    public partial class Rows;

    [Input(6, 9, 7), GlobalAvgPool, LayerNorm, Linear(3), LeakyReLU(0.5)]
    public partial class Means;

    [Input(2, 9, 7), Conv2d(3), AdaptiveAvgPool2d(4), SiLU, GlobalAvgPool]
    public partial class Adapted;

    [Input(2, 11, 9), Conv2d(4, Dilation = 2, Bias = false), GELU, Conv2d(6, Groups = 2, Padding = 2, Dilation = 2), SiLU]
    [Conv2d(6, Groups = 6, Stride = 2, Padding = 1, Bias = false), LeakyReLU(0.3), Conv2d(1, Kernel = 1), SiLU]
    [Conv2d(4, Kernel = 2, Dilation = 2, Bias = false), GlobalAvgPool]
    public partial class Grouped;

    /// <summary>The first convolution has a group for each channel, so that no patches are cut beforehand.</summary>
    [Input(4, 9, 7), Conv2d(8, Groups = 4, Dilation = 2), GELU, Conv2d(4, Groups = 2, Bias = false), GlobalAvgPool, Linear(3)]
    public partial class Depthwise;

    [Input(4, 9, 7), Conv2d(6, Groups = 2), SiLU, GlobalAvgPool]
    public partial class Halves;

    [Input(2, 9, 7), Conv2d(4), BasicBlock(4), BasicBlock(6, Stride = 2), Bottleneck(2), Bottleneck(2, Stride = 2), GlobalAvgPool]
    public partial class Residual;

    /// <summary>A block of one channel stands where all copies still have the same values.</summary>
    [Input(1, 9, 7), BasicBlock(1), Conv2d(4), BasicBlock(3, Stride = 2), GlobalAvgPool]
    public partial class Narrow;

    [Input(3, 17), Conv1d(4, Kernel = 5, Stride = 2, Padding = 2), GroupNorm(2), GELU, MaxPool1d(3, Stride = 2, Padding = 1)]
    [Conv1d(6, Kernel = 2, Groups = 2, Dilation = 2, Padding = 2, Bias = false), SiLU, AvgPool1d(2, Stride = 1, Padding = 1)]
    [Conv1d(1, Kernel = 1), Conv1d(3, Padding = 1), AvgPool1d(2), LeakyReLU(0.3), Flatten, Linear(3)]
    public partial class Series;

    /// <summary>The first convolution has one input channel, and stands where all copies still have the same values.</summary>
    [Input(1, 12), MaxPool1d(2), BeginResidual, Conv1d(1, Padding = 1), EndResidual, Conv1d(3, Bias = false), GlobalAvgPool]
    public partial class Signal;

    [Input(9), Embedding(11, 4), Conv1d(3), SiLU, Flatten, Linear(3)]
    public partial class Tokens;

    [Input(3, 8), AvgPool1d(2, Stride = 1), Gru(5), Linear(3), GELU]
    public partial class Read;

    [Input(6), Embedding(7, 4), Conv1d(3), Lstm(5)]
    public partial class Written;

    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Series))] public partial class OnSeries;
    [SingleTask, Network(nameof(Series))] public partial class SeriesAlone;
    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Signal))] public partial class OnSignal;
    [SingleTask, Network(nameof(Signal))] public partial class SignalAlone;
    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Tokens))] public partial class OnTokens;
    [SingleTask, Network(nameof(Tokens))] public partial class TokensAlone;
    [HardSharing, Network(nameof(Read))] public partial class OnRead;
    [SingleTask, Network(nameof(Read))] public partial class ReadAlone;
    [HardSharing, Network(nameof(Written))] public partial class OnWritten;
    [SingleTask, Network(nameof(Written))] public partial class WrittenAlone;
    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Smooth))] public partial class OnSmooth;
    [SingleTask, Network(nameof(Smooth))] public partial class SmoothAlone;
    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Pooled))] public partial class OnPooled;
    [SingleTask, Network(nameof(Pooled))] public partial class PooledAlone;
    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Rows))] public partial class OnRows;
    [SingleTask, Network(nameof(Rows))] public partial class RowsAlone;
    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Means))] public partial class OnMeans;
    [SingleTask, Network(nameof(Means))] public partial class MeansAlone;
    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Adapted))] public partial class OnAdapted;
    [SingleTask, Network(nameof(Adapted))] public partial class AdaptedAlone;
    [HardSharing, Network(nameof(Narrow))] public partial class OnNarrow;
    [SingleTask, Network(nameof(Narrow))] public partial class NarrowAlone;
    [HardSharing, Network(nameof(Residual))] public partial class OnResidual;
    [SingleTask, Network(nameof(Residual))] public partial class ResidualAlone;
    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Halves))] public partial class OnHalves;
    [SingleTask, Network(nameof(Halves))] public partial class HalvesAlone;
    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Depthwise))] public partial class OnDepthwise;
    [SingleTask, Network(nameof(Depthwise))] public partial class DepthwiseAlone;
    [HardSharing, UpGrad(Site = GradientSite.Trunk), Network(nameof(Grouped))] public partial class OnGrouped;
    [SingleTask, Network(nameof(Grouped))] public partial class GroupedAlone;
}

/// <summary>A trunk of <see cref="LayerNetworks"/>, alone and side by side with copies.</summary>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Create">Creates the trunk.</param>
/// <param name="CreateStack">Creates copies side by side.</param>
internal sealed record LayerNetwork(
    long[] Input, Func<ScalarType, nn.Module<Tensor, Tensor>> Create, Func<int, ScalarType, Stack> CreateStack)
{
    public static IReadOnlyDictionary<string, LayerNetwork> All { get; } = new Dictionary<string, LayerNetwork>
    {
        ["Smooth"] = new([2, 9, 7], t => new LayerNetworks.Smooth(t, CPU), (c, t) => new LayerNetworks.Smooth.Stack(c, t, CPU)),
        ["Pooled"] = new([2, 9, 7], t => new LayerNetworks.Pooled(t, CPU), (c, t) => new LayerNetworks.Pooled.Stack(c, t, CPU)),
        ["Rows"] = new([8], t => new LayerNetworks.Rows(t, CPU), (c, t) => new LayerNetworks.Rows.Stack(c, t, CPU)),
        ["Means"] = new([6, 9, 7], t => new LayerNetworks.Means(t, CPU), (c, t) => new LayerNetworks.Means.Stack(c, t, CPU)),
        ["Grouped"] = new([2, 11, 9], t => new LayerNetworks.Grouped(t, CPU), (c, t) => new LayerNetworks.Grouped.Stack(c, t, CPU)),
        ["Depthwise"] = new([4, 9, 7], t => new LayerNetworks.Depthwise(t, CPU), (c, t) => new LayerNetworks.Depthwise.Stack(c, t, CPU)),
        ["Halves"] = new([4, 9, 7], t => new LayerNetworks.Halves(t, CPU), (c, t) => new LayerNetworks.Halves.Stack(c, t, CPU)),
        ["Residual"] = new([2, 9, 7], t => new LayerNetworks.Residual(t, CPU), (c, t) => new LayerNetworks.Residual.Stack(c, t, CPU)),
        ["Narrow"] = new([1, 9, 7], t => new LayerNetworks.Narrow(t, CPU), (c, t) => new LayerNetworks.Narrow.Stack(c, t, CPU)),
        ["Series"] = new([3, 17], t => new LayerNetworks.Series(t, CPU), (c, t) => new LayerNetworks.Series.Stack(c, t, CPU)),
        ["Signal"] = new([1, 12], t => new LayerNetworks.Signal(t, CPU), (c, t) => new LayerNetworks.Signal.Stack(c, t, CPU)),
        ["Tokens"] = new([9], t => new LayerNetworks.Tokens(t, CPU), (c, t) => new LayerNetworks.Tokens.Stack(c, t, CPU))
        {
            Vocabulary = 11,
        },
        ["Read"] = new([3, 8], t => new LayerNetworks.Read(t, CPU), (c, t) => new LayerNetworks.Read.Stack(c, t, CPU)),
        ["Written"] = new([6], t => new LayerNetworks.Written(t, CPU), (c, t) => new LayerNetworks.Written.Stack(c, t, CPU))
        {
            Vocabulary = 7,
        },
        ["Adapted"] = new([2, 9, 7], t => new LayerNetworks.Adapted(t, CPU), (c, t) => new LayerNetworks.Adapted.Stack(c, t, CPU)),
    };

    /// <summary>The number of rows of the table in which the trunk looks up its inputs; null for one that takes any numbers.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>Random inputs [N, …] from a seed.</summary>
    public Tensor Inputs(int samples, ScalarType dtype)
    {
        random.manual_seed(3);
        return Vocabulary is { } vocabulary
            ? randint(0, vocabulary, [samples, .. Input]).to(dtype)
            : TaskGradients.Reference.Random([samples, .. Input], dtype, 3);
    }

    /// <summary>Gives each parameter and statistic a random value, so that a scale or a shift that is left out is seen.</summary>
    public static T Drawn<T>(T module)
        where T : nn.Module
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        random.manual_seed(5);
        foreach (var (path, values) in module.state_dict().Where(v => v.Value.is_floating_point()))
        {
            var drawn = path.EndsWith("running_var", StringComparison.Ordinal) ? rand(values.shape) + 0.5 : randn(values.shape) / 2;
            values.copy_(drawn);
        }

        return module;
    }

    /// <summary>Copies one of the trunks side by side into a trunk alone.</summary>
    public static void Copy(Stack stack, int copy, nn.Module alone)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var sources = new Dictionary<string, Tensor>(stack.state_dict(), StringComparer.OrdinalIgnoreCase);
        foreach (var (path, values) in alone.state_dict())
        {
            values.copy_(values.dim() == 0 ? sources[path] : sources[path].reshape([stack.Copies, .. values.shape])[copy]);
        }
    }
}
