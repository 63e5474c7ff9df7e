using UAmtfl.Training;

namespace UAmtfl.Benchmarks;

/// <summary>Checks that alternatives do equal work. An equal objective in the first step shows that they compute the same from the same
/// weights; an equal mean over three steps shows that gradients and optimisers agree as well.</summary>
/// <remarks>The reference is a loop in double precision, because some builds of libtorch convolve float images in NCHW layout wrongly
/// when the number of channels is not a multiple of 16: they read memory that was never written. An alternative with such convolutions
/// may differ, which is then remarked; every other one must agree.</remarks>
internal static class EqualWork
{
    /// <summary>The largest relative difference of two objectives that count as equal.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>Trains one step, then three, with each alternative, and compares the mean objectives with those of the
    /// reference.</summary>
    /// <param name="title">The title of the comparison, for messages.</param>
    /// <param name="ways">The alternatives in single precision, the generated code among them.</param>
    /// <param name="exact">Hand-written alternatives in double precision, from the same weights; the first is the reference.</param>
    /// <param name="drift">The largest relative difference over three steps.</param>
    /// <returns>Remarks on alternatives that agree in double precision but not in single precision.</returns>
    /// <exception cref="UAmtflException">An alternative computes another objective than the reference.</exception>
    public static List<string> Require(string title, IReadOnlyList<Way> ways, IReadOnlyList<Way> exact, double drift = Tolerance)
    {
        var remarks = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var steps in (int[])[1, 3])
        {
            using var pause = new CollectionPause(Rounds.Allocations);
            var tolerance = steps == 1 ? Tolerance : drift;
            var wanted = exact[0].Train(steps);
            foreach (var way in exact.Skip(1))
            {
                RequireAgreement(title, $"{way.Name}, in double precision,", way.Train(steps), wanted, tolerance);
            }

            foreach (var way in ways.Where(way => !way.ConvolvesNchw))
            {
                RequireAgreement(title, way.Name, way.Train(steps), wanted, tolerance);
            }

            foreach (var way in ways.Where(way => way.ConvolvesNchw && !Agree(way.Train(steps), wanted, tolerance)))
            {
                remarks.Add(
                    $"({way.Name}: equal in double precision, but wrong in single precision: this libtorch's NCHW convolution is broken)");
            }
        }

        return [.. remarks];
    }

    private static void RequireAgreement(string title, string way, double objective, double wanted, double tolerance)
    {
        if (!Agree(objective, wanted, tolerance))
        {
            throw new UAmtflException(
                FormattableString.Invariant($"{title}: {way} computes {objective} instead of {wanted}: not equal work"));
        }
    }

    private static bool Agree(double objective, double wanted, double tolerance) =>
        Math.Abs(objective - wanted) <= tolerance * Math.Abs(wanted);
}
