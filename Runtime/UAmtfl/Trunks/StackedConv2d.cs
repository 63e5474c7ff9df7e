using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>C convolutions side by side, each with weights of its own, computed as one grouped convolution.</summary>
public sealed class StackedConv2d : Stack
{
    private readonly int inputs, stride, padding, groups, dilation;

    /// <summary>Creates the convolutions and draws their weights one after the other from the current random state, each as a single
    /// convolution draws them; biases are 0.</summary>
    /// <param name="copies">The number C of convolutions.</param>
    /// <param name="inputs">The number I of input channels of each.</param>
    /// <param name="channels">The number O of output channels of each.</param>
    /// <param name="kernel">The height and width K of the kernel.</param>
    /// <param name="stride">The number of pixels between two positions of the kernel.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    /// <param name="bias">True if the convolutions have biases.</param>
    /// <param name="groups">The number of groups of channels that each convolves separately.</param>
    /// <param name="dilation">The distance between two neighbours in the kernel.</param>
    /// <param name="sequences">True for a kernel of 1 × K, for images of one row (<see cref="Sequences"/>).</param>
    public StackedConv2d(
        int copies, int inputs, int channels, int kernel, int stride, int padding, ScalarType dtype, Device device,
        bool bias = true, int groups = 1, int dilation = 1, bool sequences = false)
        : base(nameof(StackedConv2d), copies)
    {
        (this.inputs, this.stride, this.padding) = (inputs / groups, stride, padding);
        (this.groups, this.dilation) = (groups, dilation);
        Weight = Parameters.SideBySide(copies, () =>
        {
            using var one = nn.Conv2d(
                inputs, channels, (sequences ? 1 : kernel, kernel), groups: groups, bias: bias, dtype: dtype, device: device);
            Parameters.Glorot(one.weight, one.bias);
            return one.weight.clone();
        });
        Layout.ChannelsLast(Weight);
        register_parameter(nameof(Weight), Weight);
        if (bias)
        {
            Bias = Parameters.Zeros([copies * channels], dtype, device);
            register_parameter(nameof(Bias), Bias);
        }
    }

    /// <summary>The weights [C, O, I / groups, K, K], of sequences [C, O, I / groups, 1, K], with the channels of each copy last in
    /// memory.</summary>
    public Parameter Weight { get; }

    /// <summary>The biases [C·O], copy after copy; null if the convolutions have none.</summary>
    public Parameter? Bias { get; }

    /// <summary>Applies each convolution to an image of its own.</summary>
    /// <param name="input">The images [N, C·I, H, W].</param>
    /// <returns>The outputs [N, C·O, H', W'].</returns>
    public override Tensor forward(Tensor input) =>
        inputs > 1 ? Convolve(input, Active * groups)
            : SingleChannel.Grouped(input, Kernels.unflatten(0, Active * groups, -1), Biases, stride, padding, dilation);

    /// <summary>Applies all convolutions to the same image.</summary>
    /// <param name="input">The images [N, I, H, W], the same for all copies.</param>
    /// <returns>The outputs [N, C·O, H', W'].</returns>
    public Tensor First(Tensor input)
    {
        if (groups > 1)
        {
            return forward(Spread(input, Active));   // the groups of one copy are no neighbours of those of another
        }

        if (inputs > 1)
        {
            return Convolve(input, 1);
        }

        var (height, width) = Patches.Result(input, Kernel, stride, padding, dilation);
        return FirstOfPatches(Patches.CutWith(input, Kernel, stride, padding, dilation), height, width);
    }

    /// <summary>Applies all convolutions to the patches of the same image.</summary>
    /// <param name="patches">The patches [N, H'·W', I·K²], from <see cref="Patches.Cut"/>.</param>
    /// <param name="height">The height H' of the outputs.</param>
    /// <param name="width">The width W' of the outputs.</param>
    /// <returns>The outputs [N, C·O, H', W'], channels-last in memory.</returns>
    public Tensor FirstOfPatches(Tensor patches, int height, int width) =>
        Patches.Convolve(patches, Kernels, Biases, height, width);

    /// <summary>Adds the convolutions to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the images: [N, I, H, W], the same for all copies, or [N, C·I, H, W].</param>
    /// <param name="shared">True if the images are the same for all copies.</param>
    /// <returns>The name of the outputs [N, C·O, H', W'].</returns>
    public string Export(OnnxGraph graph, string h, bool shared)
    {
        using var scope = NewDisposeScope();
        var images = shared && groups > 1 ? Spread(graph, h, Active, images: true) : h;
        return graph.Conv2d(
            images, Kernels.detach(), Biases, stride, padding, shared && groups == 1 ? 1 : Active * groups, dilation);
    }

    /// <summary>The weights of the active copies, [C·O, I / groups, K, K].</summary>
    private Tensor Kernels => Used(Weight).flatten(0, 1);

    private Tensor? Biases => Bias is null ? null : Used(Bias);

    private (int Height, int Width) Kernel => Patches.Kernel(Weight);

    private Tensor Convolve(Tensor input, int sideBySide)
    {
        var (above, beside) = Patches.Margins(Kernel, padding);
        return nn.functional.conv2d(input, Kernels, Biases, [stride, stride], [above, beside], [dilation, dilation], sideBySide);
    }
}
