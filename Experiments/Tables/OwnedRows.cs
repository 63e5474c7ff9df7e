using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Tables;

/// <summary>A table whose rows are of one task each, such as pupils of schools.</summary>
/// <param name="inputs">[N · d], row-major.</param>
/// <param name="labels">[N]</param>
/// <param name="owners">[N], the task of each row: 0, 1, …</param>
public sealed class OwnedRows(float[] inputs, float[] labels, int[] owners)
{
    private readonly int width = inputs.Length / labels.Length;

    /// <summary>Takes the rows in three parts, with transforms by the training rows: inputs are centred and, but for columns of zeros and
    /// ones, divided by their standard deviation; the mean of all training labels is subtracted from labels.</summary>
    /// <param name="train">Rows to train on.</param>
    /// <param name="validation">Others to choose by.</param>
    /// <param name="test">Others to test on.</param>
    public Splits Split(IReadOnlyList<int> train, IReadOnlyList<int> validation, IReadOnlyList<int> test) =>
        new(Take(train), Take(validation), Take(test), SharedTest: false)
        {
            InputTransforms = [new Standardise { KeepFlags = true }],
            LabelTransforms = [new Centre()],
        };

    /// <summary>Lists the rows of each task, in order.</summary>
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

    private Samples Take(IReadOnlyList<int> rows) => new(
        tensor(rows.SelectMany(row => inputs[(row * width)..((row + 1) * width)]).ToArray(), [rows.Count, width]),
        tensor(rows.Select(row => labels[row]).ToArray()),
        tensor(rows.Select(row => (long)owners[row]).ToArray()));
}
