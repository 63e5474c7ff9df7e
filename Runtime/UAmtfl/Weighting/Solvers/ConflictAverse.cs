using UAmtfl.LinearModels.Numerics;

namespace UAmtfl.Weighting.Solvers;

/// <summary>min over the simplex of g_wᵀg₀ + c‖g₀‖ ‖g_w‖ with g_w = Jᵀw and g₀ the mean gradient: the dual of the largest worst improvement
/// within c‖g₀‖ of g₀ (Liu et al. 2021, <i>Conflict-averse gradient descent</i>, eq. 4).</summary>
/// <remarks>With κ = c‖g₀‖, κ‖v‖ is the least ‖v‖²/(2μ) + κ²μ/2 over μ &gt; 0, so that for a given μ the problem is the least norm in the hull
/// of g_i + μg₀, and what is left is the root in μ of log(‖g_w‖/(κμ)), which falls: a handful of such problems. The direction is g₀ + g_w/μ.</remarks>
internal static class ConflictAverse
{
    private const double Smallest = 1e-9;
    private const double Tolerance = 1e-11;
    private const int Steps = 100;

    /// <summary>Solves.</summary>
    /// <param name="gramian">G, finite, with a positive diagonal.</param>
    /// <param name="c">c, in (0, 1).</param>
    /// <returns>w in the simplex and μ; null where g₀ is 0 or g_w would be: g₀ is then as good a direction as any in the ball.</returns>
    public static (double[] Weights, double Mu)? Solve(Gramian gramian, double c)
    {
        var n = gramian.Count;
        var scale = Enumerable.Range(0, n).Max(i => gramian[i, i]);
        var scaled = new Gramian([.. gramian.Values.ToArray().Select(v => v / scale)]);
        double[] uniform = [.. Enumerable.Repeat(1.0 / n, n)];
        var toMean = scaled.Times(uniform);
        var mean = Vectors.Dot(toMean, uniform);
        if (mean <= 1e-15) return null;
        var radius = c * Math.Sqrt(mean);
        var shifted = new double[n * n];

        Point At(double mu, double[]? start)
        {
            var w = MinimumNorm.Solve(Shifted(scaled, toMean, mean, mu, shifted), start);
            var products = scaled.Times(w);
            var square = Math.Max(Vectors.Dot(w, products), 1e-300);
            return new(mu, w, products, square, (0.5 * Math.Log(square)) - Math.Log(radius * mu));
        }

        var high = At(1 / radius, null);
        var low = high;
        while (low.Excess < 0)
        {
            high = low;
            var mu = low.Mu * Math.Exp(-Math.Clamp(-1.5 * low.Excess, 0.05, 3));
            if (mu < Smallest) return null;
            low = At(mu, low.Weights);
        }

        var root = Root(At, low, high, radius);
        return (root.Weights, root.Mu);
    }

    /// <summary>The root between two points. While the support of w stays the same w is linear in μ, and two points on that piece give the root
    /// exactly; the last two that were solved are tried before the bracket's ends, and a halving after each that did not help.</summary>
    private static Point Root(Func<double, double[]?, Point> at, Point low, Point high, double radius)
    {
        var (last, before) = (low, high);
        for (var step = 0; step < Steps; step++)
        {
            if (Math.Abs(last.Excess) <= Tolerance || high.Mu - low.Mu <= 1e-15 * high.Mu) break;
            var mu = OnLine(before, last, radius);
            if (!(mu > low.Mu && mu < high.Mu)) mu = OnLine(low, high, radius);
            if (!(mu > low.Mu && mu < high.Mu) || step % 3 == 2) mu = Math.Sqrt(low.Mu * high.Mu);
            (before, last) = (last, at(mu, last.Weights));
            if (last.Excess > 0) low = last;
            else high = last;
        }

        return last;
    }

    /// <summary>The μ &gt; 0 at which ‖g_w‖ = κμ if w is linear in μ through two points; NaN where there is none.</summary>
    private static double OnLine(Point a, Point b, double radius)
    {
        // In t, from 0 at a to 1 at b: ‖g_w‖² and μ² are quadratic.
        var (both, apart) = (Vectors.Dot(a.Weights, b.Products), b.Mu - a.Mu);
        var square = radius * radius;
        var constant = a.Square - (square * a.Mu * a.Mu);
        var half = both - a.Square - (square * a.Mu * apart);
        var leading = a.Square - (2 * both) + b.Square - (square * apart * apart);
        var root = Math.Sqrt((half * half) - (leading * constant));
        var q = -half - (half >= 0 ? root : -root);
        var (first, second) = (a.Mu + (apart * q / leading), a.Mu + (apart * constant / q));
        // ‖g_w‖/μ falls, so that one of the two lies where μ is positive and nearer.
        return second > 0 && !(first > 0 && Math.Abs(first - b.Mu) < Math.Abs(second - b.Mu)) ? second : first;
    }

    /// <summary>The inner products of g_i + μg₀, in memory that is there: one μ follows the other.</summary>
    private static Gramian Shifted(Gramian gramian, double[] toMean, double mean, double mu, double[] values)
    {
        var n = gramian.Count;
        for (var i = 0; i < n; i++)
        {
            var row = gramian.Row(i);
            var target = values.AsSpan(i * n, n);
            var constant = (mu * toMean[i]) + (mu * mu * mean);
            for (var j = 0; j < n; j++)
            {
                target[j] = row[j] + (mu * toMean[j]) + constant;
            }
        }

        return new(values, gramian.Tasks);
    }

    /// <summary>The problem's solution for one μ.</summary>
    /// <param name="Mu">μ.</param>
    /// <param name="Weights">w.</param>
    /// <param name="Products">Gw.</param>
    /// <param name="Square">‖g_w‖²</param>
    /// <param name="Excess">log(‖g_w‖/(κμ))</param>
    private sealed record Point(double Mu, double[] Weights, double[] Products, double Square, double Excess);
}
