using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Masks the output p of a stretch for each of T tasks, a_t = m_t ⊙ p with m_t = σ(h_t(ReLU(g_t([p; c_t])))) (Liu et al. 2019,
/// eq. 1 and 2). The convolutions of 1×1 are linear maps of the channels of each pixel, in one batched product for all tasks; each is
/// followed by batch normalisation over the pixels of a task.</summary>
/// <remarks>What is different for each task is one batch of T·N samples, task after task, so that a layer which all tasks share takes
/// them as it takes any batch.</remarks>
public sealed class AttentionUnit : nn.Module
{
    private readonly int tasks, channels;

    /// <summary>Creates the unit and draws its weights from the current random state, task after task, g before h.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="channels">The number of channels, or of features, of p.</param>
    /// <param name="hidden">The number of outputs of each g_t.</param>
    /// <param name="carries">True if features c_t of the stretch before stand beside p; false for the first stretch.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    public AttentionUnit(int tasks, int channels, int hidden, bool carries, ScalarType dtype, Device device)
        : base(nameof(AttentionUnit))
    {
        (this.tasks, this.channels) = (tasks, channels);
        Reduce = new(tasks, carries ? 2 * channels : channels, hidden, bias: false, dtype, device);
        ReducedNorm = nn.BatchNorm1d(tasks * hidden, dtype: dtype, device: device);
        Expand = new(tasks, hidden, channels, bias: false, dtype, device);
        ExpandedNorm = nn.BatchNorm1d(tasks * channels, dtype: dtype, device: device);
        register_module(nameof(Reduce), Reduce);
        register_module(nameof(ReducedNorm), ReducedNorm);
        register_module(nameof(Expand), Expand);
        register_module(nameof(ExpandedNorm), ExpandedNorm);
    }

    /// <summary>The maps g_t, of [p; c_t].</summary>
    public StackedLinear Reduce { get; }

    /// <summary>The normalisation after g_t, of T·hidden features, task after task.</summary>
    public BatchNorm1d ReducedNorm { get; }

    /// <summary>The maps h_t.</summary>
    public StackedLinear Expand { get; }

    /// <summary>The normalisation after h_t, of T·channels features, task after task.</summary>
    public BatchNorm1d ExpandedNorm { get; }

    /// <summary>Masks the output of the first stretch.</summary>
    /// <param name="shared">The output p, [N, k] or [N, ch, H, W].</param>
    /// <returns>The features a_t of all tasks, [T·N, k] or [T·N, ch, H, W].</returns>
    public Tensor Attend(Tensor shared)
    {
        var pixels = Pixels(shared);
        return Mask(pixels, pixels, shared.shape);
    }

    /// <summary>Masks the output of a further stretch.</summary>
    /// <param name="shared">The output p, [N, k] or [N, ch, H, W].</param>
    /// <param name="carried">The features c_t that tasks had before, in the shape of p: [T·N, k] or [T·N, ch, H, W].</param>
    /// <returns>The features a_t of all tasks, [T·N, k] or [T·N, ch, H, W].</returns>
    public Tensor Attend(Tensor shared, Tensor carried)
    {
        var pixels = Pixels(shared);
        return Mask(cat([pixels.expand(tasks, -1, -1), Pixels(carried).unflatten(0, tasks, -1)], 2), pixels, shared.shape);
    }

    /// <summary>Adds to the graph of an exported model what <see cref="Attend(Tensor, Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="shared">The name of p.</param>
    /// <param name="carried">The name of c_t; null for the first stretch.</param>
    /// <param name="shape">The shape of one sample of p: (channels, height, width) or (features).</param>
    /// <returns>The name of the features a_t, [T·N, k] or [T·N, ch, H, W].</returns>
    public string Export(OnnxGraph graph, string shared, string? carried, params int[] shape)
    {
        var images = shape.Length == 3;
        var pixels = Pixels(graph, shared, images, [-1, channels]);
        var read = carried is null ? pixels
            : graph.Add(
                "Concat",
                [Stack.Spread(graph, pixels, tasks, images: false), Pixels(graph, carried, images, [tasks, -1, channels])], ("axis", 2));
        var hidden = graph.Add("Relu", Stack.RowsOfAll(graph, ReducedNorm, Reduce.Export(graph, read), tasks));
        var mask = graph.Add("Sigmoid", Stack.RowsOfAll(graph, ExpandedNorm, Expand.Export(graph, hidden), tasks));
        var masked = graph.Add("Mul", [mask, pixels]);   // [T, N·H·W, ch]
        return images
            ? graph.Add(
                "Transpose", graph.Add("Reshape", [masked, graph.Integers(-1, shape[1], shape[2], channels)]),
                ("perm", new[] { 0, 3, 1, 2 }))
            : graph.Add("Reshape", [masked, graph.Integers(-1, channels)]);
    }

    /// <summary>Does nothing, because the constructor registers each layer by its name.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Returns the pixels of images as rows, [N·H·W, ch]; rows are returned as they are.</summary>
    private static Tensor Pixels(Tensor values) => values.dim() == 4 ? values.permute(0, 2, 3, 1).flatten(0, 2) : values;

    private static string Pixels(OnnxGraph graph, string values, bool images, long[] shape) => graph.Add(
        "Reshape", [images ? graph.Add("Transpose", values, ("perm", new[] { 0, 2, 3, 1 })) : values, graph.Integers(shape)]);

    /// <summary>Masks pixels [M, ch] by what is computed from [M, …] or, for each task, from [T, M, …].</summary>
    private Tensor Mask(Tensor read, Tensor pixels, long[] shape)
    {
        var hidden = nn.functional.relu(Stack.RowsOfAll(ReducedNorm, Reduce.call(read)));
        var masked = Stack.RowsOfAll(ExpandedNorm, Expand.call(hidden)).sigmoid().mul(pixels).flatten(0, 1);
        return shape.Length == 4 ? masked.unflatten(0, -1, shape[2], shape[3]).permute(0, 3, 1, 2) : masked;
    }
}
