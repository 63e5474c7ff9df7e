using System.Globalization;
using static TorchSharp.torch;

namespace UAmtfl.Onnx;

/// <summary>The graph of an exported model, to which trunks, heads and transforms add their operators one after the other. Values are
/// known by their names. Operators are those of <see cref="Opset"/>.</summary>
public sealed class OnnxGraph
{
    /// <summary>The version of ONNX's operators. ONNX Runtime 1.12 (2022) and newer read it. A layer that needs a newer operator raises
    /// it, and <see cref="Ir"/> with it.</summary>
    public const int Opset = 17;

    /// <summary>The version of the format that belongs to <see cref="Opset"/>.</summary>
    internal const int Ir = 8;

    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxConstant> constants = [];
    private readonly List<OnnxValue> inputs = [], outputs = [];

    /// <summary>The operators, each after those whose results it takes.</summary>
    internal IReadOnlyList<OnnxNode> Nodes => nodes;

    /// <summary>The constants.</summary>
    internal IReadOnlyList<OnnxConstant> Constants => constants;

    /// <summary>The inputs.</summary>
    internal IReadOnlyList<OnnxValue> Inputs => inputs;

    /// <summary>The outputs.</summary>
    internal IReadOnlyList<OnnxValue> Outputs => outputs;

    /// <summary>Adds an operator of one input.</summary>
    /// <param name="name">The name of the operator in ONNX: <c>Relu</c>.</param>
    /// <param name="input">The name of its input.</param>
    /// <param name="attributes">Its attributes; those that are left out have the defaults of ONNX.</param>
    /// <returns>The name of its result.</returns>
    public string Add(string name, string input, params (string Name, OnnxAttribute Value)[] attributes) => Add(name, [input], attributes);

    /// <summary>Adds an operator.</summary>
    /// <param name="name">The name of the operator in ONNX: <c>Conv</c>.</param>
    /// <param name="inputs">The names of its inputs, in the order of ONNX.</param>
    /// <param name="attributes">Its attributes; those that are left out have the defaults of ONNX.</param>
    /// <returns>The name of its result.</returns>
    public string Add(string name, IReadOnlyList<string> inputs, params (string Name, OnnxAttribute Value)[] attributes)
    {
        var output = string.Create(CultureInfo.InvariantCulture, $"{name}_{nodes.Count + 1}");
        nodes.Add(new(name, inputs, output, attributes));
        return output;
    }

    /// <summary>Adds a constant.</summary>
    /// <param name="values">The numbers, which are copied: float32, float64 or int64.</param>
    /// <returns>The name of the constant.</returns>
    public string Constant(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var name = string.Create(CultureInfo.InvariantCulture, $"constant_{constants.Count + 1}");
        constants.Add(new(name, values.shape, values.dtype, values.detach().cpu().contiguous().bytes.ToArray()));
        return name;
    }

    /// <summary>Adds a constant list of whole numbers, such as a shape.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>The name of the constant, int64.</returns>
    public string Integers(params long[] values)
    {
        using var list = tensor(values);
        return Constant(list);
    }

    /// <summary>Adds a constant whole number, such as the place of a column.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The name of the constant, int64 without dimensions.</returns>
    public string Integer(long value)
    {
        using var number = tensor(value);
        return Constant(number);
    }

    /// <summary>Converts values to another type.</summary>
    /// <param name="values">The name of the values.</param>
    /// <param name="type">The type, float32 or float64.</param>
    /// <returns>The name of the converted values.</returns>
    public string Cast(string values, ScalarType type) => Add("Cast", values, ("to", OnnxTypes.Number(type)));

    /// <summary>Adds a fully connected layer, h Wᵀ + b.</summary>
    /// <param name="h">The name of the inputs [N, I].</param>
    /// <param name="weight">The weights W [O, I].</param>
    /// <param name="bias">The biases b [O]; null for none.</param>
    /// <returns>The name of the outputs [N, O].</returns>
    public string Linear(string h, Tensor weight, Tensor? bias) =>
        Add("Gemm", bias is null ? [h, Constant(weight)] : [h, Constant(weight), Constant(bias)], ("transB", 1));

    /// <summary>Adds an input of the graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape of one sample; the dimension of the batch stands before it.</param>
    /// <returns>Its name.</returns>
    internal string Input(string name, IReadOnlyList<long> shape)
    {
        inputs.Add(new(name, ScalarType.Float32, shape));
        return name;
    }

    /// <summary>Makes a value an output of the graph.</summary>
    /// <param name="name">The name of the output.</param>
    /// <param name="value">The name of the value, float32.</param>
    /// <param name="shape">The shape for one sample; the dimension of the batch stands before it.</param>
    internal void Output(string name, string value, params long[] shape)
    {
        nodes.Add(new("Identity", [value], name, []));
        outputs.Add(new(name, ScalarType.Float32, shape));
    }
}

/// <summary>An operator of a graph.</summary>
/// <param name="Operator">The name of the operator.</param>
/// <param name="Inputs">The names of its inputs.</param>
/// <param name="Output">The name of its result.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record OnnxNode(
    string Operator, IReadOnlyList<string> Inputs, string Output, IReadOnlyList<(string Name, OnnxAttribute Value)> Attributes);

/// <summary>A constant of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Bytes">Its numbers in rows, little-endian.</param>
internal sealed record OnnxConstant(string Name, IReadOnlyList<long> Shape, ScalarType Type, byte[] Bytes);

/// <summary>An input or an output of a graph, [N, …].</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">The shape of one sample.</param>
internal sealed record OnnxValue(string Name, ScalarType Type, IReadOnlyList<long> Shape);

/// <summary>The numbers by which ONNX knows the types of tensors.</summary>
internal static class OnnxTypes
{
    /// <summary>Returns the number of a type (TensorProto.DataType).</summary>
    /// <param name="type">float32, float64 or int64.</param>
    public static int Number(ScalarType type) => type switch
    {
        ScalarType.Float32 => 1,
        ScalarType.Int64 => 7,
        ScalarType.Float64 => 11,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "a graph has only float32, float64 and int64"),
    };
}
