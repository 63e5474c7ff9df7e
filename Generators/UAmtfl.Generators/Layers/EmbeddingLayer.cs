using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that looks up rows of a table by whole numbers.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Vocabulary">The number of rows of the table.</param>
internal sealed record EmbeddingLayer(LayerShape Shape, int Vocabulary) : Layer(Shape)
{
    private const string Space = "global::UAmtfl.Trunks.";

    private string Sizes => $"{Vocabulary}, {Output[0]}";

    public override ModuleCode Module => new(
        "global::TorchSharp.Modules.Embedding", $"global::TorchSharp.torch.nn.Embedding({Sizes}, dtype: dtype, device: device)");

    public override ModuleCode Stacked => Copies("StackedEmbedding");

    public override ModuleCode Adapted => Copies("AdaptedEmbedding");

    public override IEnumerable<LargeTensor> Tensors =>
    [
        new("The table", "vocabulary", [Vocabulary, Output[0]], "use a smaller vocabulary or width"),
        new("The output for one sample", "width", Output, "use a smaller width"),
    ];

    public override string Apply(string module) => $"{Space}Embeddings.Find(h, {module})";

    public override string ApplyStacked(string module, bool shared) => $"{module}.call(h)";

    public override string StackedWeight(string module) => $"{module}.OutputWeight";

    public override string Export(string module) => $"{Space}Embeddings.Find(graph, h, {module})";

    public override string ExportStacked(string module, bool shared) =>
        $"{module}.Export(graph, h, shared: {(shared ? "true" : "false")})";

    public override TaskBackwardCode TaskBackward(KeptLayer at) =>
        new(at.KeepInput, null, $"sink.Embedding({at.Kept}, g, {at.Module});");

    private ModuleCode Copies(string type) => new($"{Space}{type}", $"new {Space}{type}(copies, {Sizes}, dtype, device)");
}

/// <summary>Reads <c>[Embedding]</c> into a layer.</summary>
internal sealed class EmbeddingReader()
    : LayerReader(new("Embedding", Module: "Embedding", HasParameters: true, TakesIndices: true))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input) => input.Count == 1
        ? new EmbeddingLayer(Shape(input, [attribute.Integer("width"), input[0]]), attribute.Integer("vocabulary"))
        : Misfit(attribute, input, "it needs rows of whole numbers; declare [Input(length)] before it");
}
