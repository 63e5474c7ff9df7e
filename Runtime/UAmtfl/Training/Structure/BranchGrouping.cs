namespace UAmtfl.Training.Structure;

/// <summary>Groups the branches of a stretch, so that each group gets a branch of its own in the stretch before (Lu et al. 2017, section
/// 3.2; eq. 3 to 5): L(g) = (d − 1) c + α / d Σ_i (1 − mean_k min_l A_b(k, l)), where k and l run over the members of group i.</summary>
/// <remarks>A group that has one member pays the distance of the tasks in it, because A_b(k, k) is their affinity and not 1.</remarks>
public static class BranchGrouping
{
    /// <summary>The largest number of branches for which all groupings are tried: there are 115,975 of ten.</summary>
    public const int ExactLimit = 10;

    /// <summary>Computes the affinity of branches, A_b(k, l) = (Ã(k, l) + Ã(l, k)) / 2 with Ã(k, l) = mean_{i in k} min_{j in l} A(i,
    /// j).</summary>
    /// <param name="affinities">The affinities A of tasks, [T, T].</param>
    /// <param name="branches">The branch of each task, [T], with numbers from 0 on.</param>
    /// <returns>The affinities of branches [c, c], symmetric.</returns>
    public static double[,] OfBranches(double[,] affinities, IReadOnlyList<int> branches)
    {
        ArgumentNullException.ThrowIfNull(affinities);
        ArgumentNullException.ThrowIfNull(branches);
        int[][] members = [.. branches.Index().GroupBy(b => b.Item).OrderBy(g => g.Key).Select(g => g.Select(b => b.Index).ToArray())];
        var of = new double[members.Length, members.Length];
        for (var k = 0; k < members.Length; k++)
        {
            for (var l = 0; l < members.Length; l++)
            {
                of[k, l] = (Directed(members[k], members[l]) + Directed(members[l], members[k])) / 2;
            }
        }

        return of;

        double Directed(int[] from, int[] to) => from.Average(i => to.Min(j => affinities[i, j]));
    }

    /// <summary>Computes the loss L(g) of a grouping.</summary>
    /// <param name="affinities">The affinities A_b of branches, [c, c].</param>
    /// <param name="groups">The group of each branch, [c], with numbers from 0 on.</param>
    /// <param name="alpha">α, the price of unlike branches in one group; a larger one makes more groups.</param>
    /// <param name="cost">c, the price of each group after the first.</param>
    public static double Loss(double[,] affinities, IReadOnlyList<int> groups, double alpha, double cost)
    {
        ArgumentNullException.ThrowIfNull(affinities);
        ArgumentNullException.ThrowIfNull(groups);
        var (count, apart) = (groups.Max() + 1, 0.0);
        for (var group = 0; group < count; group++)
        {
            var (sum, members) = (0.0, 0);
            for (var k = 0; k < groups.Count; k++)
            {
                if (groups[k] == group)
                {
                    (sum, members) = (sum + Least(k, group), members + 1);
                }
            }

            apart += 1 - (sum / members);
        }

        return ((count - 1) * cost) + (alpha / count * apart);

        double Least(int k, int group)
        {
            var least = double.PositiveInfinity;
            for (var l = 0; l < groups.Count; l++)
            {
                least = groups[l] == group ? Math.Min(least, affinities[k, l]) : least;
            }

            return least;
        }
    }

    /// <summary>Finds the grouping with the least loss. Up to <see cref="ExactLimit"/> branches all groupings are tried; above, groups are
    /// joined one pair at a time, each time the pair that leaves the least loss, and the best grouping on the way is taken.</summary>
    /// <param name="affinities">The affinities A_b of branches, [c, c].</param>
    /// <param name="alpha">α, the price of unlike branches in one group.</param>
    /// <param name="cost">c, the price of each group after the first.</param>
    /// <returns>The group of each branch, [c], numbered in the order of the first members; of equal losses the one with fewer
    /// groups.</returns>
    public static IReadOnlyList<int> Best(double[,] affinities, double alpha, double cost)
    {
        ArgumentNullException.ThrowIfNull(affinities);
        var count = affinities.GetLength(0);
        var (best, least) = (new int[count], Loss(affinities, new int[count], alpha, cost));
        foreach (var groups in count <= ExactLimit ? All(count) : Joined(affinities, alpha, cost))
        {
            var loss = Loss(affinities, groups, alpha, cost);
            if (loss < least - 1e-12 || (loss < least + 1e-12 && groups.Max() < best.Max()))
            {
                (best, least) = ([.. groups], loss);
            }
        }

        return best;
    }

    /// <summary>Returns all groupings, as restricted growth strings: each number is at most one more than all before it. The array is the
    /// same each time.</summary>
    internal static IEnumerable<int[]> All(int count)
    {
        var groups = new int[count];
        while (true)
        {
            yield return groups;
            var i = count - 1;
            while (i > 0 && groups[i] > groups.Take(i).Max())
            {
                groups[i--] = 0;
            }

            if (i <= 0)
            {
                yield break;
            }

            groups[i]++;
        }
    }

    /// <summary>Returns the groupings from one group a branch to one for all.</summary>
    private static IEnumerable<int[]> Joined(double[,] affinities, double alpha, double cost)
    {
        int[] groups = [.. Enumerable.Range(0, affinities.GetLength(0))];
        yield return groups;
        while (groups.Max() > 0)
        {
            var of = groups;
            groups = (
                from first in Enumerable.Range(0, of.Max())
                from second in Enumerable.Range(first + 1, of.Max() - first)
                let joined = of.Select(g => g == second ? first : g > second ? g - 1 : g).ToArray()
                select (Groups: joined, Loss: Loss(affinities, joined, alpha, cost))).MinBy(g => g.Loss).Groups;
            yield return groups;
        }
    }
}
