using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <content>The layers that normalise. Those of TorchSharp know nothing of copies, so that a stack gives them the part of their parameters
/// and statistics that belongs to the active ones.</content>
public abstract partial class Stack
{
    /// <summary>Normalises the rows of each copy by its own statistics.</summary>
    /// <param name="norm">The batch normalisation of C·k features.</param>
    /// <param name="rows">The rows [C, N, k].</param>
    /// <returns>The normalised rows [C, N, k].</returns>
    protected Tensor Rows(BatchNorm1d norm, Tensor rows) => Back(Normalised(norm, Columns(rows)), rows.shape[0]);

    /// <summary>Normalises the rows of each copy by its own statistics, outside of a stack.</summary>
    /// <param name="norm">The batch normalisation of C·k features.</param>
    /// <param name="rows">The rows [C, N, k].</param>
    /// <returns>The normalised rows [C, N, k].</returns>
    internal static Tensor RowsOfAll(BatchNorm1d norm, Tensor rows) => Back(norm.call(Columns(rows)), rows.shape[0]);

    /// <summary>Adds to the graph of an exported model what <see cref="RowsOfAll(BatchNorm1d, Tensor)"/> does, by the running
    /// statistics.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="norm">The batch normalisation of C·k features.</param>
    /// <param name="h">The name of the rows [C, N, k].</param>
    /// <param name="copies">The number C of copies.</param>
    /// <returns>The name of the normalised rows [C, N, k].</returns>
    internal static string RowsOfAll(OnnxGraph graph, BatchNorm1d norm, string h, int copies) =>
        Flatten(graph, graph.BatchNorm(Columns(graph, h), norm), copies);

    /// <summary>Normalises groups of features in each row of each copy.</summary>
    /// <param name="norm">The normalisation of groups of C·k features.</param>
    /// <param name="rows">The rows [C, N, k].</param>
    /// <returns>The normalised rows [C, N, k].</returns>
    protected Tensor Rows(TorchSharp.Modules.GroupNorm norm, Tensor rows) => Back(Images(norm, Columns(rows)), rows.shape[0]);

    /// <summary>Normalises the channels of each copy by its own statistics.</summary>
    /// <param name="norm">The batch normalisation of C·ch channels.</param>
    /// <param name="images">The images [N, C·ch, H, W].</param>
    /// <returns>The normalised images [N, C·ch, H, W].</returns>
    protected Tensor Images(BatchNorm2d norm, Tensor images) => Normalised(norm, images);

    /// <summary>Normalises groups of channels in each image of each copy.</summary>
    /// <param name="norm">The normalisation of groups of C·ch channels.</param>
    /// <param name="images">The images [N, C·ch, H, W], or rows [N, C·ch].</param>
    /// <returns>The normalised values.</returns>
    protected Tensor Images(TorchSharp.Modules.GroupNorm norm, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(norm);
        return nn.functional.group_norm(images, norm.num_groups / Copies * Active, Used(norm.weight!), Used(norm.bias!), norm.eps);
    }

    /// <summary>Adds to the graph of an exported model what <see cref="Rows(BatchNorm1d, Tensor)"/> does, by the running
    /// statistics.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="norm">The batch normalisation of C·k features.</param>
    /// <param name="h">The name of the rows [C, N, k].</param>
    /// <returns>The name of the normalised rows [C, N, k].</returns>
    protected string Rows(OnnxGraph graph, BatchNorm1d norm, string h) => Flatten(
        graph, Normalised(graph, norm, Columns(graph, h)), Active);

    /// <summary>Adds to the graph of an exported model what <see cref="Rows(TorchSharp.Modules.GroupNorm, Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="norm">The normalisation of groups of C·k features.</param>
    /// <param name="h">The name of the rows [C, N, k].</param>
    /// <returns>The name of the normalised rows [C, N, k].</returns>
    protected string Rows(OnnxGraph graph, TorchSharp.Modules.GroupNorm norm, string h) => Flatten(
        graph, Normalised(graph, norm, Columns(graph, h), images: false), Active);

    /// <summary>Adds to the graph of an exported model what <see cref="Images(BatchNorm2d, Tensor)"/> does, by the running
    /// statistics.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="norm">The batch normalisation of C·ch channels.</param>
    /// <param name="h">The name of the images [N, C·ch, H, W].</param>
    /// <returns>The name of the normalised images.</returns>
    protected string Images(OnnxGraph graph, BatchNorm2d norm, string h) => Normalised(graph, norm, h);

    /// <summary>Adds to the graph of an exported model what <see cref="Images(TorchSharp.Modules.GroupNorm, Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="norm">The normalisation of groups of C·ch channels.</param>
    /// <param name="h">The name of the images [N, C·ch, H, W].</param>
    /// <returns>The name of the normalised images.</returns>
    protected string Images(OnnxGraph graph, TorchSharp.Modules.GroupNorm norm, string h) => Normalised(graph, norm, h, images: true);

    private protected Tensor Normalised(BatchNorm norm, Tensor input)
    {
        if (Active == Copies)
        {
            return norm.call(input);
        }

        if (norm.training)
        {
            norm.num_batches_tracked!.add_(1);
        }

        return nn.functional.batch_norm(
            input, Used(norm.running_mean!), Used(norm.running_var!), Used(norm.weight!), Used(norm.bias!), norm.training,
            norm.momentum ?? 0.1, norm.eps);
    }

    private protected string Normalised(OnnxGraph graph, BatchNorm norm, string h) => graph.BatchNorm(
        h, Used(norm.weight!), Used(norm.bias!), Used(norm.running_mean!), Used(norm.running_var!), norm.eps);

    private string Normalised(OnnxGraph graph, TorchSharp.Modules.GroupNorm norm, string h, bool images)
    {
        ArgumentNullException.ThrowIfNull(norm);
        return graph.GroupNorm(h, Used(norm.weight!), Used(norm.bias!), norm.num_groups / Copies * Active, norm.eps, images);
    }

    /// <summary>Turns rows [C, N, k] into [N, C·k].</summary>
    private static Tensor Columns(Tensor rows) => rows.transpose(0, 1).flatten(1);

    /// <summary>Turns [N, C·k] into rows [C, N, k].</summary>
    private static Tensor Back(Tensor columns, long copies) => columns.unflatten(1, copies, -1).transpose(0, 1);

    /// <summary>Adds the operators that turn rows [C, N, k] into [N, C·k].</summary>
    private static string Columns(OnnxGraph graph, string h) =>
        graph.Add("Flatten", graph.Add("Transpose", h, ("perm", new[] { 1, 0, 2 })));
}
