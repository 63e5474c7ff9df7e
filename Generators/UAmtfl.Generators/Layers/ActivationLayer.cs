using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that applies a function to each value.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Function">The code of the function of <c>h</c>.</param>
/// <param name="Operator">The function's name in ONNX.</param>
internal sealed record ActivationLayer(LayerShape Shape, string Function, string Operator) : Layer(Shape)
{
    public override string Apply(string module) => Function;

    public override string Export(string module) => $"graph.Add(\"{Operator}\", h)";

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(at.KeepOutput, TaskBackwardCode.Step(Kind.Name, at.Kept));
}

/// <summary>Reads the attribute of an activation into a layer.</summary>
/// <param name="name">The name of the attribute, which is also that of the backward step in the runtime's <c>LayerBackward</c>.</param>
/// <param name="function">The code of the function of <c>h</c>.</param>
/// <param name="onnx">The function's name in ONNX.</param>
internal abstract class ActivationReader(string name, string function, string onnx)
    : LayerReader(new(name, EndsStretch: StretchEnd.OnRows))
{
    public override Layer Read(AttributeReader attribute, IReadOnlyList<int> input) =>
        new ActivationLayer(Shape(input, input), function, onnx);
}

/// <summary>Reads <c>[ReLU]</c> into a layer.</summary>
internal sealed class ReLUReader() : ActivationReader("ReLU", "F.relu(h)", "Relu");

/// <summary>Reads <c>[Tanh]</c> into a layer.</summary>
internal sealed class TanhReader() : ActivationReader("Tanh", "h.tanh()", "Tanh");

/// <summary>Reads <c>[Sigmoid]</c> into a layer.</summary>
internal sealed class SigmoidReader() : ActivationReader("Sigmoid", "h.sigmoid()", "Sigmoid");
