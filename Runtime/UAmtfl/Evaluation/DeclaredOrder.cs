using UAmtfl.Data;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Evaluation;

/// <summary>Brings what a network computes into the order in which its tasks are declared. The network puts tasks of one kind side by side,
/// because one loss then serves all of them; whoever reads tables and files knows the declaration.</summary>
/// <param name="tasks">The tasks in the network's order.</param>
internal sealed class DeclaredOrder(TaskSet tasks)
{
    /// <summary>[T], the network's index of each task as declared.</summary>
    private readonly int[] places = [.. Enumerable.Range(0, tasks.Count).OrderBy(t => tasks.LabelColumns[t])];

    private bool IsTheNetworks => !places.Where((place, t) => place != t).Any();

    /// <summary>The tasks as declared.</summary>
    public TaskSet Tasks => IsTheNetworks ? tasks : tasks.Declared;

    /// <summary>[T] values of the tasks.</summary>
    /// <param name="values">[T], in the network's order.</param>
    public T[] Of<T>(IReadOnlyList<T> values) => Array.ConvertAll(places, place => values[place]);

    /// <summary>[T][T], rows and columns.</summary>
    /// <param name="matrix">[T][T], in the network's order.</param>
    public T[][] Matrix<T>(T[][] matrix) => Array.ConvertAll(Of(matrix), row => Of(row));

    /// <summary>[N, M] outputs, those of a task side by side as before.</summary>
    /// <param name="outputs">[N, M], in the network's order.</param>
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

    /// <summary>[N, T] labels.</summary>
    /// <param name="labels">[N, T], without an owner, in the network's order.</param>
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
