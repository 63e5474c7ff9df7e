using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Tables;

/// <summary>A table whose rows are of one task each: pupils of schools.</summary>
/// <remarks>Training rows alone decide what is subtracted and divided by, so that validation and test rows leak nothing.</remarks>
/// <param name="inputs">[N · d], row-major.</param>
/// <param name="labels">[N].</param>
/// <param name="owners">[N], the task of each row: 0, 1, …</param>
public sealed class OwnedRows(float[] inputs, float[] labels, int[] owners)
{
    private readonly int width = inputs.Length / labels.Length;

    /// <summary>The rows in three parts. Of every input column the mean over the training rows is subtracted, and columns other than of zeros and
    /// ones are divided by their standard deviation there (rare categories are not blown up); of the labels the mean of all training labels is
    /// subtracted, which changes no squared error.</summary>
    /// <param name="train">Rows to train on.</param>
    /// <param name="validation">Others to choose by.</param>
    /// <param name="test">Others to test on.</param>
    public Splits Split(IReadOnlyList<int> train, IReadOnlyList<int> validation, IReadOnlyList<int> test)
    {
        var centres = new double[width];
        var scales = new double[width];
        for (var column = 0; column < width; column++)
        {
            (centres[column], var deviation) = Moments(train, row => inputs[(row * width) + column]);
            var flags = train.All(row => inputs[(row * width) + column] is 0 or 1);
            scales[column] = flags || deviation == 0 ? 1 : deviation;
        }

        var level = Moments(train, row => labels[row]).Mean;
        return new(Take(train), Take(validation), Take(test), SharedTest: false);

        Samples Take(IReadOnlyList<int> rows)
        {
            var values = new float[rows.Count * width];
            for (var i = 0; i < values.Length; i++)
            {
                var column = i % width;
                values[i] = (float)((inputs[(rows[i / width] * width) + column] - centres[column]) / scales[column]);
            }

            return new(
                tensor(values, [rows.Count, width]),
                tensor(rows.Select(row => (float)(labels[row] - level)).ToArray()),
                tensor(rows.Select(row => (long)owners[row]).ToArray()));
        }
    }

    /// <summary>The rows of each task, in order.</summary>
    /// <param name="tasks">How many tasks there are.</param>
    public IReadOnlyList<IReadOnlyList<int>> ByTask(int tasks)
    {
        var rows = Enumerable.Range(0, tasks).Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < owners.Length; row++)
        {
            rows[owners[row]].Add(row);
        }

        return rows;
    }

    private static (double Mean, double Deviation) Moments(IReadOnlyList<int> rows, Func<int, float> value)
    {
        var mean = rows.Average(row => (double)value(row));
        return (mean, Math.Sqrt(rows.Average(row => Math.Pow(value(row) - mean, 2))));
    }
}
