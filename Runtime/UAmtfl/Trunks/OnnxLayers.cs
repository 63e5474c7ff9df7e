using TorchSharp.Modules;
using UAmtfl.Onnx;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Adds layers whose operators have weights or several attributes to the graph of an exported model.</summary>
public static class OnnxLayers
{
    /// <summary>Adds a convolution with a square kernel, or with one of 1 × K for images of one row
    /// (<see cref="Sequences"/>).</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the images [N, I·groups, H, W].</param>
    /// <param name="weight">The weights [O·groups, I, K, K] or [O·groups, I, 1, K].</param>
    /// <param name="bias">The biases [O·groups]; null for none.</param>
    /// <param name="stride">The number of pixels between two positions of the kernel.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <param name="groups">The number of convolutions side by side, each of channels of its own.</param>
    /// <param name="dilation">The distance between two neighbours in the kernel.</param>
    /// <returns>The name of the images [N, O·groups, H', W'].</returns>
    public static string Conv2d(
        this OnnxGraph graph, string h, Tensor weight, Tensor? bias, int stride, int padding, int groups = 1, int dilation = 1)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var (above, beside) = Patches.Margins(Patches.Kernel(weight), padding);
        List<(string Name, OnnxAttribute Value)> attributes =
        [
            ("strides", new[] { stride, stride }), ("pads", new[] { above, beside, above, beside }), ("group", groups),
        ];
        if (dilation > 1)
        {
            attributes.Add(("dilations", new[] { dilation, dilation }));
        }

