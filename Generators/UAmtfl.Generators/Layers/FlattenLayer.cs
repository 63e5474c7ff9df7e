using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that turns an image or a sequence into one row of numbers.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
internal sealed record FlattenLayer(LayerShape Shape) : Layer(Shape)
{
    public override string Apply(string module) => "h.flatten(1)";

    public override string ApplyStacked(string module, bool shared) =>
        shared ? "h.flatten(1)" : "global::UAmtfl.Trunks.Stack.Flatten(h, Active)";

    public override string Export(string module) => "graph.Add(\"Flatten\", h)";

    public override string ExportStacked(string module, bool shared) =>
        shared ? Export(module) : "global::UAmtfl.Trunks.Stack.Flatten(graph, h, Active)";

    public override TaskBackwardCode TaskBackward(KeptLayer at) =>
        new(at.Apply, TaskBackwardCode.Step("Flatten", [.. LayerShape.Held(Input).Cast<object>()]));
}

/// <summary>Reads <c>[Flatten]</c> into a layer.</summary>
internal sealed class FlattenReader() : LayerReader(new("Flatten"))
{
    public override Layer Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count == 1)
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.Location, "[Flatten]",
                $"its input of shape {LayerShape.Text(input)} is a row of numbers already; leave it out");
        }

        return new FlattenLayer(Shape(input, [(int)LayerShape.Size(input)]));
    }
}
