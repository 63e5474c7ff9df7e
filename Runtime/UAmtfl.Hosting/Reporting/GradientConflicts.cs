using System.Text.Json.Serialization;
using UAmtfl.Evaluation;

namespace UAmtfl.Reporting;

/// <summary>How the gradients of each two tasks stood to each other in the trainings of a variant.</summary>
/// <param name="Pairs">The pairs of tasks, in ascending order of their cosines: all pairs of up to <see cref="KeptInFull"/> tasks, and of
/// more those that conflict most and those that agree most. Pairs that never had a gradient in the same step are left out.</param>
public sealed record GradientConflicts(IReadOnlyList<GradientPair> Pairs)
{
    /// <summary>The largest number of tasks of which all pairs are kept.</summary>
    public const int KeptInFull = 30;

    /// <summary>The number of pairs that are kept at each end if there are more than <see cref="KeptInFull"/> tasks.</summary>
    public const int Kept = 20;

    /// <summary>The mean over seeds of the cosine of each pair, [T][T]. The JSON report omits it, because the cells have it in
    /// <c>gradient-cosines.npy</c>; empty in a report that was read from JSON.</summary>
    [JsonIgnore]
    public double[][] Cosines { get; init; } = [];

    /// <summary>Returns the pairs of tasks over the cells that have them; null if none has.</summary>
    /// <param name="cells">The cells of a variant.</param>
    internal static GradientConflicts? Of(IEnumerable<CellResult> cells)
    {
        List<GradientPairs> read = [.. cells.Select(c => c.Gradients).OfType<GradientPairs>()];
        if (read.Count == 0)
        {
            return null;
        }

        var cosines = read.ConvertAll(r => r.Cosines);
        var (mean, low, high) = (OverSeeds.Mean(cosines), OverSeeds.Smallest(cosines), OverSeeds.Largest(cosines));
        var conflicts = OverSeeds.Mean(read.ConvertAll(r => r.Conflicts));
        var pairs = (
            from first in Enumerable.Range(0, mean.Length)
            from second in Enumerable.Range(first + 1, mean.Length - first - 1)
            where !double.IsNaN(mean[first][second])
            orderby mean[first][second]
            select new GradientPair(
                first, second, mean[first][second], low[first][second], high[first][second], conflicts[first][second])).ToList();
        return new(mean.Length <= KeptInFull ? pairs : [.. pairs.Take(Kept), .. pairs.Skip(Math.Max(Kept, pairs.Count - Kept))])
        {
            Cosines = mean,
        };
    }
}

/// <summary>The gradients of two tasks over the steps of a training in which both have one.</summary>
/// <param name="First">The index of the task that is declared first.</param>
/// <param name="Second">The index of the other task.</param>
/// <param name="Cosine">The mean over seeds of the mean cosine of the gradients, between −1 and 1.</param>
/// <param name="Low">The smallest mean cosine of a seed.</param>
/// <param name="High">The largest mean cosine of a seed.</param>
/// <param name="Conflicts">The mean over seeds of the share of steps in which the inner product of the gradients is below 0, between 0 and
/// 1.</param>
public sealed record GradientPair(int First, int Second, double Cosine, double Low, double High, double Conflicts);
