using UAmtfl.Evaluation;

namespace UAmtfl.Reporting;

/// <summary>The transfer between tasks that a method learnt, |AS|; if there are many tasks, the part between those that transfer
/// most.</summary>
/// <param name="Tasks">The indices of the tasks, [K], ascending: all tasks, or those that give and take most.</param>
/// <param name="Values">The mean over seeds of the transfer from the row's task to the column's, [K][K].</param>
/// <param name="AllTasks">The number of all tasks, T. The whole matrix is in the cells' <c>transfer.npy</c>.</param>
public sealed record LearntTransfer(IReadOnlyList<int> Tasks, double[][] Values, int AllTasks)
{
    /// <summary>The largest number of tasks up to which all of them are kept.</summary>
    public const int KeptInFull = 200;

    /// <summary>The number of tasks that are kept if there are more than <see cref="KeptInFull"/>.</summary>
    public const int Kept = 50;

    /// <summary>Returns the mean over the cells that have a matrix; null if none has one. Only one matrix is in memory at a time, because
    /// each may be large.</summary>
    /// <param name="cells">The cells of a variant.</param>
    internal static LearntTransfer? Of(IEnumerable<CellResult> cells)
    {
        double[][]? sum = null;
        var count = 0;
        foreach (var matrix in cells.Select(c => c.Transfer).OfType<double[][]>())
        {
            sum ??= Array.ConvertAll(matrix, row => new double[row.Length]);
            for (var i = 0; i < sum.Length; i++)
            {
                for (var j = 0; j < sum[i].Length; j++)
                {
                    sum[i][j] += matrix[i][j];
                }
            }

            count++;
        }

        if (sum is null || sum.Length < 2)
        {
            return null;
        }

        foreach (var row in sum)
        {
            for (var j = 0; j < row.Length; j++)
            {
                row[j] /= count;
            }
        }

        var all = new LearntTransfer([.. Enumerable.Range(0, sum.Length)], sum, sum.Length);
        return sum.Length <= KeptInFull ? all : all.Most(Kept);
    }

    /// <summary>Returns the part between the tasks that transfer most.</summary>
    /// <param name="count">The number of tasks to keep. If there are fewer, all are kept.</param>
    internal LearntTransfer Most(int count)
    {
        var chosen = Largest(Values, count);
        return new(
            [.. chosen.Select(t => Tasks[t])], Array.ConvertAll(chosen, i => Array.ConvertAll(chosen, j => Values[i][j])), AllTasks);
    }

    /// <summary>Returns the tasks with the largest sums of transfer to and from others, and of equal ones the first.</summary>
    private static int[] Largest(double[][] matrix, int count)
    {
        var moved = new double[matrix.Length];
        for (var i = 0; i < matrix.Length; i++)
        {
            for (var j = 0; j < matrix.Length; j++)
            {
                if (i != j && double.IsFinite(matrix[i][j]))
                {
                    moved[i] += matrix[i][j];
                    moved[j] += matrix[i][j];
                }
            }
        }

        return [.. Enumerable.Range(0, moved.Length).OrderByDescending(t => moved[t]).Take(count).Order()];
    }
}
