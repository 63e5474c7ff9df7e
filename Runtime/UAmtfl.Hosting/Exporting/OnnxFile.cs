using UAmtfl.Files;
using UAmtfl.Messages;
using UAmtfl.Models;
using UAmtfl.Onnx;

namespace UAmtfl.Hosting;

/// <summary>Writes an exported model as a file of ONNX, a message of Protocol Buffers whose fields have the numbers of onnx.proto
/// (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).</summary>
internal static class OnnxFile
{
    /// <summary>The name of the dimension of samples, whose size is free.</summary>
    private const string Batch = "batch";

    /// <summary>The kinds of attributes (AttributeProto.AttributeType).</summary>
    private const int Float = 1, Int = 2, Ints = 7;

    /// <summary>Writes a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="UAmtflException">The file cannot be written, or would have 2 GB or more, which Protocol Buffers do not
    /// allow.</exception>
    public static void Write(string path, ExportedModel model)
    {
        ProtobufMessage message = Model(model);
        if (message.Length > int.MaxValue)
        {
            throw new UAmtflException(
                $"the model has {message.Length / 1e9:0.0} GB, and a file of ONNX holds 2 GB: use model.safetensors, which has no limit");
        }

        RunFolder.Guarded(path, () =>
        {
            WholeFile.Write(path, message.WriteTo);
            return true;
        });
    }

    private static ProtobufMessage Model(ExportedModel model) => new ProtobufMessage()
        .Add(1, OnnxGraph.Ir)
        .Add(2, "UAmtfl")
        .Add(3, AssemblyVersion.Of(typeof(OnnxGraph).Assembly))
        .Add(6, model.Description)
        .Add(7, Graph(model.Graph))
        .Add(8, new ProtobufMessage().Add(1, "").Add(2, OnnxGraph.Opset))
        .AddAll(model.Metadata, (m, entry) => m.Add(14, new ProtobufMessage().Add(1, entry.Key).Add(2, entry.Value)));

    private static ProtobufMessage Graph(OnnxGraph graph) => new ProtobufMessage()
        .AddAll(graph.Nodes, (m, node) => m.Add(1, Node(node)))
        .Add(2, "model")
        .AddAll(graph.Constants, (m, constant) => m.Add(5, Tensor(constant)))
        .AddAll(graph.Inputs, (m, value) => m.Add(11, Value(value)))
        .AddAll(graph.Outputs, (m, value) => m.Add(12, Value(value)));

    private static ProtobufMessage Node(OnnxNode node) => new ProtobufMessage()
        .AddAll(node.Inputs, (m, input) => m.Add(1, input))
        .Add(2, node.Output)
        .Add(3, node.Output)
        .Add(4, node.Operator)
        .AddAll(node.Attributes, (m, attribute) => m.Add(5, Attribute(attribute.Name, attribute.Value.Value)));

    private static ProtobufMessage Attribute(string name, object value)
    {
        ProtobufMessage message = new ProtobufMessage().Add(1, name);
        return value switch
        {
            float number => message.Add(2, number).Add(20, Float),
            long number => message.Add(3, number).Add(20, Int),
            long[] numbers => message.AddAll(numbers, (m, number) => m.Add(8, number)).Add(20, Ints),
            _ => throw new ArgumentException($"an attribute cannot be {value.GetType()}", nameof(value)),
        };
    }

    private static ProtobufMessage Tensor(OnnxConstant constant) => new ProtobufMessage()
        .AddAll(constant.Shape, (m, size) => m.Add(1, size))
        .Add(2, OnnxTypes.Number(constant.Type))
        .Add(8, constant.Name)
        .Add(9, constant.Bytes);

    private static ProtobufMessage Value(OnnxValue value)
    {
        ProtobufMessage shape = new ProtobufMessage().Add(1, new ProtobufMessage().Add(2, Batch))
            .AddAll(value.Shape, (m, size) => m.Add(1, new ProtobufMessage().Add(1, size)));
        ProtobufMessage tensor = new ProtobufMessage().Add(1, OnnxTypes.Number(value.Type)).Add(2, shape);
        return new ProtobufMessage().Add(1, value.Name).Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
