namespace UAmtfl.Experiments.Synthetic;

/// <summary>How near learnt bases and parameters are to the true ones (Lee et al. 2018, figure 4).</summary>
/// <param name="Cosine">The mean of |cos| between true and learnt bases, matched one to one in the best way, in [0, 1].</param>
/// <param name="EasyError">‖Ŵ − W‖ / ‖W‖ over the easy tasks.</param>
/// <param name="HardError">The same over the hard tasks.</param>
public sealed record BasisRecovery(double Cosine, double EasyError, double HardError)
{
    /// <summary>Compares learnt bases and coefficients with the true ones.</summary>
    /// <param name="truth">The truth of T tasks.</param>
    /// <param name="basis">[6][30], the learnt bases as rows.</param>
    /// <param name="heads">[T][6], the learnt coefficients.</param>
    public static BasisRecovery Of(BasisTruth truth, double[][] basis, double[][] heads)
    {
        var cosines = truth.Basis.Select(t => basis.Select(l => Cosines(t, l)).ToArray()).ToArray();
        var errors = truth.Weights.Select((w, t) => w.Index().Sum(entry => Square(Learnt(t, entry.Index) - entry.Item))).ToArray();
        var sizes = truth.Weights.Select(w => w.Sum(Square)).ToArray();
        double Learnt(int task, int column) => heads[task].Select((s, i) => s * basis[i][column]).Sum();
        double Relative(bool hard) => Math.Sqrt(Sum(errors, hard) / Sum(sizes, hard));
        double Sum(double[] values, bool hard) => values.Where((_, t) => truth.IsHard(t) == hard).Sum();
        return new(BestMatch(cosines, 0, []) / BasisTruth.Bases, Relative(hard: false), Relative(hard: true));
    }

    /// <summary>The largest sum of entries that is reached with one entry in each row and no two in a column.</summary>
    private static double BestMatch(double[][] scores, int row, HashSet<int> taken)
    {
        if (row == scores.Length)
        {
            return 0;
        }

        var best = double.NegativeInfinity;
        for (var column = 0; column < scores[row].Length; column++)
        {
            if (taken.Add(column))
            {
                best = Math.Max(best, scores[row][column] + BestMatch(scores, row + 1, taken));
                taken.Remove(column);
            }
        }

        return best;
    }

    /// <summary>The size of the cosine between two vectors; 0 if one of them is zero.</summary>
    private static double Cosines(double[] a, double[] b)
    {
        var size = Math.Sqrt(a.Sum(Square) * b.Sum(Square));
        return size == 0 ? 0 : Math.Abs(a.Zip(b, (x, y) => x * y).Sum()) / size;
    }

    private static double Square(double value) => value * value;
}
