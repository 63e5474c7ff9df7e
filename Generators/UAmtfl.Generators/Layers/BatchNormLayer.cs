using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that normalises features, or the channels of an image, over the batch.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
internal sealed record BatchNormLayer(LayerShape Shape) : Layer(Shape)
{
    public override ModuleCode Module => Of($"{Input[0]}");

    public override ModuleCode Stacked => Of($"copies * {Input[0]}");

    public override string Apply(string module) => $"{module}.call(h)";

    public override string ApplyStacked(string module, bool shared) => NormCode.ApplyStacked(module, shared, !TakesImages);

    public override string Export(string module) => $"{OnnxLayers}.BatchNorm(graph, h, {module})";

    public override string ExportStacked(string module, bool shared) =>
        NormCode.ExportStacked(module, shared, !TakesImages);

    private ModuleCode Of(string features)
    {
        var type = $"BatchNorm{(TakesImages ? 2 : 1)}d";
        return new($"global::TorchSharp.Modules.{type}", $"global::TorchSharp.torch.nn.{type}({features}, dtype: dtype, device: device)");
    }
}

/// <summary>Reads <c>[BatchNorm]</c> into a layer.</summary>
internal sealed class BatchNormReader() : LayerReader(new("BatchNorm", Module: "BatchNorm", HasParameters: true, MixesSamples: true))
{
    public override Layer Read(AttributeReader attribute, IReadOnlyList<int> input) => new BatchNormLayer(Shape(input, input));
}
