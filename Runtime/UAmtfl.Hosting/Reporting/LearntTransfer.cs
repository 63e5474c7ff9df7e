using UAmtfl.Evaluation;

namespace UAmtfl.Reporting;

/// <summary>What a method learnt of transfer between tasks, |AS|: of many tasks the part that transfers most.</summary>
/// <param name="Tasks">[K], which tasks, ascending: all, or those that give and take most.</param>
/// <param name="Values">[K][K], the mean over seeds from row to column.</param>
/// <param name="AllTasks">T, how many tasks there are. All numbers are in the cells' <c>transfer.npy</c>.</param>
public sealed record LearntTransfer(IReadOnlyList<int> Tasks, double[][] Values, int AllTasks)
{
    /// <summary>Up to this many tasks all are kept.</summary>
    public const int KeptInFull = 200;

    /// <summary>How many of more are kept.</summary>
    public const int Kept = 50;

    /// <summary>The mean over the cells that have a matrix, one of which is in memory at a time.</summary>
    /// <param name="cells">A variant's cells.</param>
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

    /// <summary>The part between the tasks that transfer most.</summary>
    /// <param name="count">How many tasks; all where there are no more.</param>
    internal LearntTransfer Most(int count)
    {
        var chosen = Largest(Values, count);
        return new([.. chosen.Select(t => Tasks[t])], Array.ConvertAll(chosen, i => Array.ConvertAll(chosen, j => Values[i][j])), AllTasks);
    }

    /// <summary>The tasks with the largest sum of what they give to and take from others, of equals the first.</summary>
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
