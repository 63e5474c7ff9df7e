using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Parts the features of all tasks among groups of tasks whose heads have different layers, and joins what the groups compute.
/// Where each task stands is found once, so that a step only cuts and joins tensors.
/// <para>Heads that end in different numbers of features are joined too: zeros follow the features of a narrow head. The linear outputs
/// of each group have a matrix of their own, and are computed without the zeros.</para></summary>
public sealed partial class HeadGroups
{
    private readonly int[][] groups;
    private readonly int[] places;
    private readonly (int First, int Count)[][] runs;
    private readonly (int First, int Count)[] joined;

    /// <summary>Finds where each task stands.</summary>
    /// <param name="groups">The indices of the tasks of each group, ascending. Each task is in one group.</param>
    public HeadGroups(params int[][] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        this.groups = groups;
        int[] order = [.. groups.SelectMany(tasks => tasks)];
        places = [.. Enumerable.Range(0, order.Length).Select(task => Array.IndexOf(order, task))];
        runs = [.. groups.Select(Runs)];
        joined = Runs(places);
    }

    /// <summary>The indices of the tasks of each group, ascending.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Tasks => groups;

    /// <summary>The number of features in which the heads of each group end; empty if it is the same for all.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [];

    /// <summary>Returns the features of the tasks of a group.</summary>
    /// <param name="features">The features of all tasks, [T, N, k].</param>
    /// <param name="group">The index of the group.</param>
    /// <returns>The features [G, N, k].</returns>
    public Tensor Of(Tensor features, int group) => Cut(features, runs[group]);

    /// <summary>Joins what the heads of the groups compute.</summary>
    /// <param name="parts">The features that the linear outputs of each group take, [G, N, k], or [G, N, k_g] if there are
    /// <see cref="Widths"/>.</param>
    /// <returns>The features of all tasks, [T, N, k], with zeros up to the greatest width.</returns>
    public Tensor Join(params Tensor[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Cut(cat(Padded(parts), 0), joined);
    }

    /// <summary>Adds to the graph of an exported model what <see cref="Of(Tensor, int)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">The name of the features [T, N, k].</param>
    /// <param name="group">The index of the group.</param>
    /// <returns>The name of the features [G, N, k].</returns>
    public string Of(OnnxGraph graph, string features, int group) => Cut(graph, features, groups[group]);

    /// <summary>Adds to the graph of an exported model what <see cref="Join(Tensor[])"/> does for features.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="parts">The names of the features of each group.</param>
    /// <returns>The name of the features [T, N, k].</returns>
    public string Join(OnnxGraph graph, params string[] parts)
    {
        ArgumentNullException.ThrowIfNull(graph);
        string[] wide =
        [
            .. parts.Select((part, i) => Missing(i) is > 0 and var more
                ? graph.Add("Pad", [part, graph.Integers(0, 0, 0, 0, 0, more)])
                : part),
        ];
        return Cut(graph, graph.Add("Concat", wide, ("axis", 0)), places);
    }

    /// <summary>Returns tensors of all groups with zeros in the last dimension, up to the greatest width.</summary>
    private Tensor[] Padded(Tensor[] parts) => Widths.Count == 0 ? parts
        : [.. parts.Select((part, i) => Missing(i) is > 0 and var more ? nn.functional.pad(part, [0, more]) : part)];

    /// <summary>Returns how many zeros follow the features of a group.</summary>
    private int Missing(int group) => Widths.Count == 0 ? 0 : Widths.Max() - Widths[group];

    private static string Cut(OnnxGraph graph, string features, int[] tasks)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Add("Gather", [features, graph.Integers([.. tasks.Select(t => (long)t)])], ("axis", 0));
    }

    private static Tensor Cut(Tensor features, (int First, int Count)[] runs)
    {
        ArgumentNullException.ThrowIfNull(features);
        return runs.Length == 1
            ? features.narrow(0, runs[0].First, runs[0].Count)
            : cat([.. runs.Select(run => features.narrow(0, run.First, run.Count))], 0);
    }

    /// <summary>Returns numbers as runs of neighbours.</summary>
    private static (int First, int Count)[] Runs(int[] numbers)
    {
        List<(int First, int Count)> runs = [];
        foreach (var number in numbers)
        {
            if (runs.Count > 0 && runs[^1] is var (first, count) && first + count == number)
            {
                runs[^1] = (first, count + 1);
            }
            else
            {
                runs.Add((number, 1));
            }
        }

        return [.. runs];
    }
}
