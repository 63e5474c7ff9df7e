namespace UAmtfl.Generators.Layers;

/// <summary>A layer that is a convolution of sequences.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Kernel">The length of the kernel.</param>
/// <param name="Stride">The number of values between two positions of the kernel.</param>
/// <param name="Padding">The number of zeros that are added at each end.</param>
/// <param name="Bias">True if the layer has a bias.</param>
/// <param name="Groups">The number of groups of channels that are convolved separately.</param>
/// <param name="Dilation">The distance between two values that neighbouring weights of the kernel multiply.</param>
internal sealed record Conv1dLayer(
    LayerShape Shape, int Kernel, int Stride, int Padding, bool Bias = true, int Groups = 1, int Dilation = 1)
    : ConvolutionLayer(Shape, Kernel, Stride, Padding, Bias, Groups, Dilation);

/// <summary>Reads <c>[Conv1d]</c> into a layer.</summary>
internal sealed class Conv1dReader() : ConvolutionReader(new("Conv1d", Module: "Conv", HasParameters: true), sides: 1)
{
    protected override Layer Layer(LayerShape shape, int kernel, int stride, int padding, bool bias, int groups, int dilation) =>
        new Conv1dLayer(shape, kernel, stride, padding, bias, groups, dilation);
}
