using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Losses;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Evaluation;

/// <summary>What the outputs on a set of rows are worth.</summary>
/// <param name="OverallError">The error over all tasks: the share of rows whose arg-max is wrong for one-vs-all tasks, else the mean of the task errors.</param>
/// <param name="TaskErrors">[T], the mean of each column of <paramref name="RowErrors"/>; NaN without rows.</param>
/// <param name="TaskLosses">[T], the mean loss of each task.</param>
/// <param name="RowErrors">[N, T] on the CPU: 0 or 1, or a squared error; NaN where a row is not one of the task's.</param>
public sealed record EvaluationResult(double OverallError, double[] TaskErrors, double[] TaskLosses, Tensor RowErrors);

/// <summary>Measures losses and errors of outputs.</summary>
public static class Evaluator
{
    /// <summary>Measures.</summary>
    /// <param name="outputs">[N, M], as <c>Variant.Predict</c> gives them.</param>
    /// <param name="labels">[N, T], in the order of the tasks.</param>
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
        var overall = tasks.OneVsAll ? all : means.Where(m => !double.IsNaN(m)).DefaultIfEmpty(double.NaN).Average();
        return new(overall, means, losses, rows.cpu().MoveToOuterDisposeScope());
    }

    /// <summary>The means of the columns, and of everything, without NaNs.</summary>
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

    /// <summary>[N, 1]</summary>
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

    /// <summary>Arg-max over all logits; the error of a row counts for the task of its class. [N, T]</summary>
    private static Tensor OneVsAll(Tensor logits, Labels labels)
    {
        var wrong = logits.argmax(1).ne(labels.Values.argmax(1)).to(logits.dtype).unsqueeze(1);
        return wrong.expand_as(logits).masked_fill(labels.Values.le(0.5), double.NaN);
    }

    private static double ToDouble(this Tensor tensor) => tensor.to(ScalarType.Float64).item<double>();
}
