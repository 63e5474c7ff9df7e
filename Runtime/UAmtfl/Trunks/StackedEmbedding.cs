using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>C tables side by side, in which rows are looked up.</summary>
public sealed class StackedEmbedding : Stack
{
    /// <summary>Creates the tables and draws them one after the other from the current random state, from N(0, 1) as PyTorch.</summary>
    /// <param name="copies">The number C of tables.</param>
    /// <param name="vocabulary">The number V of rows of each.</param>
    /// <param name="width">The number W of columns of each.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    public StackedEmbedding(int copies, int vocabulary, int width, ScalarType dtype, Device device)
        : base(nameof(StackedEmbedding), copies)
    {
        Weight = Parameters.SideBySide(copies, () =>
        {
            using var one = nn.Embedding(vocabulary, width, dtype: dtype, device: device);
            return one.weight!.clone();
        });
        register_parameter(nameof(Weight), Weight);
    }

    /// <summary>The tables [C, V, W].</summary>
    public Parameter Weight { get; }

    /// <summary>The tables with a row for each output, [C, W, V].</summary>
    public Tensor OutputWeight => Weight.transpose(1, 2);

    /// <summary>Looks up rows.</summary>
    /// <param name="indices">The indices [N, L], the same for all tables, or [C, N, L].</param>
    /// <returns>The sequences [N, C·W, 1, L].</returns>
    public override Tensor forward(Tensor indices) => Embeddings.FindIn(indices, Used(Weight));

    /// <summary>Adds the tables to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the indices [N, L], or [C, N, L].</param>
    /// <param name="shared">True if the indices are the same for all tables.</param>
    /// <returns>The name of the sequences [N, C·W, 1, L].</returns>
    public string Export(OnnxGraph graph, string h, bool shared) => Embeddings.FindIn(graph, h, Used(Weight), shared);
}
