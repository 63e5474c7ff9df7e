using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>C copies of the same layers side by side, each with weights of its own. Each layer is one batched product for all copies. The
/// values of the copies are [N, C·ch, H, W] for images and [C, N, k] for rows.</summary>
/// <param name="name">The name of the module.</param>
/// <param name="copies">The number C of copies, at least 1.</param>
public abstract class Stack(string name, int copies) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>The number C of copies. The first dimension of each parameter and buffer is C or a multiple of C, copy after
    /// copy.</summary>
    public int Copies { get; } = copies;

    /// <summary>Overwrites all weights and statistics with those of a stack of the same layers, bit by bit. Each copy of this stack then
    /// computes what its parent computes, except for rounding, so that a branch of a network can be split.</summary>
    /// <param name="source">The stack that is read, which may be this one.</param>
    /// <param name="parents">For each copy of this stack the index of the copy of <paramref name="source"/> that it takes, [C].</param>
    /// <exception cref="ArgumentException">There is not one parent for each copy, or the stacks have other layers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The source has no such copy.</exception>
    public void CopyFrom(Stack source, IReadOnlyList<int> parents)
    {
        if (parents.Count != Copies)
        {
            throw new ArgumentException(
                $"a stack of {Copies} copies needs {Copies} parents, not {parents.Count}: give one for each copy", nameof(parents));
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var rows = tensor([.. parents.Select(parent => (long)Checked(parent, source))]);
        var sources = source.state_dict();
        foreach (var (path, values) in state_dict())
        {
            if (!sources.TryGetValue(path, out var read) || !HasRowsOf(values, read, source))
            {
                throw new ArgumentException(
                    $"{path} is {Shape(values)} here and {Shape(read)} in the source: copy from a stack of the same layers",
                    nameof(source));
            }

            if (values.dim() == 0)
            {
                values.copy_(read);   // the number of batches of the statistics, which is one number for all copies
                continue;
            }

            values.unflatten(0, Copies, -1).copy_(read.unflatten(0, source.Copies, -1).index_select(0, rows.to(read.device)));
        }
    }

    /// <summary>Does nothing, because constructors register each layer by its name. TorchSharp would register each again, under the name
    /// of its property's field.</summary>
    protected sealed override void RegisterComponents()
    {
    }

    /// <summary>Returns the same values for each copy.</summary>
    /// <param name="shared">The values [N, ch, H, W] or [N, k].</param>
    /// <param name="copies">The number C of copies.</param>
    /// <returns>The values [N, C·ch, H, W] or [C, N, k].</returns>
    public static Tensor Spread(Tensor shared, int copies) =>
        shared.dim() == 2 ? shared.expand(copies, -1, -1) : shared.repeat(1, copies, 1, 1);

    /// <summary>Turns the images of each copy into rows.</summary>
    /// <param name="images">The images [N, C·ch, H, W].</param>
    /// <param name="copies">The number C of copies.</param>
    /// <returns>The rows [C, N, ch·H·W].</returns>
    public static Tensor Flatten(Tensor images, int copies) => images.unflatten(1, copies, -1).transpose(0, 1).flatten(2);

    /// <summary>Normalises the rows of each copy by its own statistics.</summary>
    /// <param name="norm">The batch normalisation of C·k features.</param>
    /// <param name="rows">The rows [C, N, k].</param>
    /// <returns>The normalised rows [C, N, k].</returns>
    public static Tensor Rows(BatchNorm1d norm, Tensor rows) => Back(norm.call(Columns(rows)), rows.shape[0]);

    /// <summary>Normalises groups of features in each row of each copy.</summary>
    /// <param name="norm">The normalisation of groups of C·k features.</param>
    /// <param name="rows">The rows [C, N, k].</param>
    /// <returns>The normalised rows [C, N, k].</returns>
    public static Tensor Rows(TorchSharp.Modules.GroupNorm norm, Tensor rows) =>
        Back(GroupNorms.Rows(norm, Columns(rows)), rows.shape[0]);

    /// <summary>Adds to the graph of an exported model what <see cref="Spread(Tensor, int)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the values [N, ch, H, W] or [N, k].</param>
    /// <param name="copies">The number C of copies.</param>
    /// <param name="images">True for images.</param>
    /// <returns>The name of the values [N, C·ch, H, W] or [C, N, k].</returns>
    public static string Spread(OnnxGraph graph, string h, int copies, bool images) =>
        images ? graph.Add("Tile", [h, graph.Integers(1, copies, 1, 1)]) : graph.Add("Expand", [h, graph.Integers(copies, 1, 1)]);

    /// <summary>Adds to the graph of an exported model what <see cref="Flatten(Tensor, int)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the values [N, C·ch, H, W] or [N, C·k].</param>
    /// <param name="copies">The number C of copies.</param>
    /// <returns>The name of the rows [C, N, k].</returns>
    public static string Flatten(OnnxGraph graph, string h, int copies) =>
        graph.Add("Transpose", graph.Add("Reshape", [h, graph.Integers(0, copies, -1)]), ("perm", new[] { 1, 0, 2 }));

    /// <summary>Adds to the graph of an exported model what <see cref="Rows(BatchNorm1d, Tensor)"/> does, by the running
    /// statistics.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="norm">The batch normalisation of C·k features.</param>
    /// <param name="h">The name of the rows [C, N, k].</param>
    /// <param name="copies">The number C of copies.</param>
    /// <returns>The name of the normalised rows [C, N, k].</returns>
    public static string Rows(OnnxGraph graph, BatchNorm1d norm, string h, int copies) => Flatten(
        graph, graph.BatchNorm(Columns(graph, h), norm), copies);

    /// <summary>Adds to the graph of an exported model what <see cref="Rows(TorchSharp.Modules.GroupNorm, Tensor)"/>
    /// does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="norm">The normalisation of groups of C·k features.</param>
    /// <param name="h">The name of the rows [C, N, k].</param>
    /// <param name="copies">The number C of copies.</param>
    /// <returns>The name of the normalised rows [C, N, k].</returns>
    public static string Rows(OnnxGraph graph, TorchSharp.Modules.GroupNorm norm, string h, int copies) => Flatten(
        graph, graph.GroupNorm(Columns(graph, h), norm, images: false), copies);

    /// <summary>Turns rows [C, N, k] into [N, C·k].</summary>
    private static Tensor Columns(Tensor rows) => rows.transpose(0, 1).flatten(1);

    /// <summary>Turns [N, C·k] into rows [C, N, k].</summary>
    private static Tensor Back(Tensor columns, long copies) => columns.unflatten(1, copies, -1).transpose(0, 1);

    /// <summary>Adds the operators that turn rows [C, N, k] into [N, C·k].</summary>
    private static string Columns(OnnxGraph graph, string h) =>
        graph.Add("Flatten", graph.Add("Transpose", h, ("perm", new[] { 1, 0, 2 })));

    private static int Checked(int copy, Stack stack) => copy >= 0 && copy < stack.Copies ? copy
        : throw new ArgumentOutOfRangeException(nameof(copy), copy, $"the stack has copies 0 to {stack.Copies - 1}");

    private bool HasRowsOf(Tensor values, Tensor read, Stack source) => values.dim() == read.dim()
        && (values.dim() == 0
            || (values.shape[0] * source.Copies == read.shape[0] * Copies && values.shape.AsSpan(1).SequenceEqual(read.shape.AsSpan(1))));

    private static string Shape(Tensor? values) => values is null ? "missing" : $"[{string.Join(", ", values.shape)}]";
}
