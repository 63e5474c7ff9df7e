using UAmtfl.Evaluation;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting;

/// <summary>Reads the test rows of one task from a cell.</summary>
/// <param name="tasks">The tasks.</param>
internal sealed class CellRows(TaskSet tasks)
{
    /// <summary>Returns the headline metric of a task.</summary>
    public TaskMetric MetricOf(int task) => tasks.MetricOf(tasks.Tasks[task].Kind);

    /// <summary>Creates the headline metric of a task over its rows in a cell, which has scores if the metric needs them
    /// (<see cref="PairedRows.Check"/>).</summary>
    public IRowMetric Metric(CellResult cell, int task)
    {
        var metric = MetricOf(task);
        if (!metric.NeedsScores())
        {
            return RowMetric.Create(
                metric, new([.. cell.RowErrors.Select(row => (double)row[task]).Where(e => !double.IsNaN(e))], [], [], []));
        }

        var (scores, labels) = (cell.Scores!, cell.Labels!);
        var rows = Enumerable.Range(0, labels.Length).Where(row => !float.IsNaN(labels[row][task])).ToArray();
        return RowMetric.Create(metric, new(
            [],
            Array.ConvertAll(rows, row => (double)scores[row][task]),
            Array.ConvertAll(rows, row => (double)labels[row][task]),
            Array.ConvertAll(rows, row => Predicted(scores[row], task) ? 1.0 : 0)));
    }

    /// <summary>True if a cell has a number of a task: it is trained on the task, and tested on at least one row of it.</summary>
    public static bool Has(CellResult cell, int task) => Array.Exists(cell.RowErrors, row => !float.IsNaN(row[task]));

    /// <summary>Returns the number of test rows of a task.</summary>
    public int Count(CellResult cell, int task) => MetricOf(task).NeedsScores() && cell.Labels is { } labels
        ? labels.Count(row => !float.IsNaN(row[task]))
        : cell.RowErrors.Count(row => !float.IsNaN(row[task]));

    private bool Predicted(float[] scores, int task) => tasks.OneVsAll ? Array.IndexOf(scores, scores.Max()) == task : scores[task] > 0;
}
