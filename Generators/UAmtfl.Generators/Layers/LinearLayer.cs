using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

internal sealed class LinearLayer() : Layer(WellKnownNames.Linear)
{
    public override string Start => "FanIn";

    public override LayerModel? Read(AttributeReader attribute, IReadOnlyList<int> input) => input.Count == 1
        ? Model(input, [attribute.Integer("features", 1, 1)])
        : Misfit(attribute, input, $"it needs a row of features; add [Flatten] before it, which gives ({LayerReading.Size(input)})", Fixes.FlattenBefore);

    public override (string Type, string New)? Module(LayerModel layer) =>
        ("global::TorchSharp.Modules.Linear", $"global::TorchSharp.torch.nn.Linear({layer.Input[0]}, {layer.Output[0]}, dtype: dtype, device: device)");

    public override string Apply(LayerModel layer, string module) => $"F.linear(h, {module}.weight, {module}.bias)";
}
