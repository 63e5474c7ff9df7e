using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that takes the maximum of each piece of a sequence.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Kernel">The length of a piece.</param>
/// <param name="Stride">The number of values from one piece to the next.</param>
/// <param name="Padding">The number of values that are added at each end, which are no maximum.</param>
internal sealed record MaxPool1dLayer(LayerShape Shape, int Kernel, int Stride, int Padding) : Layer(Shape)
{
    public override string Apply(string module) => $"{SequencePoolReader.Sequences}.MaxPool(h, {Pieces})";

    public override string Export(string module) => $"{OnnxLayers}.Pool2d(graph, \"MaxPool\", h, {Pieces}, sequences: true)";

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(
        $"(h, {at.Kept}) = {TaskBackwardCode.Call("MaxPool1d", "h", Pieces)};",
        TaskBackwardCode.Step("MaxPool2d", at.Kept, 1, Input[1]));

    private string Pieces => $"{Kernel}, {Stride}, {Padding}";
}

/// <summary>A layer that takes the mean of each piece of a sequence.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Kernel">The length of a piece.</param>
/// <param name="Stride">The number of values from one piece to the next.</param>
/// <param name="Padding">The number of zeros that are added at each end.</param>
internal sealed record AvgPool1dLayer(LayerShape Shape, int Kernel, int Stride, int Padding) : Layer(Shape)
{
    public override string Apply(string module) => $"{SequencePoolReader.Sequences}.AvgPool(h, {Pieces})";

    public override string Export(string module) => $"{OnnxLayers}.Pool2d(graph, \"AveragePool\", h, {Pieces}, sequences: true)";

    public override TaskBackwardCode TaskBackward(KeptLayer at) =>
        new(at.Apply, TaskBackwardCode.Step("AvgPool1d", Pieces, Input[1]));

    private string Pieces => $"{Kernel}, {Stride}, {Padding}";
}

/// <summary>Reads the attribute of a layer that turns each piece of a sequence into one value.</summary>
/// <param name="name">The name of the attribute.</param>
internal abstract class SequencePoolReader(string name) : LayerReader(new(name, EndsStretch: StretchEnd.Always))
{
    public const string Sequences = "global::UAmtfl.Trunks.Sequences";

    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count != 2)
        {
            return NeedsSequence(attribute, input);
        }

        var (kernel, stride, padding) = (attribute.Integer("kernel"), attribute.Integer("Stride"), attribute.Integer("Padding"));
        if (padding > kernel / 2)
        {
            return Misfit(attribute, input, $"padding {padding} is more than half of the piece of {kernel}; use {kernel / 2} or less");
        }

        var length = input[1] + (2L * padding);
        if (kernel > length)
        {
            return Misfit(
                attribute,
                input,
                $"the piece of {kernel} is longer than the sequence of {input[1]}{(padding == 0 ? "" : $" with padding {padding}")}; "
                    + $"use {input[1]} or less");
        }

        var step = stride == 0 ? kernel : stride;
        return Read(Shape(input, [input[0], (int)((length - kernel) / step) + 1]), kernel, step, padding);
    }

    protected abstract Layer Read(LayerShape shape, int kernel, int stride, int padding);
}

/// <summary>Reads <c>[MaxPool1d]</c> into a layer.</summary>
internal sealed class MaxPool1dReader() : SequencePoolReader("MaxPool1d")
{
    protected override Layer Read(LayerShape shape, int kernel, int stride, int padding) =>
        new MaxPool1dLayer(shape, kernel, stride, padding);
}

/// <summary>Reads <c>[AvgPool1d]</c> into a layer.</summary>
internal sealed class AvgPool1dReader() : SequencePoolReader("AvgPool1d")
{
    protected override Layer Read(LayerShape shape, int kernel, int stride, int padding) =>
        new AvgPool1dLayer(shape, kernel, stride, padding);
}
