using UAmtfl.Data;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Evaluation;

/// <summary>Holds the errors, scores, labels and predictions of the test rows in arrays, because metrics that sort are computed on the
/// CPU.</summary>
/// <param name="tasks">The tasks.</param>
/// <param name="errors">The errors [N · T], row after row; NaN if a row is not one of the task's.</param>
/// <param name="scores">The scores [N · T], logits or values; NaN for tasks with several outputs.</param>
/// <param name="labels">The labels [N · T]; NaN for a missing label.</param>
/// <param name="predictions">The predictions [N · T]: 0 or 1, the class, or the value.</param>
internal sealed class HostRows(TaskSet tasks, double[] errors, double[] scores, double[] labels, double[] predictions)
{
    /// <summary>Copies outputs, labels and errors from tensors into arrays.</summary>
    /// <param name="outputs">The outputs [N, M].</param>
    /// <param name="labels">The labels [N, T].</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="errors">The errors [N, T], from <see cref="Evaluator"/>.</param>
    public static HostRows Of(Tensor outputs, Labels labels, TaskSet tasks, Tensor errors)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (raw, columns, targets) = (Copy(outputs), (int)outputs.shape[1], Copy(labels.Values));
        if (labels.Observed is { } observed)
        {
            var seen = Copy(observed);
            targets = [.. targets.Select((y, i) => seen[i] == 0 ? double.NaN : y)];
        }

        var (scores, predictions) = (new double[targets.Length], new double[targets.Length]);
        for (var row = 0; row < targets.Length / tasks.Count; row++)
        {
            var values = raw.AsSpan(row * columns, columns);
            var winner = Largest(values);
            for (int t = 0, column = 0; t < tasks.Count; column += tasks.Tasks[t].Outputs, t++)
            {
                var (task, i) = (tasks.Tasks[t], row * tasks.Count + t);
                scores[i] = task.Outputs == 1 ? values[column] : double.NaN;
                predictions[i] = task.Kind switch
                {
                    TaskKind.Regression => values[column],
                    TaskKind.Binary => (tasks.OneVsAll ? winner == t : values[column] > 0) ? 1 : 0,
                    _ => Largest(values.Slice(column, task.Outputs)),
                };
            }
        }

        return new(tasks, Copy(errors), scores, targets, predictions);
    }

    /// <summary>Returns the index of the largest value, the first one among equals.</summary>
    private static int Largest(ReadOnlySpan<double> values)
    {
        var largest = 0;
        for (var i = 1; i < values.Length; i++)
        {
            largest = values[i] > values[largest] ? i : largest;
        }

        return largest;
    }

    /// <summary>Returns the test rows of one task.</summary>
    /// <param name="task">The index of the task.</param>
    public TaskRows Task(int task)
    {
        var labelled = Enumerable.Range(0, labels.Length / tasks.Count)
            .Select(row => row * tasks.Count + task).Where(i => !double.IsNaN(labels[i])).ToArray();
        return new(
            [.. Enumerable.Range(0, errors.Length / tasks.Count)
                .Select(row => errors[row * tasks.Count + task]).Where(e => !double.IsNaN(e))],
            Array.ConvertAll(labelled, i => scores[i]),
            Array.ConvertAll(labelled, i => labels[i]),
            Array.ConvertAll(labelled, i => predictions[i]));
    }

    /// <summary>Returns the scores as [N][T], as results store them.</summary>
    public float[][] Scores() => Rows(scores);

    /// <summary>Returns the labels as [N][T], as results store them.</summary>
    public float[][] Labels() => Rows(labels);

    private float[][] Rows(double[] values) => [.. values.Select(v => (float)v).Chunk(tasks.Count)];

    private static double[] Copy(Tensor matrix) => matrix.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
}
