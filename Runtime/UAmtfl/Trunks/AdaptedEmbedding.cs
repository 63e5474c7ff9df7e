using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>A table whose weight changes by low-rank matrices for each of T tasks, in which rows are looked up.</summary>
/// <param name="tasks">The number T of tasks.</param>
/// <param name="vocabulary">The number V of rows.</param>
/// <param name="width">The number W of columns.</param>
/// <param name="dtype">The type of the parameters.</param>
/// <param name="device">The device of the parameters.</param>
public sealed class AdaptedEmbedding(int tasks, int vocabulary, int width, ScalarType dtype, Device device)
    : AdaptedLayer(nameof(AdaptedEmbedding), tasks, Drawn(vocabulary, width, dtype, device), null)
{
    /// <inheritdoc/>
    protected override Tensor Matrix() => Weight;

    /// <summary>Looks up the rows of the table of each task.</summary>
    /// <param name="indices">The indices [N, L], the same for all tasks, or [T, N, L].</param>
    /// <returns>The sequences [N, T·W, 1, L].</returns>
    public override Tensor forward(Tensor indices) => Embeddings.FindIn(indices, Merged());

    /// <summary>Adds the table of each task to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the indices [N, L], or [T, N, L].</param>
    /// <param name="shared">True if the indices are the same for all tasks.</param>
    /// <returns>The name of the sequences [N, T·W, 1, L].</returns>
    public string Export(OnnxGraph graph, string h, bool shared)
    {
        using var scope = NewDisposeScope();
        return Embeddings.FindIn(graph, h, Merged(), shared);
    }

    private static Parameter Drawn(int vocabulary, int width, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var one = nn.Embedding(vocabulary, width, dtype: dtype, device: device);
        return new Parameter(one.weight!.clone().MoveToOuterDisposeScope());
    }
}
