using System.Globalization;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A rectifier that multiplies negative values by a small slope.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Slope">The slope for negative values, in (0, 1).</param>
internal sealed record LeakyReLULayer(LayerShape Shape, double Slope) : Layer(Shape)
{
    private string Number => Slope.ToString("R", CultureInfo.InvariantCulture);

    public override string Apply(string module) => $"h.leaky_relu(global::UAmtfl.Numerics.Lasting.Number({Number}))";

    public override string Export(string module) => $"graph.Add(\"LeakyRelu\", h, (\"alpha\", {Number}))";

    public override TaskBackwardCode TaskBackward(KeptLayer at) =>
        new(at.KeepOutput, TaskBackwardCode.Step("LeakyReLU", at.Kept, Number));
}

/// <summary>Reads <c>[LeakyReLU]</c> into a layer.</summary>
internal sealed class LeakyReLUReader() : LayerReader(new("LeakyReLU", EndsStretch: StretchEnd.OnRows))
{
    public override Layer Read(AttributeReader attribute, IReadOnlyList<int> input) =>
        new LeakyReLULayer(Shape(input, input), attribute.Number("slope"));
}
