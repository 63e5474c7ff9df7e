using UAmtfl.Numerics;
using UAmtfl.Weighting;

namespace UAmtfl.Benchmarks;

/// <summary>Simple solvers of the T × T problems of weightings, as one writes them first: without a warm start and without a
/// factorisation.</summary>
internal static class NaiveWays
{
    /// <summary>Solves each of the T cone projections of UPGrad by coordinate descent, until no coordinate moves by more than
    /// 10⁻⁸.</summary>
    public static double[] UpGrad(Gramian g)
    {
        var n = g.Count;
        var sum = new double[n];
        for (var k = 0; k < n; k++)
        {
            var (v, products) = (new double[n], g.Row(k).ToArray());
            v[k] = 1;
            for (var (moved, pass) = (1.0, 0); moved > 1e-8 && pass < 2000; pass++)
            {
                moved = 0;
                for (var i = 0; i < n; i++)
                {
                    var value = Math.Max(i == k ? 1 : 0, v[i] - (products[i] / g[i, i]));
                    moved = Math.Max(moved, Math.Abs(value - v[i]));
                    if (value != v[i])
                    {
                        Vectors.AddScaled(products, value - v[i], g.Row(i));
                    }

                    v[i] = value;
                }
            }

            Vectors.AddScaled(sum, 1.0 / n, v);
        }

        return sum;
    }

    /// <summary>Finds the convex combination of shortest length by Frank-Wolfe with exact line search, until the duality gap is at most a
    /// thousandth of the squared norm.</summary>
    public static double[] MinimumNorm(Gramian g)
    {
        double[] w = [.. Enumerable.Repeat(1.0 / g.Count, g.Count)];
        var products = g.Times(w);
        for (var step = 0; step < 20_000; step++)
        {
            var best = Array.IndexOf(products, products.Min());
            var square = Vectors.Dot(w, products);
            var gap = square - products[best];
            if (gap <= 1e-3 * square)
            {
                break;
            }

            var length = Math.Clamp(gap / (square - (2 * products[best]) + g[best, best]), 0, 1);
            for (var i = 0; i < w.Length; i++)
            {
                w[i] *= 1 - length;
                products[i] = ((1 - length) * products[i]) + (length * g[best, i]);
            }

            w[best] += length;
        }

        return w;
    }

    /// <summary>Solves Gw = 1/w one coordinate after the other, each as a quadratic equation, until no coordinate moves by more than 10⁻⁸
    /// of itself.</summary>
    public static double[] Nash(Gramian g)
    {
        double[] w = [.. Enumerable.Range(0, g.Count).Select(i => 1 / g.Norm(i))];
        var products = g.Times(w);
        for (var (moved, pass) = (1.0, 0); moved > 1e-8 && pass < 20_000; pass++)
        {
            moved = 0;
            for (var i = 0; i < w.Length; i++)
            {
                var rest = products[i] - (g[i, i] * w[i]);
                var root = Math.Sqrt((rest * rest) + (4 * g[i, i]));
                var value = rest > 0 ? 2 / (rest + root) : (root - rest) / (2 * g[i, i]);
                moved = Math.Max(moved, Math.Abs(value - w[i]) / value);
                Vectors.AddScaled(products, value - w[i], g.Row(i));
                w[i] = value;
            }
        }

        return w;
    }
}
