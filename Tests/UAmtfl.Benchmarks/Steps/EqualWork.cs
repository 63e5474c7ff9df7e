using UAmtfl.Training;

namespace UAmtfl.Benchmarks;

/// <summary>True if alternatives do equal work: the objective of the first step shows that they compute the same from the same
/// weights, the mean of the next three that gradients and optimisers agree as well.</summary>
/// <remarks>The judge is double precision. Some builds of libtorch convolve float images that lie NCHW in memory wrongly when the
/// number of channels is not a multiple of 16: they read memory that was never written. A way with such convolutions may then be off, of
/// which the table tells; every other way may not.</remarks>
internal static class EqualWork
{
    /// <summary>How far the objectives may lie apart, relatively.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>Trains four steps with each way and compares.</summary>
    /// <param name="title">For messages.</param>
    /// <param name="ways">The ways in single precision, the generated one among them.</param>
    /// <param name="exact">Ways by hand in double precision from the same weights; the first is the judge.</param>
    /// <returns>Remarks on ways that are right in double precision only.</returns>
    /// <exception cref="UAmtflException">The work is not equal.</exception>
    public static List<string> Require(string title, IReadOnlyList<Way> ways, IReadOnlyList<Way> exact)
    {
        var remarks = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var steps in (int[])[1, 3])
        {
            using var pause = new CollectionPause(Rounds.Allocations);
            var wanted = exact[0].Train(steps);
            foreach (var way in exact.Skip(1))
            {
                RequireAgreement(title, $"{way.Name}, in double precision,", way.Train(steps), wanted);
            }

            foreach (var way in ways.Where(way => !way.ConvolvesNchw))
            {
                RequireAgreement(title, way.Name, way.Train(steps), wanted);
            }

            foreach (var way in ways.Where(way => way.ConvolvesNchw && !Agree(way.Train(steps), wanted)))
            {
                remarks.Add(
                    $"({way.Name}: equal in double precision, but wrong in single precision: this libtorch's NCHW convolution is broken)");
            }
        }

        return [.. remarks];
    }

    private static void RequireAgreement(string title, string way, double objective, double wanted)
    {
        if (!Agree(objective, wanted))
        {
            throw new UAmtflException(
                FormattableString.Invariant($"{title}: {way} computes {objective} instead of {wanted}: not equal work"));
        }
    }

    private static bool Agree(double objective, double wanted) => Math.Abs(objective - wanted) <= Tolerance * Math.Abs(wanted);
}
