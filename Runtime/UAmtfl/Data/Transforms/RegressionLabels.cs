using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Finds the labels and the outputs of an experiment's regression tasks among those of all tasks.</summary>
internal sealed class RegressionLabels
{
    private readonly bool owned;
    private readonly bool all;

    /// <summary>[R], the columns of the regressions in the data set's labels, ascending.</summary>
    private readonly long[] columns;

    /// <summary>[R], the columns of the same tasks in a network's outputs.</summary>
    private readonly long[] outputs;

    /// <summary>Finds the regressions.</summary>
    /// <param name="tasks">The experiment's tasks.</param>
    /// <param name="owned">True if each row is of one task, so that labels are [N].</param>
    public RegressionLabels(TaskSet tasks, bool owned)
    {
        var found = tasks.Tasks
            .Select((task, t) => (task.Kind, Column: (long)tasks.LabelColumns[t], Output: tasks.Tasks.Take(t).Sum(b => (long)b.Outputs)))
            .Where(t => t.Kind == TaskKind.Regression)
            .OrderBy(t => t.Column)
            .ToList();
        columns = [.. found.Select(t => t.Column)];
        outputs = [.. found.Select(t => t.Output)];
        (this.owned, all) = (owned, found.Count == tasks.Count);
    }

    /// <summary>R, how many tasks are regressions.</summary>
    public int Count => columns.Length;

    /// <summary>Selects the labels of the regressions.</summary>
    /// <param name="samples">Some samples.</param>
    /// <returns>[N, R]; or [N'], the rows of the regressions, where each row is of one task.</returns>
    public Tensor Of(Samples samples) => all ? samples.Labels : samples.Labels.index_select(Dimension, Places(samples));

    /// <summary>Changes the labels of the regressions and leaves the others.</summary>
    /// <param name="samples">Some samples; they stay as they are.</param>
    /// <param name="change">Takes what <see cref="Of"/> gives, and keeps its shape.</param>
    /// <returns>Labels in the shape of those of the samples.</returns>
    public Tensor Replaced(Samples samples, Func<Tensor, Tensor> change) =>
        all ? change(samples.Labels) : samples.Labels.index_copy(Dimension, Places(samples), change(Of(samples)));

    /// <summary>Changes the outputs of the regressions and leaves the others.</summary>
    /// <param name="values">[N, M], in the order of the network's tasks.</param>
    /// <param name="change">Takes [N, R] or, where each row is of one task, [N · R]; keeps the shape.</param>
    /// <returns>[N, M]</returns>
    public Tensor ReplacedOutputs(Tensor values, Func<Tensor, Tensor> change)
    {
        using var scope = NewDisposeScope();
        var places = tensor(outputs, device: values.device);
        var chosen = values.index_select(1, places);
        var changed = owned ? change(chosen.flatten()).reshape(chosen.shape) : change(chosen);
        return values.index_copy(1, places, changed).MoveToOuterDisposeScope();
    }

    private int Dimension => owned ? 0 : 1;

    private Tensor Places(Samples samples)
    {
        var places = tensor(columns, device: samples.Labels.device);
        return samples.Owner is { } owner ? owner.unsqueeze(1).eq(places.unsqueeze(0)).any(1).nonzero().squeeze(1) : places;
    }
}
