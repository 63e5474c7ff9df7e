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
