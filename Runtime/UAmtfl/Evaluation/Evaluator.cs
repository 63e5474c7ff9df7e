using UAmtfl.Data;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Losses;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Evaluation;

/// <summary>The losses and errors of a network's outputs on a set of rows.</summary>
/// <param name="OverallError">The multi-class error of one-vs-all tasks whose headline metric is the error, else the mean of the task
/// errors that are defined. It is NaN if tasks have different headline metrics, because their mean would have no unit;
/// <see cref="RelativeError"/> then takes its place.</param>
/// <param name="TaskErrors">The headline metric of each task as a loss, [T], as <see cref="CellResult.TaskErrors"/>.</param>
/// <param name="TaskLosses">The mean loss of each task, [T].</param>
/// <param name="RowErrors">The error of each task on each row, [N, T], on the CPU: 0 or 1, or a squared error; NaN if a row is not one
/// of the task's.</param>
public sealed record EvaluationResult(double OverallError, double[] TaskErrors, double[] TaskLosses, Tensor RowErrors);

/// <summary>Measures the losses and errors of a network's outputs.</summary>
public static class Evaluator
{
    /// <summary>Measures the losses and errors of outputs against labels.</summary>
    /// <param name="outputs">The outputs [N, M] of <c>Variant.Predict</c>.</param>
    /// <param name="labels">The labels [N, T], in the order of the tasks.</param>
    /// <param name="tasks">The tasks.</param>
    public static EvaluationResult Evaluate(Tensor outputs, Labels labels, TaskSet tasks)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var losses = new double[tasks.Count];
        var errors = new List<Tensor>();
        var column = 0;
        for (var t = 0; t < tasks.Count; column += tasks.Tasks[t].Outputs, t++)
        {
            var task = tasks.Tasks[t];
            var own = outputs.narrow(1, column, task.Outputs);
            var target = labels.Tasks(t, 1);
            losses[t] = TaskLoss(task.Kind, own, target).ToDouble();
            errors.Add(RowError(task.Kind, own, target));
        }

        var rows = tasks.OneVsAll ? OneVsAll(outputs, labels) : cat(errors, 1);
        var (means, all) = Means(rows.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray(), tasks.Count);
        if (!tasks.OneVsAll || !tasks.MetricOf(TaskKind.Binary).IsMean())
        {
            ToHeadline(means, outputs, labels, tasks, rows);
            all = tasks.CommonMetric is null ? double.NaN : MeanOfDefined(means);
        }

        return new(all, means, losses, rows.cpu().MoveToOuterDisposeScope());
    }

    /// <summary>Replaces the means of row errors by the headline metrics as losses, for the tasks whose metric is not such a mean. For
    /// the usual metrics it allocates nothing, because every validation calls it.</summary>
    private static void ToHeadline(double[] means, Tensor outputs, Labels labels, TaskSet tasks, Tensor rows)
    {
        HostRows? host = null;
        for (var t = 0; t < means.Length; t++)
        {
            var metric = tasks.MetricOf(tasks.Tasks[t].Kind);
            if (metric == TaskMetric.Rmse)
            {
                means[t] = Math.Sqrt(means[t]);
            }
            else if (!metric.IsMean())
            {
                host ??= HostRows.Of(outputs, labels, tasks, rows);
                means[t] = metric.Loss(RowMetric.Create(metric, host.Task(t)).Value());
            }
        }
    }

    private static double MeanOfDefined(double[] values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            sum += double.IsNaN(value) ? 0 : value;
            count += double.IsNaN(value) ? 0 : 1;
        }

        return sum / count;
    }

    /// <summary>Returns the mean of each column and of all values, NaNs left out.</summary>
    private static (double[] Columns, double All) Means(double[] values, int columns)
    {
        var sums = new double[columns];
        var counts = new int[columns];
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                sums[i % columns] += values[i];
                counts[i % columns]++;
            }
        }

        return ([.. sums.Zip(counts, (sum, count) => sum / count)], sums.Sum() / counts.Sum());
    }

    private static Tensor TaskLoss(TaskKind kind, Tensor outputs, Labels labels) => kind switch
    {
        TaskKind.Binary => Loss.Binary(outputs, labels),
        TaskKind.Regression => Loss.Squared(outputs, labels),
        _ => Loss.Softmax(outputs.unsqueeze(1), labels),
    };

    /// <summary>Returns the error of one task on each row, [N, 1].</summary>
    private static Tensor RowError(TaskKind kind, Tensor outputs, Labels labels)
    {
        var errors = kind switch
        {
            TaskKind.Binary => outputs.gt(0).ne(labels.Values.gt(0.5)).to(outputs.dtype),
            TaskKind.Regression => (outputs - labels.Values).square(),
            _ => outputs.argmax(1, keepdim: true).ne(labels.Values.to(ScalarType.Int64)).to(outputs.dtype),
        };
        return labels.Observed is { } observed ? errors.masked_fill(observed.eq(0), double.NaN) : errors;
    }

    /// <summary>Returns the errors of one-vs-all tasks, [N, T], by arg-max over all logits; the error of a row counts for the task of its
    /// class.</summary>
    private static Tensor OneVsAll(Tensor logits, Labels labels)
    {
        var wrong = logits.argmax(1).ne(labels.Values.argmax(1)).to(logits.dtype).unsqueeze(1);
        return wrong.expand_as(logits).masked_fill(labels.Values.le(0.5), double.NaN);
    }

    private static double ToDouble(this Tensor tensor) => tensor.to(ScalarType.Float64).item<double>();
}
