using UAmtfl.Data;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Tasks;
using TorchSharp;

namespace UAmtfl.Evaluation;

/// <summary>What is measured once, on the test set, beside the headline.</summary>
/// <param name="TaskMetrics">As <see cref="CellResult.TaskMetrics"/>.</param>
/// <param name="ConstantPredictions">As <see cref="CellResult.ConstantPredictions"/>.</param>
/// <param name="Scores">As <see cref="CellResult.Scores"/>.</param>
/// <param name="Labels">As <see cref="CellResult.Labels"/>.</param>
public sealed record TestMeasures(IReadOnlyDictionary<string, double[]> TaskMetrics, bool[] ConstantPredictions, float[][]? Scores, float[][]? Labels)
{
    /// <summary>Measures.</summary>
    /// <param name="outputs">[N, M], as <c>Variant.Predict</c> gives them.</param>
    /// <param name="labels">[N, T], in the order of the tasks.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="rowErrors">[N, T], as <see cref="EvaluationResult.RowErrors"/>.</param>
    public static TestMeasures Of(torch.Tensor outputs, Labels labels, TaskSet tasks, torch.Tensor rowErrors)
    {
        var host = HostRows.Of(outputs, labels, tasks, rowErrors);
        var rows = Enumerable.Range(0, tasks.Count).Select(host.Task).ToArray();
        var keep = tasks.Tasks.Any(t => tasks.MetricOf(t.Kind).NeedsScores());
        return new(
            MetricTraits.All.Where(m => tasks.Tasks.Any(t => m.AppliesTo(t.Kind))).ToDictionary(
                m => m.ToString(),
                m => rows.Select((r, t) => m.AppliesTo(tasks.Tasks[t].Kind) ? RowMetric.Create(m, r).Value() : double.NaN).ToArray()),
            [.. rows.Select((r, t) => IsConstant(tasks.MetricOf(tasks.Tasks[t].Kind) is TaskMetric.RocAuc or TaskMetric.PrAuc ? r.Scores : r.Predictions))],
            keep ? host.Scores() : null,
            keep ? host.Labels() : null);
    }

    /// <summary>Curves are over the order of the scores, which need not cross the threshold between classes.</summary>
    private static bool IsConstant(double[] said) => said.Length > 1 && Array.TrueForAll(said, p => p == said[0]);
}
