using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that applies a function to each value.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Function">The code of the function of <c>h</c>.</param>
/// <param name="Graph">The code that adds the function to <c>graph</c>.</param>
/// <param name="Derivative">What the derivative of the function is computed from.</param>
internal sealed record ActivationLayer(LayerShape Shape, string Function, string Graph, DerivativeOf Derivative) : Layer(Shape)
{
    public override string Apply(string module) => Function;

    public override string Export(string module) => Graph;

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(
        Derivative == DerivativeOf.Output ? at.KeepOutput : at.KeepInput, TaskBackwardCode.Step(Kind.Name, at.Kept));
}

/// <summary>The values from which the derivative of an activation is computed.</summary>
internal enum DerivativeOf
{
    /// <summary>The outputs of the activation.</summary>
    Output,

    /// <summary>The inputs of the activation, because two of them can have the same output.</summary>
    Input,
}

/// <summary>Reads the attribute of an activation into a layer.</summary>
/// <param name="name">The name of the attribute, which is also that of the backward step in the runtime's <c>LayerBackward</c>.</param>
/// <param name="function">The code of the function of <c>h</c>.</param>
/// <param name="graph">The code that adds the function to <c>graph</c>.</param>
/// <param name="derivative">What the derivative of the function is computed from.</param>
internal abstract class ActivationReader(string name, string function, string graph, DerivativeOf derivative = DerivativeOf.Output)
    : LayerReader(new(name, EndsStretch: StretchEnd.OnRows))
{
    public override Layer Read(AttributeReader attribute, IReadOnlyList<int> input) =>
        new ActivationLayer(Shape(input, input), function, graph, derivative);
}

/// <summary>Reads <c>[ReLU]</c> into a layer.</summary>
internal sealed class ReLUReader() : ActivationReader("ReLU", "F.relu(h)", "graph.Add(\"Relu\", h)");

/// <summary>Reads <c>[Tanh]</c> into a layer.</summary>
internal sealed class TanhReader() : ActivationReader("Tanh", "h.tanh()", "graph.Add(\"Tanh\", h)");

/// <summary>Reads <c>[Sigmoid]</c> into a layer.</summary>
internal sealed class SigmoidReader() : ActivationReader("Sigmoid", "h.sigmoid()", "graph.Add(\"Sigmoid\", h)");

/// <summary>Reads <c>[GELU]</c> into a layer.</summary>
internal sealed class GeluReader()
    : ActivationReader("GELU", "h.gelu()", "global::UAmtfl.Trunks.OnnxLayers.Gelu(graph, h)", DerivativeOf.Input);

/// <summary>Reads <c>[SiLU]</c> into a layer.</summary>
internal sealed class SiluReader()
    : ActivationReader("SiLU", "h.silu()", "graph.Add(\"Mul\", [h, graph.Add(\"Sigmoid\", h)])", DerivativeOf.Input);
