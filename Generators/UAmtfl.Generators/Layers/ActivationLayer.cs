using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A function of each value alone.</summary>
/// <param name="Shape">The layer's kind and its shapes.</param>
/// <param name="Function">The function of <c>h</c> as an expression.</param>
internal sealed record ActivationLayer(LayerShape Shape, string Function) : Layer(Shape)
{
    public override string Apply(string module) => Function;

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(at.KeepOutput, TaskBackwardCode.Step(Kind.Name, at.Kept));
}

/// <summary>Reads an activation.</summary>
/// <param name="name">The attribute's name, which is that of its step back in the runtime's <c>LayerBackward</c> too.</param>
/// <param name="function">The function of <c>h</c> as an expression.</param>
internal abstract class ActivationReader(string name, string function) : LayerReader(new(name))
{
    public override Layer Read(AttributeReader attribute, IReadOnlyList<int> input) => new ActivationLayer(Shape(input, input), function);
}

/// <summary>Reads <c>[ReLU]</c>.</summary>
internal sealed class ReLUReader() : ActivationReader("ReLU", "F.relu(h)");

/// <summary>Reads <c>[Tanh]</c>.</summary>
internal sealed class TanhReader() : ActivationReader("Tanh", "h.tanh()");

/// <summary>Reads <c>[Sigmoid]</c>.</summary>
internal sealed class SigmoidReader() : ActivationReader("Sigmoid", "h.sigmoid()");
