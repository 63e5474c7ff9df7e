using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that normalises groups of features, or of channels of an image, in each sample by itself.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Groups">The number of groups, which divides that of features or channels.</param>
internal sealed record GroupNormLayer(LayerShape Shape, int Groups) : Layer(Shape)
{
    public override ModuleCode Module => NormCode.Module($"{Groups}", $"{Input[0]}");

    public override ModuleCode Stacked => NormCode.Stacked($"copies * {Groups}", Input[0]);

    public override string Apply(string module) =>
        TakesImages ? $"{module}.call(h)" : $"global::UAmtfl.Trunks.GroupNorms.Rows({module}, h)";

    public override string ApplyStacked(string module, bool shared) => NormCode.ApplyStacked(module, shared, !TakesImages);

    public override string Export(string module) =>
        $"{OnnxLayers}.GroupNorm(graph, h, {module}, images: {(TakesImages ? "true" : "false")})";

    public override string ExportStacked(string module, bool shared) =>
        NormCode.ExportStacked(module, shared, !TakesImages);

    public override TaskBackwardCode TaskBackward(KeptLayer at) => NormCode.TaskBackward(at, Groups);
}

/// <summary>Reads <c>[GroupNorm]</c> into a layer.</summary>
internal sealed class GroupNormReader() : LayerReader(new("GroupNorm", Module: "GroupNorm", HasParameters: true))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        var groups = attribute.Integer("groups");
        var all = input.Count == 1 ? "features" : "channels";
        return input[0] % groups != 0
            ? Misfit(attribute, input, $"{groups} groups of equal size cannot be made of {input[0]} {all}; use a divisor of {input[0]}")
            : LayerShape.Size(input) == groups
                ? Misfit(attribute, input, "a group of one value is normalised to 0; use fewer groups")
            : new GroupNormLayer(Shape(input, input), groups);
    }
}

/// <summary>A layer that normalises the features of each sample. C copies side by side are one group normalisation of C groups.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
internal sealed record LayerNormLayer(LayerShape Shape) : Layer(Shape)
{
    public override ModuleCode Module => new(
        "global::TorchSharp.Modules.LayerNorm",
        $"global::TorchSharp.torch.nn.LayerNorm({Input[0]}, dtype: dtype, device: device)");

    public override ModuleCode Stacked => NormCode.Stacked("copies", Input[0]);

    public override string Apply(string module) => $"{module}.call(h)";

    public override string ApplyStacked(string module, bool shared) => NormCode.ApplyStacked(module, shared, rows: true);

    public override string Export(string module) => $"{OnnxLayers}.LayerNorm(graph, h, {module})";

    public override string ExportStacked(string module, bool shared) => NormCode.ExportStacked(module, shared, rows: true);

    public override TaskBackwardCode TaskBackward(KeptLayer at) => NormCode.TaskBackward(at, groups: 1);
}

/// <summary>Reads <c>[LayerNorm]</c> into a layer.</summary>
internal sealed class LayerNormReader() : LayerReader(new("LayerNorm", Module: "LayerNorm", HasParameters: true))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input) => input.Count > 1
        ? Misfit(attribute, input, input.Count == 3
            ? "it needs a row of features; [GroupNorm(1)] normalises an image over all channels and pixels"
            : "it needs a row of features; [GroupNorm(1)] normalises a sequence over all channels and its length")
        : input[0] == 1 ? Misfit(attribute, input, "a row of one value is normalised to 0; leave it out")
        : new LayerNormLayer(Shape(input, input));
}
