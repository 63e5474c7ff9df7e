using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <content>The linear outputs of groups whose heads end in different numbers of features. Each group has a matrix of weights, and W is
/// these matrices with zeros after the rows of the narrow ones.</content>
public sealed partial class HeadGroups
{
    private readonly (int Tasks, int Outputs)[][] products = [];
    private readonly HeadGroups? columns;

    /// <summary>The number of outputs of each task; empty if the linear outputs of all tasks have one matrix.</summary>
    public IReadOnlyList<int> OutputCounts
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
            columns = new([.. groups.Select(tasks => tasks.SelectMany(Columns).ToArray())]);
            products = [.. groups.Select(tasks => Neighbours(tasks.Select(task => value[task])))];

            IEnumerable<int> Columns(int task) => Enumerable.Range(value.Take(task).Sum(), value[task]);
        }
    } = [];

    private HeadGroups Rows => columns ?? throw new InvalidOperationException("Groups with matrices of their own need OutputCounts.");

    /// <summary>Returns the features that the linear outputs of each group take.</summary>
    /// <param name="features">The features of all tasks, [T, N, k], with zeros up to the greatest width.</param>
    /// <returns>The features of each group, [G, N, k_g].</returns>
    public Tensor[] Parts(Tensor features) => [.. groups.Select((_, group) => Of(features, group).narrow(2, 0, Widths[group]))];

    /// <summary>Returns the linear outputs of all tasks without their biases, in one batched product for each group, or for each of
    /// several numbers of outputs that the group's tasks have.</summary>
    /// <param name="parts">The features that the linear outputs of each group take, [G, N, k_g].</param>
    /// <param name="weights">The matrix of each group, [M_g, k_g], one row an output.</param>
    /// <returns>The outputs [N, M].</returns>
    public Tensor Products(IReadOnlyList<Tensor> parts, params Tensor[] weights)
    {
        ArgumentNullException.ThrowIfNull(parts);
        List<Tensor> outputs = [];
        foreach (var (features, weight, neighbours) in parts.Zip(weights, products))
        {
            var (task, row) = (0, 0);
            foreach (var (tasks, count) in neighbours)
            {
                var (z, w) = (features.narrow(0, task, tasks), weight.narrow(0, row, tasks * count));
                outputs.Add(count == 1
                    ? z.bmm(w.unsqueeze(2)).squeeze(2)
                    : z.bmm(w.unflatten(0, tasks, count).transpose(1, 2)).transpose(1, 2).flatten(0, 1));
                (task, row) = (task + tasks, row + (tasks * count));
            }
        }

        return InOrderOfOutputs([.. outputs]).t();
    }

    /// <summary>Returns W from the matrices of the groups.</summary>
    /// <param name="weights">The matrix of each group, [M_g, k_g], one row an output.</param>
    /// <returns>W [M, k], in which zeros follow the k_g numbers of a row up to the greatest width.</returns>
    public Tensor Weights(params Tensor[] weights) => InOrderOfOutputs(Padded(weights));

    /// <summary>Returns the part of a gradient with respect to W that belongs to the matrix of a group.</summary>
    /// <param name="gradient">The gradient [M, k].</param>
    /// <param name="group">The index of the group.</param>
    /// <returns>The gradient [M_g, k_g].</returns>
    internal Tensor OfWeights(Tensor gradient, int group) => Rows.Of(gradient, group).narrow(1, 0, Widths[group]);

    /// <summary>Joins what groups have for each output, and puts it into the order of the outputs.</summary>
    /// <param name="parts">What the groups have, [M_g, …], the rest of the same shape.</param>
    internal Tensor InOrderOfOutputs(Tensor[] parts) => Cut(cat(parts, 0), Rows.joined);

    /// <summary>Returns how many neighbouring numbers are the same, with the number.</summary>
    private static (int Tasks, int Outputs)[] Neighbours(IEnumerable<int> counts)
    {
        List<(int Tasks, int Outputs)> found = [];
        foreach (var count in counts)
        {
            var same = found.Count > 0 && found[^1].Outputs == count;
            if (same)
            {
                found[^1] = (found[^1].Tasks + 1, count);
            }
            else
            {
                found.Add((1, count));
            }
        }

        return [.. found];
    }
}
