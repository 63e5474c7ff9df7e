using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that is fully connected.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Bias">True if the layer has a bias.</param>
internal sealed record LinearLayer(LayerShape Shape, bool Bias) : Layer(Shape)
{
    public override ModuleCode Module => new(
        "global::TorchSharp.Modules.Linear",
        $"global::TorchSharp.torch.nn.Linear({Input[0]}, {Output[0]}{(Bias ? "" : ", hasBias: false")}, dtype: dtype, device: device)",
        Start: "FanIn");

    public override ModuleCode Stacked => new(
        "global::UAmtfl.Trunks.StackedLinear",
        $"new global::UAmtfl.Trunks.StackedLinear(copies, {Input[0]}, {Output[0]}, {(Bias ? "true" : "false")}, dtype, device)");

    public override ModuleCode Adapted => new(
        "global::UAmtfl.Trunks.AdaptedLinear",
        $"new global::UAmtfl.Trunks.AdaptedLinear(copies, {Input[0]}, {Output[0]}, {(Bias ? "true" : "false")}, dtype, device)");

    public override IEnumerable<LargeTensor> Tensors => [new("The weights", "features", [Input[0], Output[0]], "use fewer features")];

    public override string Apply(string module) => Bias ? $"F.linear(h, {module}.weight, {module}.bias)" : $"F.linear(h, {module}.weight)";

    public override string ApplyStacked(string module, bool shared) => $"{module}.call(h)";

    public override string StackedWeight(string module) => $"{module}.Weight";

    public override string Export(string module) => $"graph.Linear(h, {module}.weight, {(Bias ? $"{module}.bias" : "null")})";

    public override string ExportStacked(string module, bool shared) => $"{module}.Export(graph, h)";

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(
        at.KeepInput,
        TaskBackwardCode.Step("Linear", $"{at.Module}.weight"),
        $"sink.Linear({at.Kept}, g, {at.Module}.weight, {(Bias ? $"{at.Module}.bias" : "null")});");
}

/// <summary>Reads <c>[Linear]</c> into a layer.</summary>
internal sealed class LinearReader() : LayerReader(new("Linear", Module: "Linear", HasParameters: true))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input) => input.Count == 1
        ? new LinearLayer(Shape(input, [attribute.Integer("features")]), attribute.Flag("Bias", true))
        : Misfit(
            attribute,
            input,
            $"it needs a row of features; add [Flatten] before it, which gives ({LayerShape.Size(input)})",
            Fixes.FlattenBefore);
}
