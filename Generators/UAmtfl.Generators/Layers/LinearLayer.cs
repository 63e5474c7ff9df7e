using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

internal sealed class LinearLayer() : Layer(WellKnownNames.Linear)
{
    public override string Start => "FanIn";

    public override LayerModel? Read(AttributeReader attribute, IReadOnlyList<int> input) => input.Count == 1
        ? Model(input, [attribute.Integer("features")], attribute.Flag("Bias", true) ? 1 : 0)
        : Misfit(attribute, input, $"it needs a row of features; add [Flatten] before it, which gives ({LayerReading.Size(input)})", Fixes.FlattenBefore);

    public override (string Type, string New)? Module(LayerModel layer) =>
        ("global::TorchSharp.Modules.Linear", $"global::TorchSharp.torch.nn.Linear({layer.Input[0]}, {layer.Output[0]}{(layer.Arguments[0] == 0 ? ", hasBias: false" : "")}, dtype: dtype, device: device)");

    public override string Apply(LayerModel layer, string module) => layer.Arguments[0] == 0 ? $"F.linear(h, {module}.weight)" : $"F.linear(h, {module}.weight, {module}.bias)";

    public override bool HasParameters => true;

    public override IEnumerable<(string Name, string Argument, IEnumerable<int> Sizes, string Advice)> Tensors(LayerModel layer) =>
        [("The weights", "features", [layer.Input[0], layer.Output[0]], "use fewer features")];

    public override (string Type, string New)? PerTask(LayerModel layer) => ("global::UAmtfl.Trunks.LinearPerTask",
        $"new global::UAmtfl.Trunks.LinearPerTask(tasks, {layer.Input[0]}, {layer.Output[0]}, {(layer.Arguments[0] == 0 ? "false" : "true")}, dtype, device)");

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(
        at.KeepInput,
        TaskBackwardCode.Step("Linear", $"{at.Module}.weight"),
        $"sink.Linear({at.Kept}, g, {at.Module}.weight, {(at.Layer.Arguments[0] == 0 ? "null" : $"{at.Module}.bias")});");

    public override string ApplyPerTask(LayerModel layer, string module, bool shared) => $"{module}.call(h)";
}
