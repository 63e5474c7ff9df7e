using UAmtfl.Onnx;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Finds the labels and the outputs of an experiment's regression tasks among those of all tasks.</summary>
internal sealed class RegressionLabels
{
    private readonly bool all;

    /// <summary>The number M of a network's outputs.</summary>
    private readonly int width;

    /// <summary>The columns of the regressions in the data set's labels, [R], ascending.</summary>
    private readonly long[] columns;

    /// <summary>The columns of the same tasks in a network's outputs, [R].</summary>
    private readonly long[] outputs;

    /// <summary>Finds the regressions among the tasks of an experiment.</summary>
    /// <param name="tasks">The tasks of the experiment.</param>
    /// <param name="owned">True if each row belongs to one task, so that labels are [N].</param>
    public RegressionLabels(TaskSet tasks, bool owned)
    {
        var found = tasks.Tasks
            .Select((task, t) => (task.Kind, Column: (long)tasks.LabelColumns[t], Output: tasks.Tasks.Take(t).Sum(b => (long)b.Outputs)))
            .Where(t => t.Kind == TaskKind.Regression)
            .OrderBy(t => t.Column)
            .ToList();
        columns = [.. found.Select(t => t.Column)];
        outputs = [.. found.Select(t => t.Output)];
        (Owned, all, width) = (owned, found.Count == tasks.Count, tasks.Tasks.Sum(t => t.Outputs));
    }

    /// <summary>True if each row is of one task, so that labels are [N].</summary>
    public bool Owned { get; }

    /// <summary>The number R of regressions.</summary>
    public int Count => columns.Length;

    /// <summary>Selects the labels of the regressions.</summary>
    /// <param name="samples">The samples.</param>
    /// <returns>The labels [N, R]; or, if each row belongs to one task, the labels [N'] of the rows of regressions.</returns>
    public Tensor Of(Samples samples) => all ? samples.Labels : samples.Labels.index_select(Dimension, Places(samples));

    /// <summary>Returns the labels with those of the regressions changed.</summary>
    /// <param name="samples">The samples, which stay as they are.</param>
    /// <param name="change">Changes the result of <see cref="Of"/> and keeps its shape.</param>
    /// <returns>The labels in the shape of those of the samples.</returns>
    public Tensor Replaced(Samples samples, Func<Tensor, Tensor> change) =>
        all ? change(samples.Labels) : samples.Labels.index_copy(Dimension, Places(samples), change(Of(samples)));

    /// <summary>Returns the outputs with those of the regressions changed.</summary>
    /// <param name="values">The outputs [N, M], in the order of the network's tasks.</param>
    /// <param name="change">Changes the outputs [N, R] of regressions, or [N · R] if each row belongs to one task, and keeps their
    /// shape.</param>
    /// <returns>The outputs [N, M].</returns>
    public Tensor ReplacedOutputs(Tensor values, Func<Tensor, Tensor> change)
    {
        using var scope = NewDisposeScope();
        var places = tensor(outputs, device: values.device);
        var chosen = values.index_select(1, places);
        var changed = Owned ? change(chosen.flatten()).reshape(chosen.shape) : change(chosen);
        return values.index_copy(1, places, changed).MoveToOuterDisposeScope();
    }

    /// <summary>Adds to the graph of an exported model what <see cref="ReplacedOutputs(Tensor, Func{Tensor, Tensor})"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">The name of the outputs [N, M], in the order of the network's tasks.</param>
    /// <param name="change">Adds a change of outputs [N, R], or [N · R] if each row belongs to one task, that keeps their shape.</param>
    /// <returns>The name of the outputs [N, M].</returns>
    public string ReplacedOutputs(OnnxGraph graph, string values, Func<string, string> change)
    {
        var chosen = graph.Add("Gather", [values, graph.Integers(outputs)], ("axis", 1));
        var changed = Owned
            ? graph.Add("Reshape", [change(graph.Add("Reshape", [chosen, graph.Integers(-1)])), graph.Add("Shape", chosen)])
            : change(chosen);
        var both = graph.Add("Concat", [changed, values], ("axis", 1));   // [N, R + M]
        long[] places = [.. Enumerable.Range(0, width).Select(m => Array.IndexOf(outputs, m) is >= 0 and var r ? r : Count + m)];
        return graph.Add("Gather", [both, graph.Integers(places)], ("axis", 1));
    }

    private int Dimension => Owned ? 0 : 1;

    private Tensor Places(Samples samples)
    {
        var places = tensor(columns, device: samples.Labels.device);
        return samples.Owner is { } owner ? owner.unsqueeze(1).eq(places.unsqueeze(0)).any(1).nonzero().squeeze(1) : places;
    }
}
