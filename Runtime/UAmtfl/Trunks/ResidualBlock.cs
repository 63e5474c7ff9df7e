using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>C residual blocks side by side (He et al. 2016), each with weights and statistics of its own: convolutions without bias, each
/// followed by batch normalisation, whose result is added to the input before the last rectifier. Where shapes differ, a convolution of
/// 1×1 and batch normalisation change the input to that of the result. Parameters have the names of PyTorch's torchvision.</summary>
public abstract class ResidualBlock : Stack
{
    private readonly List<(nn.Module<Tensor, Tensor> Convolution, BatchNorm2d Norm)> layers = [];
    private readonly (nn.Module<Tensor, Tensor> Convolution, BatchNorm2d Norm)? shortcut;

    /// <summary>Creates the blocks and draws their weights one after the other from the current random state, as <c>[Conv2d]</c> draws
    /// them.</summary>
    /// <param name="name">The name of the module.</param>
    /// <param name="copies">The number C of blocks.</param>
    /// <param name="inputs">The number of input channels of each block.</param>
    /// <param name="convolutions">The channels, kernel and stride of each convolution.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    /// <param name="adapted">True if all blocks have the same convolutions, whose weights change for each.</param>
    private protected ResidualBlock(
        string name, int copies, int inputs, IReadOnlyList<(int Channels, int Kernel, int Stride)> convolutions, ScalarType dtype,
        Device device, bool adapted)
        : base(name, copies)
    {
        var (channels, reduction) = (inputs, 1);
        foreach (var (number, (outputs, kernel, stride)) in convolutions.Index())
        {
            layers.Add(Layer(channels, outputs, kernel, stride, dtype, device, adapted));
            register_module($"conv{number + 1}", layers[number].Convolution);
            register_module($"bn{number + 1}", layers[number].Norm);
            (channels, reduction) = (outputs, reduction * stride);
        }

        if (channels != inputs || reduction > 1)
        {
            shortcut = Layer(inputs, channels, 1, reduction, dtype, device, adapted);
            register_module("downsample", nn.Sequential(shortcut.Value.Convolution, shortcut.Value.Norm));
        }
    }

    /// <summary>The weights of the last convolution of each block, [C·O, I, K, K].</summary>
    public Parameter LastWeight => ((Conv2d)layers[^1].Convolution).weight;

    /// <summary>Applies each block to an image of its own.</summary>
    /// <param name="input">The images [N, C·I, H, W].</param>
    /// <returns>The outputs [N, C·O, H', W'].</returns>
    public override Tensor forward(Tensor input)
    {
        var h = input;
        for (var i = 0; i < layers.Count; i++)
        {
            h = Apply(layers[i], i == 0 ? h : h.relu_());   // in place, because batch normalisation does not need its output again
        }

        return Lasting.Add(h, shortcut is { } layer ? Apply(layer, input) : input).relu_();
    }

    /// <summary>Adds the blocks to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the images [N, C·I, H, W].</param>
    /// <returns>The name of the outputs [N, C·O, H', W'].</returns>
    public string Export(OnnxGraph graph, string h)
    {
        var result = h;
        for (var i = 0; i < layers.Count; i++)
        {
            result = Export(graph, layers[i], i == 0 ? result : graph.Add("Relu", result));
        }

        return graph.Add("Relu", graph.Add("Add", [result, shortcut is { } layer ? Export(graph, layer, h) : h]));
    }

    private Tensor Apply((nn.Module<Tensor, Tensor> Convolution, BatchNorm2d Norm) layer, Tensor h) =>
        Normalised(layer.Norm, layer.Convolution is Conv2d convolution ? Convolve(convolution, h) : layer.Convolution.call(h));

    private Tensor Convolve(Conv2d convolution, Tensor h)
    {
        var (weight, stride, padding) = (Used(convolution.weight), convolution.stride, convolution.padding!);
        return weight.shape[1] > 1
            ? nn.functional.conv2d(h, weight, null, stride, padding, [1, 1], Active)
            : SingleChannel.Grouped(h, weight.unflatten(0, Active, -1), null, (int)stride[0], (int)padding[0]);
    }

    private string Export(OnnxGraph graph, (nn.Module<Tensor, Tensor> Convolution, BatchNorm2d Norm) layer, string h) => Normalised(
        graph, layer.Norm, layer.Convolution is AdaptedConv2d adapted ? adapted.Export(graph, h, shared: false)
            : Export(graph, (Conv2d)layer.Convolution, h));

    private string Export(OnnxGraph graph, Conv2d convolution, string h) => graph.Conv2d(
        h, Used(convolution.weight), null, (int)convolution.stride[0], (int)convolution.padding![0], groups: Active);

    private (nn.Module<Tensor, Tensor> Convolution, BatchNorm2d Norm) Layer(
        int inputs, int outputs, int kernel, int stride, ScalarType dtype, Device device, bool adapted)
    {
        var norm = nn.BatchNorm2d(Copies * outputs, dtype: dtype, device: device);
        if (adapted)
        {
            return (new AdaptedConv2d(Copies, inputs, outputs, kernel, stride, kernel / 2, dtype, device, bias: false), norm);
        }

        var convolution = nn.Conv2d(
            Copies * inputs, Copies * outputs, kernel, stride, kernel / 2, groups: Copies, bias: false, dtype: dtype, device: device);
        Parameters.Glorot(convolution.weight, Copies);
        Layout.ChannelsLast(convolution.weight);
        return (convolution, norm);
    }
}

/// <summary>C residual blocks side by side of two convolutions of 3×3, of which the first has the stride.</summary>
/// <param name="copies">The number C of blocks.</param>
/// <param name="inputs">The number of input channels of each block.</param>
/// <param name="channels">The number of output channels of each block.</param>
/// <param name="stride">The number of pixels between two positions of the first kernel.</param>
/// <param name="dtype">The type of the parameters.</param>
/// <param name="device">The device of the parameters.</param>
/// <param name="adapted">True if all blocks have the same convolutions, whose weights change for each.</param>
public sealed class BasicBlock(
    int copies, int inputs, int channels, int stride, ScalarType dtype, Device device, bool adapted = false)
    : ResidualBlock(nameof(BasicBlock), copies, inputs, [(channels, 3, stride), (channels, 3, 1)], dtype, device, adapted);

/// <summary>C residual blocks side by side of convolutions of 1×1, 3×3 and 1×1, of which the second has the stride, as in torchvision, and
/// the third four times the channels.</summary>
/// <param name="copies">The number C of blocks.</param>
/// <param name="inputs">The number of input channels of each block.</param>
/// <param name="channels">The number of channels of the convolution of 3×3 in each block.</param>
/// <param name="stride">The number of pixels between two positions of the second kernel.</param>
/// <param name="dtype">The type of the parameters.</param>
/// <param name="device">The device of the parameters.</param>
/// <param name="adapted">True if all blocks have the same convolutions, whose weights change for each.</param>
public sealed class Bottleneck(
    int copies, int inputs, int channels, int stride, ScalarType dtype, Device device, bool adapted = false)
    : ResidualBlock(
        nameof(Bottleneck), copies, inputs, [(channels, 1, 1), (channels, 3, stride), (4 * channels, 1, 1)], dtype, device,
        adapted);
