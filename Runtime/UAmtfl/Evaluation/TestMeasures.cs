using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Tasks;

namespace UAmtfl.Evaluation;

/// <summary>The measures that are taken only on the test set, beside the headline metric.</summary>
/// <param name="TaskMetrics">The <see cref="CellResult.TaskMetrics"/> of the cell.</param>
/// <param name="ConstantPredictions">The <see cref="CellResult.ConstantPredictions"/> of the cell.</param>
/// <param name="Scores">The <see cref="CellResult.Scores"/> of the cell.</param>
/// <param name="Labels">The <see cref="CellResult.Labels"/> of the cell.</param>
public sealed record TestMeasures(
    IReadOnlyDictionary<string, double[]> TaskMetrics, bool[] ConstantPredictions, float[][]? Scores, float[][]? Labels)
{
    /// <summary>Takes the measures of outputs on the test set.</summary>
    /// <param name="outputs">The outputs [N, M] of <c>Variant.Predict</c>.</param>
    /// <param name="labels">The labels [N, T], in the order of the tasks.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="rowErrors">The errors [N, T], as <see cref="EvaluationResult.RowErrors"/>.</param>
    public static TestMeasures Of(torch.Tensor outputs, Labels labels, TaskSet tasks, torch.Tensor rowErrors)
    {
        var host = HostRows.Of(outputs, labels, tasks, rowErrors);
        var rows = Enumerable.Range(0, tasks.Count).Select(host.Task).ToArray();
        var keep = tasks.Tasks.Any(t => tasks.MetricOf(t.Kind).NeedsScores());
        return new(
            MetricTraits.All.Where(m => tasks.Tasks.Any(t => m.AppliesTo(t.Kind))).ToDictionary(
                m => m.ToString(),
                m => rows.Select((r, t) => m.AppliesTo(tasks.Tasks[t].Kind) ? RowMetric.Create(m, r).Value() : double.NaN).ToArray()),
            [.. rows.Select((r, t) => IsConstant(
                tasks.MetricOf(tasks.Tasks[t].Kind) is TaskMetric.RocAuc or TaskMetric.PrAuc ? r.Scores : r.Predictions))],
            keep ? host.Scores() : null,
            keep ? host.Labels() : null);
    }

    /// <summary>True if all values, of more than one, are the same. For metrics that are areas under curves the values are scores, because
    /// scores can vary although all predictions are of one class.</summary>
    private static bool IsConstant(double[] said) => said.Length > 1 && Array.TrueForAll(said, p => p == said[0]);
}
