using UAmtfl.Data;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Evaluation;

/// <summary>Measures the errors of tasks relative to those of the mean predictor, so that tasks of different units can be averaged: the
/// mean over tasks of e_t / m_t, where e_t is the loss of the task's headline metric and m_t that of the mean predictor on the same
/// rows. The mean predictor predicts the training mean of a regression and the most frequent training class of any other task. A value
/// of 1 is as good as knowing nothing about the inputs.</summary>
/// <remarks>If m_t is 0, because all rows have the class that the mean predictor predicts, its loss on the training rows is used
/// instead. A task on which that is 0 too has one label throughout and is left out, as are tasks whose metric is undefined on the rows.
/// If a metric is undefined only because of the predictions, such as the correlation of constant ones, the ratio is 1. For one-vs-all
/// tasks whose headline metric is a share of errors the ratio is that of the multi-class errors.</remarks>
public sealed class RelativeError
{
    /// <summary>The square of the relative deviation below which a difference is only rounding.</summary>
    private const double Rounding = 1e-18;

    private readonly TaskSet tasks;
    private readonly double[] losses;
    private readonly double overall;

    private RelativeError(TaskSet tasks, double[] losses, double overall) =>
        (this.tasks, this.losses, this.overall) = (tasks, losses, overall);

    /// <summary>The loss m_t of the mean predictor on each task, [T]; NaN for a task that is left out.</summary>
    public IReadOnlyList<double> ErrorsOfMeans => losses;

    /// <summary>True for each task that <see cref="Value"/> leaves out, [T]; empty if it leaves out none.</summary>
    internal bool[] LeftOut => !IsOneProblem(tasks) && Array.Exists(losses, double.IsNaN) ? Array.ConvertAll(losses, double.IsNaN) : [];

    /// <summary>Measures the mean predictor on a set of rows.</summary>
    /// <param name="train">The training labels, whose means it predicts: [N, T], or [N] with the task of each row.</param>
    /// <param name="rows">The labels of the rows that are predicted: [N, T], or [N] with the task of each row.</param>
    /// <param name="tasks">The tasks, in the order of the labels.</param>
    public static RelativeError Of(Labels train, Labels rows, TaskSet tasks)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        train = train.InDouble();
        var constants = Constants(train, tasks);
        var (losses, overall) = Losses(constants, rows.InDouble().Dense(tasks.Count), tasks);
        if (overall == 0 || Array.Exists(losses, m => m == 0))
        {
            var (standIns, standIn) = Losses(constants, train.Dense(tasks.Count), tasks);
            losses = [.. losses.Select((m, t) => m == 0 ? Positive(standIns[t]) : m)];
            overall = overall == 0 ? Positive(standIn) : overall;
        }

        return new(tasks, losses, overall);
    }

    /// <summary>Returns the mean over tasks of their error divided by the mean predictor's; NaN if no task has such a ratio, or a loss
    /// is not finite.</summary>
    /// <param name="result">The errors on the same rows, with the tasks in the same order.</param>
    public double Value(EvaluationResult result)
    {
        if (IsOneProblem(tasks))
        {
            return result.OverallError / overall;
        }

        var (sum, count) = (0.0, 0);
        for (var t = 0; t < losses.Length; t++)
        {
            if (double.IsNaN(losses[t]))
            {
                continue;
            }

            sum += !double.IsFinite(result.TaskLosses[t]) ? double.NaN
                : double.IsNaN(result.TaskErrors[t]) ? 1
                : result.TaskErrors[t] / losses[t];
            count++;
        }

        return sum / count;
    }

    /// <summary>Returns the error by which a grid search chooses and which the progress shows: the error over all tasks if they have
    /// the same headline metric, else <see cref="Value"/>.</summary>
    /// <param name="result">The errors on the same rows, with the tasks in the same order.</param>
    public double Measure(EvaluationResult result) => tasks.CommonMetric is null ? Value(result) : result.OverallError;

    private static bool IsOneProblem(TaskSet tasks) => tasks.OneVsAll && tasks.MetricOf(TaskKind.Binary).IsMean();

    private static double Positive(double loss) => loss > 0 ? loss : double.NaN;

    /// <summary>Returns the losses of constant predictions, [T] and over all tasks; a loss that is only rounding becomes exactly
    /// 0.</summary>
    private static (double[] Losses, double Overall) Losses(Tensor constants, Labels rows, TaskSet tasks)
    {
        var result = Evaluator.Evaluate(constants.expand(rows.Values.shape[0], -1), rows, tasks);
        result.RowErrors.Dispose();
        var squares = Means(rows with { Values = rows.Values.square() }, tasks.Count);
        return ([.. result.TaskErrors.Select((m, t) => tasks.MetricOf(tasks.Tasks[t].Kind) switch
        {
            TaskMetric.Mse => m <= Rounding * squares[t] ? 0 : m,
            TaskMetric.Rmse => m * m <= Rounding * squares[t] ? 0 : m,

            // Constant predictions have no correlation. If the labels vary, it counts as a correlation of 0, which is a loss of 1.
            TaskMetric.Pearson => Varies(Own(rows, t)) ? 1 : double.NaN,
            _ => m,
        })], result.OverallError);
    }

    private static bool Varies(Tensor values) => values.shape[0] > 1 && values.ne(values[0]).any().item<bool>();

    /// <summary>Returns the outputs of the mean predictor, [1, M].</summary>
    private static Tensor Constants(Labels train, TaskSet tasks)
    {
        var means = Means(train, tasks.Count);
        var outputs = tasks.Tasks.SelectMany((task, t) => task.Kind switch
        {
            TaskKind.Regression => [means[t]],

            // Errors depend on the sign of this output, and the arg-max over one-vs-all tasks on the order.
            TaskKind.Binary => [means[t] - 0.5],
            _ => Enumerable.Range(0, task.Outputs).Select(c => (double)Own(train, t).eq(c).sum().item<long>()),
        });
        return tensor(outputs.ToArray(), dtype: ScalarType.Float64).unsqueeze(0);
    }

    /// <summary>Returns the labels of a task that are not missing.</summary>
    private static Tensor Own(Labels labels, int task) =>
        labels.Owner is { } owner ? labels.Values.masked_select(owner.eq(task))
        : labels.Observed is { } observed ? labels.Values.select(1, task).masked_select(observed.select(1, task).ne(0))
        : labels.Values.select(1, task);

    /// <summary>Returns the mean of each task's labels that are not missing, [T]; 0 for a task without labels.</summary>
    private static double[] Means(Labels labels, int tasks)
    {
        var sums = labels.Owner is { } owner ? zeros(tasks, ScalarType.Float64).index_add(0, owner, labels.Values, 1)
            : (labels.Observed is { } observed ? labels.Values * observed : labels.Values).sum(dim: 0);
        return (sums / labels.Counts(tasks).clamp_min(1)).data<double>().ToArray();
    }
}
