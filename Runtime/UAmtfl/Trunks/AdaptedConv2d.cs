using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>A convolution whose weight changes by low-rank matrices for each of T tasks, computed as one grouped convolution. Without
/// groups a change of rank r is a convolution to r channels followed by one of 1×1.</summary>
public sealed class AdaptedConv2d : AdaptedLayer
{
    private readonly int stride, padding, groups, dilation;

    /// <summary>Creates the convolution and draws its weight from the current random state, as a single convolution does; the bias is
    /// 0.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="inputs">The number I of input channels.</param>
    /// <param name="channels">The number O of output channels.</param>
    /// <param name="kernel">The height and width K of the kernel.</param>
    /// <param name="stride">The number of pixels between two positions of the kernel.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    /// <param name="bias">True if the convolution has a bias.</param>
    /// <param name="groups">The number of groups of channels that are convolved separately.</param>
    /// <param name="dilation">The distance between two neighbours in the kernel.</param>
    /// <param name="sequences">True for a kernel of 1 × K, for images of one row (<see cref="Sequences"/>).</param>
    public AdaptedConv2d(
        int tasks, int inputs, int channels, int kernel, int stride, int padding, ScalarType dtype, Device device,
        bool bias = true, int groups = 1, int dilation = 1, bool sequences = false)
        : base(
            nameof(AdaptedConv2d), tasks,
            Drawn(inputs, channels, (sequences ? 1 : kernel, kernel), bias, groups, dtype, device),
            bias ? Parameters.Zeros([channels], dtype, device) : null)
    {
        (this.stride, this.padding) = (stride, padding);
        (this.groups, this.dilation) = (groups, dilation);
    }

    /// <summary>The channels are last in a row of the matrix, as they are in memory.</summary>
    /// <returns>The weight as a matrix, [O, K·K·I / groups].</returns>
    protected override Tensor Matrix() => Weight.permute(0, 2, 3, 1).flatten(1);

    /// <summary>Applies the convolution of each task to an image of its own.</summary>
    /// <param name="input">The images [N, T·I, H, W].</param>
    /// <returns>The outputs [N, T·O, H', W'].</returns>
    public override Tensor forward(Tensor input) => Weight.shape[1] > 1 ? Convolve(input, Tasks * groups)
        : SingleChannel.Grouped(input, Kernels().unflatten(0, Tasks * groups, -1), Biases(), stride, padding, dilation);

    /// <summary>Applies the convolutions of all tasks to the same image.</summary>
    /// <param name="input">The images [N, I, H, W].</param>
    /// <returns>The outputs [N, T·O, H', W'].</returns>
    public Tensor First(Tensor input)
    {
        if (groups > 1)
        {
            return forward(Stack.Spread(input, Tasks));   // the groups of one task are no neighbours of those of another
        }

        if (Weight.shape[1] > 1)
        {
            return Convolve(input, 1);
        }

        var (height, width) = Patches.Result(input, Kernel, stride, padding, dilation);
        return FirstOfPatches(Patches.CutWith(input, Kernel, stride, padding, dilation), height, width);
    }

    /// <summary>Applies the convolutions of all tasks to the patches of the same image.</summary>
    /// <param name="patches">The patches [N, H'·W', I·K²], from <see cref="Patches.Cut"/>.</param>
    /// <param name="height">The height H' of the outputs.</param>
    /// <param name="width">The width W' of the outputs.</param>
    /// <returns>The outputs [N, T·O, H', W'], channels-last in memory.</returns>
    public Tensor FirstOfPatches(Tensor patches, int height, int width) =>
        Patches.Convolve(patches, Kernels(), Biases(), height, width);

    /// <summary>Adds the convolutions of all tasks to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the images: [N, I, H, W], the same for all tasks, or [N, T·I, H, W].</param>
    /// <param name="shared">True if the images are the same for all tasks.</param>
    /// <returns>The name of the outputs [N, T·O, H', W'].</returns>
    public string Export(OnnxGraph graph, string h, bool shared)
    {
        using var scope = NewDisposeScope();
        var images = shared && groups > 1 ? Stack.Spread(graph, h, Tasks, images: true) : h;
        return graph.Conv2d(
            images, Kernels().detach(), Biases()?.detach(), stride, padding, shared && groups == 1 ? 1 : Tasks * groups, dilation);
    }

    private (int Height, int Width) Kernel => Patches.Kernel(Weight);

    private static Parameter Drawn(
        int inputs, int channels, (long Height, long Width) kernel, bool bias, int groups, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var one = nn.Conv2d(inputs, channels, kernel, groups: groups, bias: bias, dtype: dtype, device: device);
        Parameters.Glorot(one.weight, one.bias);
        var weight = new Parameter(one.weight.clone().MoveToOuterDisposeScope());
        Layout.ChannelsLast(weight);
        return weight;
    }

    /// <summary>Returns the kernels of all tasks, [T·O, I / groups, K, K], channels-last in memory.</summary>
    private Tensor Kernels() => Merged().flatten(0, 1).unflatten(1, Kernel.Height, Kernel.Width, -1).permute(0, 3, 1, 2);

    private Tensor? Biases() => Bias?.repeat(Tasks);

    private Tensor Convolve(Tensor input, int sideBySide)
    {
        var (above, beside) = Patches.Margins(Kernel, padding);
        return nn.functional.conv2d(input, Kernels(), Biases(), [stride, stride], [above, beside], [dilation, dilation], sideBySide);
    }
}
