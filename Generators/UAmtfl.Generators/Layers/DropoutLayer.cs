using System.Globalization;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that sets values to 0 at random in training.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Probability">The probability that a value is set to 0, in (0, 1).</param>
internal sealed record DropoutLayer(LayerShape Shape, double Probability) : Layer(Shape)
{
    public override ModuleCode Module => new(
        "global::TorchSharp.Modules.Dropout",
        $"global::TorchSharp.torch.nn.Dropout({Probability.ToString("R", CultureInfo.InvariantCulture)})");

    public override string Apply(string module) => $"{module}.call(h)";

    public override string? Export(string module) => null;

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(
        $"{at.Kept} = {TaskBackwardCode.Call("Mask", at.Module, "h")}; h = h * {at.Kept};",
        TaskBackwardCode.Step("Dropout", at.Kept));
}

/// <summary>Reads <c>[Dropout]</c> into a layer.</summary>
internal sealed class DropoutReader() : LayerReader(new("Dropout", Module: "Dropout"))
{
    public override Layer Read(AttributeReader attribute, IReadOnlyList<int> input) =>
        new DropoutLayer(Shape(input, input), attribute.Number("probability"));
}
