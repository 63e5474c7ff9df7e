using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A recurrent layer that reads a sequence and returns its last state. Its module is the class of the runtime with the name of
/// the layer.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
internal sealed record RecurrentLayer(LayerShape Shape) : Layer(Shape)
{
    /// <summary>The number of linear functions of the input and the state for each number of the state, no argument.</summary>
    public required int Gates { get; init; }

    public override ModuleCode Module => Of("1", "Alone");

    public override ModuleCode Stacked => Of("copies", "SideBySide");

    public override ModuleCode Adapted => Of("copies", "Adapted");

    public override IEnumerable<LargeTensor> Tensors =>
    [
        new("The weights of the inputs", "hidden", [Gates, Output[0], Input[0]], "use fewer units"),
        new("The weights of the states", "hidden", [Gates, Output[0], Output[0]], "use fewer units"),
    ];

    public override string Apply(string module) => $"{module}.call(h).squeeze(0)";

    public override string ApplyStacked(string module, bool shared) => $"{module}.call(h)";

    public override string StackedWeight(string module) => $"{module}.StateWeight";

    public override string Export(string module) =>
        $"graph.Add(\"Squeeze\", [{module}.Export(graph, h, shared: true), graph.Integers(0)])";

    public override string ExportStacked(string module, bool shared) =>
        $"{module}.Export(graph, h, shared: {(shared ? "true" : "false")})";

    private ModuleCode Of(string copies, string form)
    {
        var type = $"global::UAmtfl.Trunks.{Kind.Name}";
        return new(
            type, $"new {type}({copies}, {Input[0]}, {Output[0]}, global::UAmtfl.Trunks.RecurrentForm.{form}, dtype, device)");
    }
}

/// <summary>Reads the attribute of a recurrent layer into a layer.</summary>
/// <param name="name">The name of the attribute and of the module's class.</param>
/// <param name="gates">The number of linear functions for each number of the state.</param>
internal abstract class RecurrentReader(string name, int gates)
    : LayerReader(new(name, Module: name, HasParameters: true, EndsStretch: StretchEnd.Always))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input) => input.Count == 2
        ? new RecurrentLayer(Shape(input, [attribute.Integer("hidden")])) { Gates = gates }
        : NeedsSequence(attribute, input);
}

/// <summary>Reads <c>[Gru]</c> into a layer.</summary>
internal sealed class GruReader() : RecurrentReader("Gru", gates: 3);

/// <summary>Reads <c>[Lstm]</c> into a layer.</summary>
internal sealed class LstmReader() : RecurrentReader("Lstm", gates: 4);
