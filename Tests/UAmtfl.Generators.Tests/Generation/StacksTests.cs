using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The generated code of a stack, with one trunk for each task side by side.</summary>
public sealed class StacksTests
{
    [Fact]
    public void ResidualBlocksSideBySide() => Run(
            "[Input(4, 9, 7), BasicBlock(4), Bottleneck(2, Stride = 2), GlobalAvgPool]", sharing: "SingleTask")
        .AssertHas("Net.Stack", """
            public Stack(int copies, torch.ScalarType dtype, torch.Device device) : base("Net", copies)
            {
                Block1 = new Trunks.BasicBlock(copies, 4, 4, 1, dtype, device);
                register_module("Block1", Block1);
                Block2 = new Trunks.Bottleneck(copies, 4, 2, 2, dtype, device);
                register_module("Block2", Block2);
            }

            public Tensor Features(Tensor prepared)
            {
                Tensor h = prepared;
                h = Block1.call(Trunks.Stack.Spread(h, Active));   // [N, C·4, 9, 7]
                h = Block2.call(h);   // [N, C·8, 5, 4]
                h = Trunks.Stack.Flatten(h.mean([2L, 3L]), Active);   // [C, N, 8]
                return h;
            }

            public string Export(Onnx.OnnxGraph graph, string h)
            {
                h = Block1.Export(graph, Trunks.Stack.Spread(graph, h, Active, images: true));
                h = Block2.Export(graph, h);
                h = Trunks.Stack.Flatten(graph, graph.Add("GlobalAveragePool", h), Active);
                return h;
            }
            """);

    /// <summary>A network without layers returns the inputs themselves, so that its heads are linear models.</summary>
    [Fact]
    public void AStackIsWrittenForSingleTaskVariantsAlone() => Run("[Input(4), Linear(8)]").AssertHasNo("Net.Stack");

    [Fact]
    public void AStackIsOneBatchedProgram() => Run(
            """
            [Input(3, 8, 8), Conv2d(4, Kernel = 3), BatchNorm, ReLU, MaxPool2d(2), Conv2d(6, Kernel = 2)]
            [Flatten, Linear(16), BatchNorm, ReLU, Linear(8, Bias = false)]
            """,
            sharing: "SingleTask")
        .AssertHas("Net.Stack", """
            public Stack(int copies, torch.ScalarType dtype, torch.Device device) : base("Net", copies)
            {
                Conv1 = new Trunks.StackedConv2d(copies, 3, 4, 3, 1, 0, dtype, device);
                register_module("Conv1", Conv1);
                BatchNorm1 = torch.nn.BatchNorm2d(copies * 4, dtype: dtype, device: device);
                register_module("BatchNorm1", BatchNorm1);
                Conv2 = new Trunks.StackedConv2d(copies, 4, 6, 2, 1, 0, dtype, device);
                register_module("Conv2", Conv2);
                Linear1 = new Trunks.StackedLinear(copies, 24, 16, true, dtype, device);
                register_module("Linear1", Linear1);
                BatchNorm2 = torch.nn.BatchNorm1d(copies * 16, dtype: dtype, device: device);
                register_module("BatchNorm2", BatchNorm2);
                Linear2 = new Trunks.StackedLinear(copies, 16, 8, false, dtype, device);
                register_module("Linear2", Linear2);
            }

            public Trunks.StackedConv2d Conv1 { get; }   // each [N, 3, 8, 8] → [N, 4, 6, 6]

            public Modules.BatchNorm2d BatchNorm1 { get; }   // each [N, 4, 6, 6] → [N, 4, 6, 6]

            public Trunks.StackedLinear Linear1 { get; }   // each [N, 24] → [N, 16]

            public Tensor Features(Tensor prepared)
            {
                Tensor h = prepared;
                h = Conv1.FirstOfPatches(h, 6, 6);   // [N, C·4, 6, 6]
                h = Images(BatchNorm1, h);   // [N, C·4, 6, 6]
                h = F.relu(h);   // [N, C·4, 6, 6]
                h = F.max_pool2d(h, 2);   // [N, C·4, 3, 3]
                h = Conv2.call(h);   // [N, C·6, 2, 2]
                h = Trunks.Stack.Flatten(h, Active);   // [C, N, 24]
                h = Linear1.call(h);   // [C, N, 16]
                h = Rows(BatchNorm2, h);   // [C, N, 16]
                h = F.relu(h);   // [C, N, 16]
                h = Linear2.call(h);   // [C, N, 8]
                return h;
            }

            public override Tensor forward(Tensor input) => Features(Prepare(input));

            public string Export(Onnx.OnnxGraph graph, string h)
            {
                h = Conv1.Export(graph, h, shared: true);
                h = Images(graph, BatchNorm1, h);
                h = graph.Add("Relu", h);
                h = Trunks.OnnxLayers.Pool2d(graph, "MaxPool", h, 2);
                h = Conv2.Export(graph, h, shared: false);
                h = Trunks.Stack.Flatten(graph, h, Active);
                h = Linear1.Export(graph, h);
                h = Rows(graph, BatchNorm2, h);
                h = graph.Add("Relu", h);
                h = Linear2.Export(graph, h);
                return h;
            }
            """);

    private static GeneratorRun Run(string layers, string sharing = "HardSharing") =>
        GeneratorRun.Clean(
            Declaration.Of(trunks: $"{layers} public partial class Net;", variants: $"[{sharing}] public partial class Mtl;"));
}
