using UAmtfl.Data;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Evaluation;

/// <summary>Reorders the results of a network from its own order of the tasks to that of their declaration. The orders differ because the
/// network puts tasks of one kind side by side, so that one loss serves all of them.</summary>
/// <param name="tasks">The tasks in the order of the network.</param>
internal sealed class DeclaredOrder(TaskSet tasks)
{
    /// <summary>The index in the network of each task, [T], with the tasks in the order of declaration.</summary>
    private readonly int[] places = [.. Enumerable.Range(0, tasks.Count).OrderBy(t => tasks.LabelColumns[t])];

    private bool IsTheNetworks => !places.Where((place, t) => place != t).Any();

    /// <summary>The tasks in the order of their declaration.</summary>
    public TaskSet Tasks => IsTheNetworks ? tasks : tasks.Declared;

    /// <summary>Returns the values of the tasks, [T], in the order of declaration.</summary>
    /// <param name="values">The values [T] in the order of the network.</param>
    public T[] Of<T>(IReadOnlyList<T> values) => Array.ConvertAll(places, place => values[place]);

    /// <summary>Returns a matrix of tasks by tasks, [T][T], with rows and columns in the order of declaration.</summary>
    /// <param name="matrix">The matrix [T][T] in the order of the network.</param>
    public T[][] Matrix<T>(T[][] matrix) => Array.ConvertAll(Of(matrix), row => Of(row));

    /// <summary>Returns the outputs, [N, M], with the tasks in the order of declaration; the outputs of one task keep their
    /// order.</summary>
    /// <param name="outputs">The outputs [N, M] in the order of the network.</param>
    public Tensor Outputs(Tensor outputs)
    {
        if (IsTheNetworks)
        {
            return outputs;
        }

        int[] firsts = [.. tasks.Tasks.Select((_, t) => tasks.Tasks.Take(t).Sum(before => before.Outputs))];
        long[] order = [.. places.SelectMany(t => Enumerable.Range(firsts[t], tasks.Tasks[t].Outputs))];
        using var columns = tensor(order, device: outputs.device);
        return outputs.index_select(1, columns);
    }

    /// <summary>Returns the labels, [N, T], with the tasks in the order of declaration.</summary>
    /// <param name="labels">The labels [N, T] in the order of the network; rows must not belong to one task each.</param>
    public Labels Labels(Labels labels)
    {
        if (IsTheNetworks)
        {
            return labels;
        }

        using var columns = tensor(places.Select(p => (long)p).ToArray(), device: labels.Values.device);
        return new(labels.Values.index_select(1, columns), labels.Observed?.index_select(1, columns));
    }
}
