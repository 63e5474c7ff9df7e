using UAmtfl.Numerics;

namespace UAmtfl.Data.Tables;

/// <summary>Splits rows by fractions or folds. Rows of one group stay together, and the values of a stratum have the same share in all
/// splits as far as their numbers allow.</summary>
internal sealed class RowSplitter
{
    /// <summary>The splits in order: training, validation and test.</summary>
    public const int Train = 0, Validation = 1, Test = 2;

    private readonly int[][] units;
    private readonly int[] strata;

    /// <summary>Makes units of rows that stay together.</summary>
    /// <param name="rows">The rows to split.</param>
    /// <param name="group">The group of a row; null if each row is on its own.</param>
    /// <param name="stratum">The stratum of a row; null if there is one.</param>
    public RowSplitter(IReadOnlyList<int> rows, Func<int, int>? group, Func<int, int>? stratum)
    {
        units = group is null ? [.. rows.Select(r => new[] { r })] : [.. rows.GroupBy(group).Select(g => g.ToArray())];

        // A group counts as the stratum of most of its rows, and as the first of several that are equally frequent.
        strata = [.. units.Select(unit => stratum is null ? 0
            : unit.Select(stratum).GroupBy(s => s).OrderByDescending(s => s.Count()).ThenBy(s => s.Key).First().Key)];
    }

    /// <summary>Draws splits with fractions of the rows.</summary>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="train">The fraction of the training rows.</param>
    /// <param name="validation">The fraction of the validation rows.</param>
    /// <returns>The rows of each split, ascending.</returns>
    public List<int>[] Draw(long seed, double train, double validation)
    {
        List<int>[] splits = [[], [], []];
        foreach (var stratum in Shuffled(seed))
        {
            var (total, before) = (stratum.Sum(unit => unit.Length), 0);
            foreach (var unit in stratum)
            {
                // A unit is of the split in which its middle lies, so that sizes are rounded to the nearest.
                var middle = (before + (unit.Length / 2.0)) / total;
                splits[middle < train ? Train : middle < train + validation ? Validation : Test].AddRange(unit);
                before += unit.Length;
            }
        }

        return Sorted(splits);
    }

    /// <summary>Deals the rows out to folds.</summary>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="folds">The number of folds.</param>
    /// <returns>The rows of each fold, ascending.</returns>
    public List<int>[] Deal(long seed, int folds)
    {
        List<int>[] dealt = [.. Enumerable.Range(0, folds).Select(_ => new List<int>())];
        foreach (var stratum in Shuffled(seed))
        {
            // Large units first, each to the fold with the fewest rows of the stratum, and of those to the one with the fewest rows.
            var own = new int[folds];
            foreach (var unit in stratum.OrderByDescending(unit => unit.Length))
            {
                var least = 0;
                for (var f = 1; f < folds; f++)
                {
                    least = (own[f], dealt[f].Count).CompareTo((own[least], dealt[least].Count)) < 0 ? f : least;
                }

                own[least] += unit.Length;
                dealt[least].AddRange(unit);
            }
        }

        return Sorted(dealt);
    }

    private static List<int>[] Sorted(List<int>[] splits)
    {
        foreach (var split in splits)
        {
            split.Sort();
        }

        return splits;
    }

    private IEnumerable<int[][]> Shuffled(long seed)
    {
        var random = new SplitMix64(seed);
        foreach (var stratum in units.Zip(strata).GroupBy(u => u.Second, u => u.First).OrderBy(s => s.Key))
        {
            int[][] pool = [.. stratum];
            yield return random.Sample<int[]>(pool, pool.Length);
        }
    }
}
