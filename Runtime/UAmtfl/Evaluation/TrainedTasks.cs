using UAmtfl.Data;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Evaluation;

/// <summary>The tasks that a variant is trained on. Labels and outputs of the others are taken away, so that nothing is learnt from them
/// and no number is reported of them.</summary>
/// <param name="tasks">The tasks of the experiment, in the order of the labels and outputs.</param>
/// <param name="names">The names of those that the variant is trained on; null for all.</param>
internal sealed class TrainedTasks(TaskSet tasks, IReadOnlyList<string>? names)
{
    private readonly bool[] trained = [.. tasks.Tasks.Select(t => names is null || names.Contains(t.Name))];

    private bool AreAll => !trained.Contains(false);

    /// <summary>Returns the labels, of which those of other tasks are missing; the same if all tasks are trained.</summary>
    /// <param name="labels">The labels [N, T].</param>
    public Labels Of(Labels labels)
    {
        if (AreAll)
        {
            return labels;
        }

        using var scope = NewDisposeScope();
        var values = labels.Values;
        var mask = tensor(trained).to(values.dtype).to(values.device);
        var observed = labels.Observed is { } seen ? seen * mask : mask.expand_as(values).contiguous();
        return new((values * mask).MoveToOuterDisposeScope(), observed.MoveToOuterDisposeScope())
        {
            Probabilities = labels.Probabilities,
        };
    }

    /// <summary>Returns the outputs, of which those of other tasks are NaN; the same if all tasks are trained.</summary>
    /// <param name="outputs">The outputs [N, M].</param>
    public Tensor Of(Tensor outputs)
    {
        if (AreAll)
        {
            return outputs;
        }

        using var scope = NewDisposeScope();
        var columns = tensor(tasks.Tasks.SelectMany((t, i) => Enumerable.Repeat(!trained[i], t.Outputs)).ToArray());
        return outputs.masked_fill(columns.to(outputs.device), double.NaN).MoveToOuterDisposeScope();
    }
}
