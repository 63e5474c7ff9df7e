using System.Globalization;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A rectifier whose values below 0 approach a limit.</summary>
/// <param name="Shape">The layer's kind and its shapes.</param>
/// <param name="Alpha">The limit, with the sign changed.</param>
internal sealed record ELULayer(LayerShape Shape, double Alpha) : Layer(Shape)
{
    private string Number => Alpha.ToString("R", CultureInfo.InvariantCulture);

    public override string Apply(string module) => $"F.elu(h, {Number})";

    public override string Export(string module) => $"graph.Add(\"Elu\", h, (\"alpha\", {Number}d))";
}

/// <summary>Reads <c>[ELU]</c> into a layer.</summary>
internal sealed class ELUReader() : LayerReader(new("ELU"))
{
    public override Layer Read(AttributeReader attribute, IReadOnlyList<int> input) =>
        new ELULayer(Shape(input, input), attribute.Number("alpha"));
}
