using UAmtfl.Numerics;
using UAmtfl.Weighting;

namespace UAmtfl.Testing;

/// <summary>Matrices of task gradients J [T, P] for tests, and quantities that follow from them.</summary>
internal static class Gradients
{
    /// <summary>Scales of gradients, from nearly vanished to exploded.</summary>
    public static readonly double[] Scales = [1e-10, 1e-5, 1, 1e5, 1e10, 1e15];

    /// <summary>Two gradients that conflict, with G = [[18, −22], [−22, 38]].</summary>
    public static double[][] J2 => [[-4, 1, 1], [6, 1, 1]];

    /// <summary>All kinds of gradients that <see cref="Of"/> draws, those with linearly independent rows first.</summary>
    public static string[] Kinds =>
        [.. FullRank, "duplicated", "wide", "all equal", "zero sum", "more tasks than parameters", "opposite", "one parameter"];

    /// <summary>The kinds whose rows are linearly independent.</summary>
    public static string[] FullRank => ["free", "conflicting", "unequal norms", "nearly parallel"];

    /// <summary>The kinds for which there is a direction that lowers all losses.</summary>
    public static string[] Agreeing => ["free", "conflicting", "unequal norms", "nearly parallel", "duplicated", "wide", "all equal"];

    /// <summary>Draws gradients of one kind.</summary>
    public static double[][] Of(string kind, int tasks, int seed)
    {
        var random = new Normals(seed);
        var j = kind switch
        {
            "more tasks than parameters" => random.Rows(tasks, Math.Max(1, tasks / 2)),
            "one parameter" => random.Rows(tasks, 1),
            _ => random.Rows(tasks, tasks + 3),
        };
        switch (kind)
        {
            case "conflicting":
                var mean = Enumerable.Range(0, tasks + 3).Select(p => j.Average(row => row[p])).ToArray();
                return [.. j.Select(row => Plus(row, -0.98, mean))];
            case "unequal norms":
                return [.. j.Select((row, t) => Times(row, Math.Pow(10, (t % 5) - 2)))];
            case "nearly parallel":
                return [.. j.Select(row => Plus(j[0], 1e-2, row))];
            case "nearly opposite":
                // Nearly all on one line in few dimensions, so that components 10⁻⁴ as large decide what the line does not.
                return [.. j.Select((row, t) => Plus(Times(j[0], t % 2 == 0 ? 1 : -1), 1e-4, row)[..Math.Min(tasks + 3, 3)])];
            case "duplicated":
                return [.. j.Select((_, t) => j[t / 2])];
            case "wide":
                // More tasks than dimensions, all in one half of the space.
                return
                [
                    .. random.Rows(tasks, Math.Max(1, tasks / 2))
                        .Select(row => row.Select((v, p) => p == 0 ? Math.Abs(v) + 0.5 : v).ToArray()),
                ];
            case "all equal":
                return [.. j.Select(_ => j[0])];
            case "zero sum":
                j[^1] = [.. Enumerable.Range(0, tasks + 3).Select(p => -j.Take(tasks - 1).Sum(row => row[p]))];
                return j;
            case "opposite":
                return [.. j.Select((_, t) => Times(j[0], t % 2 == 0 ? 1 : -2))];
            default:
                return j;
        }
    }

    /// <summary>The gradients, each multiplied by a number.</summary>
    public static double[][] Times(double[][] j, double factor) => [.. j.Select(row => Times(row, factor))];

    /// <summary>The inner products of the gradients, JJᵀ.</summary>
    public static Gramian Gramian(double[][] j)
    {
        var values = new double[j.Length * j.Length];
        for (var i = 0; i < j.Length; i++)
        {
            for (var k = 0; k <= i; k++)
            {
                values[(i * j.Length) + k] = values[(k * j.Length) + i] = Vectors.Dot(j[i], j[k]);
            }
        }

        return new(values);
    }

    /// <summary>The combination of the gradients, Jᵀw.</summary>
    public static double[] Direction(double[][] j, double[] w)
    {
        var direction = new double[j[0].Length];
        for (var t = 0; t < w.Length; t++)
        {
            Vectors.AddScaled(direction, w[t], j[t]);
        }

        return direction;
    }

    /// <summary>The length of a vector, ‖v‖.</summary>
    public static double Norm(double[] v) => Math.Sqrt(Vectors.Dot(v, v));

    /// <summary>Σ_j |w_j| ‖g_j‖, the scale of rounding errors: an inner product of g_i with Jᵀw is at most ‖g_i‖ times it, and exact to
    /// the last digits of that.</summary>
    public static double Size(Gramian g, double[] w) => Enumerable.Range(0, g.Count).Sum(j => Math.Abs(w[j]) * g.Norm(j));

    public static double[] Times(double[] row, double factor) => [.. row.Select(v => v * factor)];

    public static double[] Plus(double[] row, double factor, double[] other) => [.. row.Select((v, p) => v + (factor * other[p]))];

    /// <summary>Draws standard normal numbers from a seed.</summary>
    internal sealed class Normals(int seed)
    {
        private readonly SplitMix64 bits = new(seed);

        public double Next() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

        public double[][] Rows(int count, int length) =>
            [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, length).Select(_ => Next()).ToArray())];

        private double Uniform() => (bits.Next() >> 11) * (1.0 / (1L << 53));
    }
}
