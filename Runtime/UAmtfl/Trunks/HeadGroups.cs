using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Parts the features of all tasks among groups whose heads have different layers, and joins what they compute. The groups are
/// known when the code is generated, so that nothing is looked up by a tensor.</summary>
public static class HeadGroups
{
    /// <summary>Returns the features of the tasks of a group.</summary>
    /// <param name="features">The features of all tasks, [T, N, k].</param>
    /// <param name="tasks">The indices of the tasks, ascending.</param>
    /// <returns>The features [G, N, k].</returns>
    public static Tensor Of(Tensor features, int[] tasks)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(tasks);
        return Joined([.. Runs(tasks).Select(run => features.narrow(0, run.First, run.Count))]);
    }

    /// <summary>Joins what the heads of groups compute.</summary>
    /// <param name="groups">The indices of the tasks of each group. Each task is in one group.</param>
    /// <param name="parts">The features that the linear outputs of each group take, [G, N, k].</param>
    /// <returns>The features of all tasks, [T, N, k].</returns>
    public static Tensor Join(int[][] groups, params Tensor[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var all = cat(parts, 0);
        return Joined([.. Runs(Places(groups)).Select(run => all.narrow(0, run.First, run.Count))]);
    }

    /// <summary>Adds to the graph of an exported model what <see cref="Of(Tensor, int[])"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">The name of the features [T, N, k].</param>
    /// <param name="tasks">The indices of the tasks.</param>
    /// <returns>The name of the features [G, N, k].</returns>
    public static string Of(OnnxGraph graph, string features, int[] tasks)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Add("Gather", [features, graph.Integers([.. tasks.Select(t => (long)t)])], ("axis", 0));
    }

    /// <summary>Adds to the graph of an exported model what <see cref="Join(int[][], Tensor[])"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="groups">The indices of the tasks of each group.</param>
    /// <param name="parts">The names of the features of each group.</param>
    /// <returns>The name of the features [T, N, k].</returns>
    public static string Join(OnnxGraph graph, int[][] groups, params string[] parts)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Of(graph, graph.Add("Concat", parts, ("axis", 0)), Places(groups));
    }

    /// <summary>Returns for each task its place in the list of all groups, one after the other.</summary>
    private static int[] Places(int[][] groups)
    {
        int[] order = [.. groups.SelectMany(tasks => tasks)];
        return [.. Enumerable.Range(0, order.Length).Select(task => Array.IndexOf(order, task))];
    }

    /// <summary>Returns numbers as runs of neighbours.</summary>
    private static List<(int First, int Count)> Runs(int[] numbers)
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

        return runs;
    }

    private static Tensor Joined(Tensor[] parts) => parts.Length == 1 ? parts[0] : cat(parts, 0);
}
