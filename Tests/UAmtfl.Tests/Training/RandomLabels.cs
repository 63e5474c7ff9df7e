using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Random labels of the kinds of an experiment's tasks.</summary>
internal static class RandomLabels
{
    /// <summary>Draws labels from the current random state.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="dtype">The type of the labels.</param>
    /// <param name="missing">The share of labels that are missing, if rows belong to all tasks.</param>
    public static Labels Of(ExperimentDescriptor experiment, long rows, ScalarType dtype = ScalarType.Float32, double missing = 0)
    {
        if (experiment.NewDataset() is IPerTaskDataset)
        {
            return new(randn(rows, dtype: dtype), null, arange(rows) % experiment.Tasks.Count);
        }

        var columns = experiment.Tasks.Tasks.Select(task => task.Kind switch
        {
            TaskKind.Regression when task.IsRate => randint(0, 5, [rows, 1]).to(dtype),
            TaskKind.Regression => randn([rows, 1], dtype: dtype),
            TaskKind.Binary => randint(0, 2, [rows, 1]).to(dtype),
            _ => randint(0, task.Outputs, [rows, 1]).to(dtype),
        });
        var values = cat([.. columns], 1);
        var observed = missing > 0 ? rand_like(values).ge(missing).to(dtype) : null;
        return new(observed is null ? values : values * observed, observed);
    }
}
