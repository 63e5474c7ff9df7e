using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that takes the mean of each channel of an image or a sequence, which gives a row.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
internal sealed record GlobalAvgPoolLayer(LayerShape Shape) : Layer(Shape)
{
    private const string Mean = "h.mean([2L, 3L])";

    public override string Apply(string module) => Mean;

    public override string ApplyStacked(string module, bool shared) =>
        shared ? Mean : $"global::UAmtfl.Trunks.Stack.Flatten({Mean}, Active)";

    public override string Export(string module) => "graph.Add(\"Flatten\", graph.Add(\"GlobalAveragePool\", h))";

    public override string ExportStacked(string module, bool shared) =>
        shared ? Export(module) : "global::UAmtfl.Trunks.Stack.Flatten(graph, graph.Add(\"GlobalAveragePool\", h), Active)";

    public override TaskBackwardCode TaskBackward(KeptLayer at) =>
        new(at.Apply, TaskBackwardCode.Step("GlobalAvgPool", [.. LayerShape.Held(Input).Skip(1).Cast<object>()]));
}

/// <summary>Reads <c>[GlobalAvgPool]</c> into a layer.</summary>
internal sealed class GlobalAvgPoolReader() : LayerReader(new("GlobalAvgPool", EndsStretch: StretchEnd.Always))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input) =>
        input.Count > 1 ? new GlobalAvgPoolLayer(Shape(input, [input[0]])) : NeedsImage(attribute, input);
}

/// <summary>A layer that takes the means of as many rectangles of an image as the output has pixels.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Size">The height and width of the output.</param>
internal sealed record AdaptiveAvgPool2dLayer(LayerShape Shape, int Size) : Layer(Shape)
{
    public override string Apply(string module) => $"F.adaptive_avg_pool2d(h, {Size})";

    public override string Export(string module) => $"{OnnxLayers}.AdaptiveAvgPool2d(graph, h, {Size}, {Input[1]}, {Input[2]})";

    public override TaskBackwardCode TaskBackward(KeptLayer at) =>
        new(at.Apply, TaskBackwardCode.Step("AdaptiveAvgPool2d", Input[1], Input[2]));
}

/// <summary>Reads <c>[AdaptiveAvgPool2d]</c> into a layer.</summary>
internal sealed class AdaptiveAvgPool2dReader() : LayerReader(new("AdaptiveAvgPool2d", EndsStretch: StretchEnd.Always))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count != 3)
        {
            return NeedsImage(attribute, input);
        }

        var (size, smaller) = (attribute.Integer("size"), Math.Min(input[1], input[2]));
        return size <= smaller
            ? new AdaptiveAvgPool2dLayer(Shape(input, [input[0], size, size]), size)
            : Misfit(
                attribute,
                input,
                $"the output of {size}×{size} is larger than the image of {input[1]}×{input[2]}; use {smaller} or less");
    }
}
