using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The generated code of layers of sequences, which are held as images of one row.</summary>
public sealed class SequencesTests
{
    [Fact]
    public void EveryLayerOfSequences() => GeneratorRun.Clean(Declaration.Of(
        trunks: """
            [Input(3, 16), Conv1d(4, Padding = 1), MaxPool1d(2), Conv1d(1, Stride = 2), AvgPool1d(2, Stride = 1), Gru(5)]
            public partial class Net;
            """,
        variants: "[HardSharing] public partial class Mtl; [SingleTask] public partial class Stl;"))
        .AssertHas("Net", """
            public Tensor Features(Tensor prepared)
            {
                Tensor h = prepared;
                h = Trunks.Patches.Convolve(h, Conv1.weight, Conv1.bias, 1, 16);   // [N, 4, 1, 16]
                h = Trunks.Sequences.MaxPool(h, 2, 2, 0);   // [N, 4, 1, 8]
                h = Conv2.call(h);   // [N, 1, 1, 3]
                h = Trunks.Sequences.AvgPool(h, 2, 1, 0);   // [N, 1, 1, 2]
                h = Gru1.call(h).squeeze(0);   // [N, 5]
                return h;
            }
            """)
        .AssertHas("Net.Stack", """
            public Tensor Features(Tensor prepared)
            {
                Tensor h = prepared;
                h = Conv1.FirstOfPatches(h, 1, 16);   // [N, C·4, 1, 16]
                h = Trunks.Sequences.MaxPool(h, 2, 2, 0);   // [N, C·4, 1, 8]
                h = Conv2.call(h);   // [N, C·1, 1, 3]
                h = Trunks.Sequences.AvgPool(h, 2, 1, 0);   // [N, C·1, 1, 2]
                h = Gru1.call(h);   // [C, N, 5]
                return h;
            }
            """)
        .AssertHas("Mtl.Network", """
            public override string Export(Onnx.OnnxGraph graph, string inputs, Tasks.TaskSet tasks)
            {
                inputs = graph.Add("Unsqueeze", [inputs, graph.Integers(2)]);
                return graph.Linear(Trunk.Export(graph, inputs), HeadWeight, HeadBias);
            }
            """);
}