        return graph.Add(
            "Conv",
            bias is null ? [h, graph.Constant(weight)] : [h, graph.Constant(weight), graph.Constant(bias)],
            [.. attributes]);
    }

    /// <summary>Adds a pooling of squares that do not overlap.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The operator, <c>MaxPool</c> or <c>AveragePool</c>.</param>
    /// <param name="h">The name of the images [N, C, H, W].</param>
    /// <param name="kernel">The height and width of a square.</param>
    /// <returns>The name of the images [N, C, H / kernel, W / kernel].</returns>
    public static string Pool2d(this OnnxGraph graph, string name, string h, int kernel) => graph.Pool2d(name, h, kernel, kernel, 0);

    /// <summary>Adds a pooling of squares.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The operator, <c>MaxPool</c> or <c>AveragePool</c>.</param>
    /// <param name="h">The name of the images [N, C, H, W].</param>
    /// <param name="kernel">The height and width of a square.</param>
    /// <param name="stride">The number of pixels from one square to the next.</param>
    /// <param name="padding">The number of pixels that are added on each side, which are 0 in a mean and no maximum.</param>
    /// <param name="sequences">True for images of one row (<see cref="Sequences"/>), in place of squares of pieces of it.</param>
    /// <returns>The name of the images [N, C, H', W'].</returns>
    public static string Pool2d(
        this OnnxGraph graph, string name, string h, int kernel, int stride, int padding, bool sequences = false)
    {
        var (height, above) = sequences ? (1, 0) : (kernel, padding);
        List<(string Name, OnnxAttribute Value)> attributes =
            [("kernel_shape", new[] { height, kernel }), ("strides", new[] { sequences ? 1 : stride, stride })];
        if (padding > 0)
        {
            attributes.Add(("pads", new[] { above, padding, above, padding }));
            if (name == "AveragePool")
            {
                attributes.Add(("count_include_pad", 1));
            }
        }

        return graph.Add(name, h, [.. attributes]);
    }

    /// <summary>Adds an adaptive pooling, which ONNX does not have, as two products with matrices of means: of rows and of
    /// columns.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the images [N, C, H, W].</param>
    /// <param name="size">The height and width of the output.</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <returns>The name of the images [N, C, size, size].</returns>
    public static string AdaptiveAvgPool2d(this OnnxGraph graph, string h, int size, int height, int width)
    {
        using var scope = NewDisposeScope();
        var (rows, columns) = (LayerBackward.Means(height, size, float64, CPU), LayerBackward.Means(width, size, float64, CPU));
        return graph.Add("MatMul", [graph.Add("MatMul", [graph.Like(rows.t(), h), h]), graph.Like(columns, h)]);
    }

    /// <summary>Adds x · Φ(x), where Φ is the distribution function of N(0, 1).</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the values x of any shape.</param>
    /// <returns>The name of the results.</returns>
    public static string Gelu(this OnnxGraph graph, string h)
    {
        using var scope = NewDisposeScope();
        var error = graph.Add("Erf", graph.Add("Mul", [h, graph.Like(tensor(Math.Sqrt(0.5)), h)]));
        var distribution = graph.Add("Add", [error, graph.Like(tensor(1.0), h)]);
        return graph.Add("Mul", [graph.Add("Mul", [h, graph.Like(tensor(0.5), h)]), distribution]);
    }

    /// <summary>Adds a normalisation of the features of each sample.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the rows [N, k].</param>
    /// <param name="norm">The layer, as <c>[LayerNorm]</c> makes it.</param>
    /// <returns>The name of the normalised rows.</returns>
    public static string LayerNorm(this OnnxGraph graph, string h, LayerNorm norm)
    {
        ArgumentNullException.ThrowIfNull(norm);
        return graph.Add(
            "LayerNormalization", [h, graph.Constant(norm.weight!), graph.Constant(norm.bias!)], ("axis", -1), ("epsilon", norm.eps));
    }

    /// <summary>Adds a normalisation of groups of channels in each sample. ONNX normalises single channels, so that a group is made one
    /// channel for the time being.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the values [N, C] or [N, C, H, W].</param>
    /// <param name="norm">The layer, as <c>[GroupNorm]</c> makes it.</param>
    /// <param name="images">True for images.</param>
    /// <returns>The name of the normalised values.</returns>
    public static string GroupNorm(this OnnxGraph graph, string h, TorchSharp.Modules.GroupNorm norm, bool images)
    {
        ArgumentNullException.ThrowIfNull(norm);
        return graph.GroupNorm(h, norm.weight!, norm.bias!, norm.num_groups, norm.eps, images);
    }

    /// <inheritdoc cref="GroupNorm(OnnxGraph, string, TorchSharp.Modules.GroupNorm, bool)"/>
    internal static string GroupNorm(
        this OnnxGraph graph, string h, Tensor scale, Tensor shift, long groups, double epsilon, bool images)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = (scale.detach(), shift.detach());
        var (one, zero) = (ones_like(weight).narrow(0, 0, groups), zeros_like(weight).narrow(0, 0, groups));
        var grouped = graph.Add("Reshape", [h, graph.Integers(0, groups, -1)]);
        var normal = graph.Add(
            "InstanceNormalization", [grouped, graph.Constant(one), graph.Constant(zero)], ("epsilon", epsilon));
        var shaped = graph.Add("Reshape", [normal, graph.Add("Shape", h)]);
        long[] shape = images ? [-1, 1, 1] : [-1];
        return graph.Add(
            "Add", [graph.Add("Mul", [shaped, graph.Constant(weight.view(shape))]), graph.Constant(bias.view(shape))]);
    }

    /// <summary>Adds a batch normalisation by the running statistics, as in evaluation.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the values [N, C] or [N, C, H, W].</param>
    /// <param name="norm">The layer, with scale, shift and running statistics, as <c>[BatchNorm]</c> makes it.</param>
    /// <returns>The name of the normalised values.</returns>
    public static string BatchNorm(this OnnxGraph graph, string h, BatchNorm norm)
    {
        ArgumentNullException.ThrowIfNull(norm);
        return graph.BatchNorm(h, norm.weight!, norm.bias!, norm.running_mean!, norm.running_var!, norm.eps);
    }

    /// <inheritdoc cref="BatchNorm(OnnxGraph, string, TorchSharp.Modules.BatchNorm)"/>
    internal static string BatchNorm(
        this OnnxGraph graph, string h, Tensor scale, Tensor shift, Tensor mean, Tensor variance, double epsilon) => graph.Add(
            "BatchNormalization", [h, .. new[] { scale, shift, mean, variance }.Select(graph.Constant)], ("epsilon", epsilon));

    /// <summary>Adds a constant in the type of other values, which the code of a layer without parameters does not know.</summary>
    private static string Like(this OnnxGraph graph, Tensor constant, string values) =>
        graph.Add("CastLike", [graph.Constant(constant), values]);
}
