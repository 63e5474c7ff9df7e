using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Looks up rows of tables by the whole numbers of the inputs, as <c>[Embedding]</c> does. The results are sequences, which are
/// held as images of one row.</summary>
public static class Embeddings
{
    /// <summary>Looks up the rows of one table.</summary>
    /// <param name="indices">The indices [N, L], whole numbers from 0 to V − 1 of any type.</param>
    /// <param name="table">The table [V, W].</param>
    /// <returns>The sequences [N, W, 1, L].</returns>
    public static Tensor Find(Tensor indices, Embedding table)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(table);
        return table.call(indices.to(ScalarType.Int64)).transpose(1, 2).unsqueeze(2);
    }

    /// <summary>Looks up the rows of C tables.</summary>
    /// <param name="indices">The indices [N, L], the same for all tables, or [C, N, L].</param>
    /// <param name="tables">The tables [C, V, W].</param>
    /// <returns>The sequences [N, C·W, 1, L], table after table.</returns>
    internal static Tensor FindIn(Tensor indices, Tensor tables)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(tables);
        var (whole, width) = (indices.to(ScalarType.Int64), tables.shape[2]);
        var found = whole.dim() == 2
            ? tables.index_select(1, whole.flatten())
            : tables.gather(1, whole.flatten(1).unsqueeze(2).expand(-1, -1, width));                 // [C, N·L, W]
        return found.view(tables.shape[0], whole.shape[^2], whole.shape[^1], width).permute(1, 0, 3, 2).flatten(1, 2).unsqueeze(2);
    }

    /// <summary>Adds <see cref="Find(Tensor, Embedding)"/> to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the indices [N, L].</param>
    /// <param name="table">The table [V, W].</param>
    /// <returns>The name of the sequences [N, W, 1, L].</returns>
    public static string Find(OnnxGraph graph, string h, Embedding table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return FindOne(graph, h, table.weight!);
    }

    private static string FindOne(OnnxGraph graph, string h, Tensor table)
    {
        var found = graph.Add("Gather", [graph.Constant(table), graph.Cast(h, ScalarType.Int64)], ("axis", 0));   // [N, L, W]
        return graph.Add("Unsqueeze", [graph.Add("Transpose", found, ("perm", new[] { 0, 2, 1 })), graph.Integers(2)]);
    }

    /// <summary>Adds the look-up in C tables to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the indices [N, L], or [C, N, L].</param>
    /// <param name="tables">The tables [C, V, W].</param>
    /// <param name="shared">True if the indices are the same for all tables.</param>
    internal static string FindIn(OnnxGraph graph, string h, Tensor tables, bool shared)
    {
        using var scope = NewDisposeScope();
        List<string> found = [];
        for (var copy = 0; copy < tables.shape[0]; copy++)
        {
            var indices = shared ? h : graph.Add("Gather", [h, graph.Integer(copy)], ("axis", 0));
            found.Add(FindOne(graph, indices, tables[copy].detach()));
        }

        return graph.Add("Concat", found, ("axis", 1));
    }
}

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
