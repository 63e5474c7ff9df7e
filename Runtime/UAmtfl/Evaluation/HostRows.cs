using UAmtfl.Data;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Evaluation;

/// <summary>Test rows in ordinary arrays, where metrics that sort are computed.</summary>
/// <param name="tasks">The tasks.</param>
/// <param name="errors">[N · T], row after row; NaN where a row is not one of the task's.</param>
/// <param name="scores">[N · T], logits and values; NaN for tasks with several outputs.</param>
/// <param name="labels">[N · T], NaN where missing.</param>
/// <param name="predictions">[N · T], 0 or 1, the class, or the value.</param>
internal sealed class HostRows(TaskSet tasks, double[] errors, double[] scores, double[] labels, double[] predictions)
{
    /// <summary>Copies them.</summary>
    /// <param name="outputs">[N, M].</param>
    /// <param name="labels">[N, T].</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="errors">[N, T], from <see cref="Evaluator"/>.</param>
    public static HostRows Of(Tensor outputs, Labels labels, TaskSet tasks, Tensor errors)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (scores, predictions) = (new List<Tensor>(), new List<Tensor>());
        var winner = tasks.OneVsAll ? outputs.argmax(1, keepdim: true) : null;
        for (int t = 0, column = 0; t < tasks.Count; column += tasks.Tasks[t].Outputs, t++)
        {
            var task = tasks.Tasks[t];
            var own = outputs.narrow(1, column, task.Outputs);
            scores.Add(task.Outputs == 1 ? own : full_like(own.narrow(1, 0, 1), double.NaN));
            predictions.Add((task.Kind switch
            {
                TaskKind.Regression => own,
                TaskKind.Binary => winner is null ? own.gt(0) : winner.eq(t),
                _ => own.argmax(1, keepdim: true),
            }).to(outputs.dtype));
        }

        var values = labels.Observed is { } observed ? labels.Values.masked_fill(observed.eq(0), double.NaN) : labels.Values;
        return new(tasks, Copy(errors), Copy(cat(scores, 1)), Copy(values), Copy(cat(predictions, 1)));
    }

    /// <summary>The rows of one task.</summary>
    /// <param name="task">Which.</param>
    public TaskRows Task(int task)
    {
        var labelled = Enumerable.Range(0, labels.Length / tasks.Count).Select(row => row * tasks.Count + task).Where(i => !double.IsNaN(labels[i])).ToArray();
        return new(
            [.. Enumerable.Range(0, errors.Length / tasks.Count).Select(row => errors[row * tasks.Count + task]).Where(e => !double.IsNaN(e))],
            Array.ConvertAll(labelled, i => scores[i]),
            Array.ConvertAll(labelled, i => labels[i]),
            Array.ConvertAll(labelled, i => predictions[i]));
    }

    /// <summary>[N][T], the scores, for storing.</summary>
    public float[][] Scores() => Rows(scores);

    /// <summary>[N][T], the labels, for storing.</summary>
    public float[][] Labels() => Rows(labels);

    private float[][] Rows(double[] values) => [.. values.Select(v => (float)v).Chunk(tasks.Count)];

    private static double[] Copy(Tensor matrix) => matrix.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
}
