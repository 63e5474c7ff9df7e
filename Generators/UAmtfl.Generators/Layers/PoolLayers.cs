using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that takes the maximum of each square of an image. The squares do not overlap.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Kernel">The height and width of a square.</param>
internal sealed record MaxPool2dLayer(LayerShape Shape, int Kernel) : Layer(Shape)
{
    public override string Apply(string module) => $"F.max_pool2d(h, {Kernel})";

    public override string Export(string module) => $"{OnnxLayers}.Pool2d(graph, \"MaxPool\", h, {Kernel})";

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(
        $"(h, {at.Kept}) = {TaskBackwardCode.Call("MaxPool2d", "h", Kernel)};",
        TaskBackwardCode.Step("MaxPool2d", at.Kept, Input[1], Input[2]));
}

/// <summary>A layer that takes the mean of each square of an image. The squares do not overlap.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Kernel">The height and width of a square.</param>
internal sealed record AvgPool2dLayer(LayerShape Shape, int Kernel) : Layer(Shape)
{
    public override string Apply(string module) => $"F.avg_pool2d(h, {Kernel})";

    public override string Export(string module) => $"{OnnxLayers}.Pool2d(graph, \"AveragePool\", h, {Kernel})";

    public override TaskBackwardCode TaskBackward(KeptLayer at) =>
        new(at.Apply, TaskBackwardCode.Step("AvgPool2d", Kernel, Input[1], Input[2]));
}

/// <summary>Reads the attribute of a layer that turns each square of an image into one pixel.</summary>
/// <param name="name">The name of the attribute.</param>
internal abstract class PoolReader(string name) : LayerReader(new(name, EndsStretch: StretchEnd.Always))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count != 3)
        {
            return NeedsImage(attribute, input);
        }

        var (kernel, smaller) = (attribute.Integer("kernel"), Math.Min(input[1], input[2]));
        return kernel > smaller
            ? Misfit(
                attribute,
                input,
                $"the square of {kernel}×{kernel} is larger than the image of {input[1]}×{input[2]}; use {smaller} or less")
            : Read(Shape(input, [input[0], input[1] / kernel, input[2] / kernel]), kernel);
    }

    protected abstract Layer Read(LayerShape shape, int kernel);
}

/// <summary>Reads <c>[MaxPool2d]</c> into a layer.</summary>
internal sealed class MaxPool2dReader() : PoolReader("MaxPool2d")
{
    protected override Layer Read(LayerShape shape, int kernel) => new MaxPool2dLayer(shape, kernel);
}

/// <summary>Reads <c>[AvgPool2d]</c> into a layer.</summary>
internal sealed class AvgPool2dReader() : PoolReader("AvgPool2d")
{
    protected override Layer Read(LayerShape shape, int kernel) => new AvgPool2dLayer(shape, kernel);
}
