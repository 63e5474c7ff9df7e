using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that takes the maximum of each square of an image.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Kernel">The height and width of a square.</param>
/// <param name="Stride">The number of pixels from one square to the next; 0 for those of a square.</param>
/// <param name="Padding">The number of pixels that are added on each side, which are no maximum.</param>
internal sealed record MaxPool2dLayer(LayerShape Shape, int Kernel, int Stride = 0, int Padding = 0) : Layer(Shape)
{
    public override string Apply(string module) => $"F.max_pool2d(h, {Squares})";

    public override string Export(string module) => $"{OnnxLayers}.Pool2d(graph, \"MaxPool\", h, {Squares})";

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(
        $"(h, {at.Kept}) = {TaskBackwardCode.Call("MaxPool2d", "h", Squares)};",
        TaskBackwardCode.Step("MaxPool2d", at.Kept, Input[1], Input[2]));

    private string Squares => PoolReader.Squares(Kernel, Stride, Padding);
}

/// <summary>A layer that takes the mean of each square of an image.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Kernel">The height and width of a square.</param>
/// <param name="Stride">The number of pixels from one square to the next; 0 for those of a square.</param>
/// <param name="Padding">The number of zero pixels that are added on each side.</param>
internal sealed record AvgPool2dLayer(LayerShape Shape, int Kernel, int Stride = 0, int Padding = 0) : Layer(Shape)
{
    public override string Apply(string module) => $"F.avg_pool2d(h, {Squares})";

    public override string Export(string module) => $"{OnnxLayers}.Pool2d(graph, \"AveragePool\", h, {Squares})";

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(at.Apply, Stride == 0 && Padding == 0
        ? TaskBackwardCode.Step("AvgPool2d", Kernel, Input[1], Input[2])
        : TaskBackwardCode.Step("AvgPool2d", Squares, Input[1], Input[2]));

    private string Squares => PoolReader.Squares(Kernel, Stride, Padding);
}

/// <summary>Reads the attribute of a layer that turns each square of an image into one pixel.</summary>
/// <param name="name">The name of the attribute.</param>
internal abstract class PoolReader(string name) : LayerReader(new(name, EndsStretch: StretchEnd.Always))
{
    /// <summary>Returns the arguments of a call: the kernel alone, or with stride and padding.</summary>
    public static string Squares(int kernel, int stride, int padding) =>
        stride == 0 && padding == 0 ? $"{kernel}" : $"{kernel}, {(stride == 0 ? kernel : stride)}, {padding}";

    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count != 3)
        {
            return NeedsImage(attribute, input);
        }

        var (kernel, stride, padding) = (attribute.Integer("kernel"), attribute.Integer("Stride"), attribute.Integer("Padding"));
        if (padding > kernel / 2)
        {
            return Misfit(
                attribute, input, $"padding {padding} is more than half of the square of {kernel}×{kernel}; use {kernel / 2} or less");
        }

        var (height, width) = (input[1] + (2L * padding), input[2] + (2L * padding));
        var (step, smaller) = (stride == 0 ? kernel : stride, Math.Min(input[1], input[2]));
        if (kernel > Math.Min(height, width))
        {
            var padded = padding == 0 ? "" : $" with padding {padding}";
            return Misfit(
                attribute,
                input,
                $"the square of {kernel}×{kernel} is larger than the image of {input[1]}×{input[2]}{padded}; use {smaller} or less");
        }

        int[] output = [input[0], (int)((height - kernel) / step) + 1, (int)((width - kernel) / step) + 1];
        return Read(Shape(input, output), kernel, stride == kernel ? 0 : stride, padding);
    }

    protected abstract Layer Read(LayerShape shape, int kernel, int stride, int padding);
}

/// <summary>Reads <c>[MaxPool2d]</c> into a layer.</summary>
internal sealed class MaxPool2dReader() : PoolReader("MaxPool2d")
{
    protected override Layer Read(LayerShape shape, int kernel, int stride, int padding) =>
        new MaxPool2dLayer(shape, kernel, stride, padding);
}

/// <summary>Reads <c>[AvgPool2d]</c> into a layer.</summary>
internal sealed class AvgPool2dReader() : PoolReader("AvgPool2d")
{
    protected override Layer Read(LayerShape shape, int kernel, int stride, int padding) =>
        new AvgPool2dLayer(shape, kernel, stride, padding);
}
