using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>C copies of the same layers side by side, each with weights of its own. Each layer is one batched product for all copies. The
/// values of the copies are [N, C·ch, H, W] for images and [C, N, k] for rows.</summary>
/// <param name="name">The name of the module.</param>
/// <param name="copies">The number C of copies, at least 1.</param>
public abstract partial class Stack(string name, int copies) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>The number C of copies. The first dimension of each parameter and buffer is C or a multiple of C, copy after
    /// copy.</summary>
    public int Copies { get; } = copies;

    /// <summary>The number of copies that are applied, 1 to <see cref="Copies"/>, which are the first ones. A network that branches while
    /// it is trained has room for all its later branches, and computes only those that it has.</summary>
    public int Active { get; private set; } = copies;

    /// <summary>Sets how many copies are applied, here and in the stacks of each layer.</summary>
    /// <param name="copies">The number of copies, 1 to <see cref="Copies"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many copies.</exception>
    public void Activate(int copies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(copies, Copies);
        Active = copies;
        foreach (var layer in children().OfType<Stack>())
        {
            layer.Activate(copies);
        }
    }

    /// <summary>Returns the part of a tensor that belongs to the active copies, without copying it.</summary>
    /// <param name="values">The values of all copies, copy after copy in the first dimension.</param>
    protected Tensor Used(Tensor values) =>
        Active == Copies ? values : values.narrow(0, 0, values.shape[0] / Copies * Active);

    /// <summary>Makes the active copies those of some parents, which become active before, and all others 0. A copy can become several,
    /// so that a branch of a network is split.</summary>
    /// <param name="parents">For each copy that is active afterwards the index of the copy that it takes.</param>
    internal void Split(IReadOnlyList<int> parents)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var values in state_dict().Values)
        {
            SplitRows(values, parents);
        }

        Activate(parents.Count);
    }

    /// <summary>Does with values that belong to the copies, such as the moments of an optimiser, what <see cref="Split"/> does.</summary>
    /// <param name="values">The values of all copies, copy after copy in the first dimension, or one number for all.</param>
    /// <param name="parents">For each copy that is active afterwards the index of the copy that it takes.</param>
    internal void SplitRows(Tensor values, IReadOnlyList<int> parents)
    {
        if (values.dim() == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var copies = values.unflatten(0, Copies, -1);
        var rows = tensor([.. parents.Select(parent => (long)parent)], device: values.device);
        var taken = copies.index_select(0, rows);
        values.zero_();
        copies.narrow(0, 0, parents.Count).copy_(taken);
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
}
