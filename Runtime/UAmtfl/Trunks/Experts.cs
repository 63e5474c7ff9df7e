using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Arranges the outputs of experts and the streams between levels of experts: C of them side by side are [C, N, k] for rows of
/// features and [N, C·ch, H, W] for images.</summary>
public static class Experts
{
    /// <summary>Returns what gates read: the rows of features, or the mean of each channel of images.</summary>
    /// <param name="input">The input of the experts, [N, d] or [N, d, H, W].</param>
    /// <returns>The rows [N, d].</returns>
    internal static Tensor Pooled(Tensor input) => input.dim() == 4 ? input.mean([2, 3]) : input;

    /// <summary>Puts experts side by side with further ones.</summary>
    /// <param name="first">The outputs of the first experts.</param>
    /// <param name="further">The outputs of the further experts.</param>
    public static Tensor Join(Tensor first, Tensor further) => cat([first, further], first.dim() == 4 ? 1 : 0);

    /// <summary>Returns one of several streams.</summary>
    /// <param name="streams">The streams.</param>
    /// <param name="index">The index of the stream.</param>
    /// <param name="count">The number of streams.</param>
    /// <returns>The stream [N, k] or [N, ch, H, W].</returns>
    public static Tensor Stream(Tensor streams, int index, int count)
    {
        if (streams.dim() == 3)
        {
            return streams.select(0, index);
        }

        var channels = streams.shape[1] / count;
        return streams.narrow(1, index * channels, channels);
    }

    /// <summary>Repeats the streams of the tasks, which stand before the shared one, for several experts of each task.</summary>
    /// <param name="streams">The streams of T tasks and the shared one.</param>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="times">The number of experts of each task.</param>
    /// <returns>The inputs of T·times experts, task after task.</returns>
    public static Tensor ForOwn(Tensor streams, int tasks, int times)
    {
        if (streams.dim() == 3)
        {
            return streams.narrow(0, 0, tasks).repeat_interleave(times, 0);
        }

        var apart = streams.unflatten(1, tasks + 1, -1).narrow(1, 0, tasks);
        return times == 1 ? apart.flatten(1, 2) : apart.repeat_interleave(times, 1).flatten(1, 2);
    }

    /// <summary>Mixes the outputs of E experts by weights that are given for each sample and each of G gates.</summary>
    /// <param name="weights">The weights [N, G, E].</param>
    /// <param name="experts">The outputs of E experts.</param>
    /// <returns>The mixtures [G, N, k] or [N, G·ch, H, W].</returns>
    public static Tensor Mix(Tensor weights, Tensor experts) => experts.dim() == 3
        ? weights.bmm(experts.transpose(0, 1)).transpose(0, 1)
        : weights.bmm(experts.unflatten(1, weights.shape[2], -1).flatten(2))
            .view(experts.shape[0], -1, experts.shape[2], experts.shape[3]);

    /// <summary>Adds to the graph of an exported model what <see cref="Join(Tensor, Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="first">The name of the outputs of the first experts.</param>
    /// <param name="further">The name of the outputs of the further experts.</param>
    /// <param name="images">True for images.</param>
    public static string Join(OnnxGraph graph, string first, string further, bool images) =>
        graph.Add("Concat", [first, further], ("axis", images ? 1 : 0));

    /// <summary>Adds to the graph of an exported model what <see cref="Stream(Tensor, int, int)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="streams">The name of the streams.</param>
    /// <param name="index">The index of the stream.</param>
    /// <param name="channels">The number of channels of an image; 0 for rows.</param>
    public static string Stream(OnnxGraph graph, string streams, int index, int channels) => channels == 0
        ? graph.Add("Gather", [streams, graph.Integer(index)], ("axis", 0))
        : graph.Add(
            "Slice", [streams, graph.Integers(index * channels), graph.Integers((index + 1) * channels), graph.Integers(1)]);

    /// <summary>Adds to the graph of an exported model what <see cref="ForOwn(Tensor, int, int)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="streams">The name of the streams.</param>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="times">The number of experts of each task.</param>
    /// <param name="channels">The number of channels of an image; 0 for rows.</param>
    public static string ForOwn(OnnxGraph graph, string streams, int tasks, int times, int channels)
    {
        var owners = Enumerable.Range(0, tasks).SelectMany(task => Enumerable.Repeat((long)task, times));
        return channels == 0
            ? graph.Add("Gather", [streams, graph.Integers([.. owners])], ("axis", 0))
            : graph.Add(
                "Gather",
                [streams, graph.Integers([.. owners.SelectMany(t => Enumerable.Range(0, channels).Select(c => (t * channels) + c))])],
                ("axis", 1));
    }

    /// <summary>Adds to the graph of an exported model what <see cref="Mix(Tensor, Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weights">The name of the weights [N, G, E], or [G, E] for weights that do not depend on the sample.</param>
    /// <param name="experts">The name of the outputs of E experts.</param>
    /// <param name="gates">The number G of gates.</param>
    /// <param name="count">The number E of experts.</param>
    /// <param name="shape">The shape of one sample of one expert: (channels, height, width) or (features).</param>
    internal static string Mix(OnnxGraph graph, string weights, string experts, int gates, int count, int[] shape)
    {
        if (shape.Length == 1)
        {
            var byRow = graph.Add("Transpose", experts, ("perm", new[] { 1, 0, 2 }));
            return graph.Add("Transpose", graph.Add("MatMul", [weights, byRow]), ("perm", new[] { 1, 0, 2 }));
        }

        var flat = graph.Add("Reshape", [experts, graph.Integers(0, count, -1)]);
        return graph.Add("Reshape", [graph.Add("MatMul", [weights, flat]), graph.Integers(0, gates * shape[0], shape[1], shape[2])]);
    }
}
