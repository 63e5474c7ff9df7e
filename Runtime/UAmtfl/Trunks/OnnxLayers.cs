using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Adds layers whose operators have weights or several attributes to the graph of an exported model.</summary>
public static class OnnxLayers
{
    /// <summary>Adds a convolution with a square kernel.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the images [N, I·groups, H, W].</param>
    /// <param name="weight">The weights [O·groups, I, K, K].</param>
    /// <param name="bias">The biases [O·groups]; null for none.</param>
    /// <param name="stride">The number of pixels between two positions of the kernel.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <param name="groups">The number of convolutions side by side, each of channels of its own.</param>
    /// <returns>The name of the images [N, O·groups, H', W'].</returns>
    public static string Conv2d(
        this OnnxGraph graph, string h, Tensor weight, Tensor? bias, int stride, int padding, int groups = 1) => graph.Add(
        "Conv",
        bias is null ? [h, graph.Constant(weight)] : [h, graph.Constant(weight), graph.Constant(bias)],
        ("strides", new[] { stride, stride }),
        ("pads", new[] { padding, padding, padding, padding }),
        ("group", groups));

    /// <summary>Adds a pooling of squares that do not overlap.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The operator, <c>MaxPool</c> or <c>AveragePool</c>.</param>
    /// <param name="h">The name of the images [N, C, H, W].</param>
    /// <param name="kernel">The height and width of a square.</param>
    /// <returns>The name of the images [N, C, H / kernel, W / kernel].</returns>
    public static string Pool2d(this OnnxGraph graph, string name, string h, int kernel) =>
        graph.Add(name, h, ("kernel_shape", new[] { kernel, kernel }), ("strides", new[] { kernel, kernel }));

    /// <summary>Adds a batch normalisation by the running statistics, as in evaluation.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the values [N, C] or [N, C, H, W].</param>
    /// <param name="norm">The layer, with scale, shift and running statistics, as <c>[BatchNorm]</c> makes it.</param>
    /// <returns>The name of the normalised values.</returns>
    public static string BatchNorm(this OnnxGraph graph, string h, BatchNorm norm)
    {
        ArgumentNullException.ThrowIfNull(norm);
        var numbers = new[] { norm.weight, norm.bias!, norm.running_mean!, norm.running_var! }.Select(graph.Constant);
        return graph.Add("BatchNormalization", [h, .. numbers], ("epsilon", norm.eps));
    }
}
