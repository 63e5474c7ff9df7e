using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Solvers;

/// <summary>min over the simplex of g_wᵀg₀ + c‖g₀‖ ‖g_w‖ with g_w = Jᵀw and g₀ the mean gradient: the dual of the largest worst improvement
/// within c‖g₀‖ of g₀ (Liu et al. 2021, <i>Conflict-averse gradient descent</i>, eq. 4).</summary>
/// <remarks>With κ = c‖g₀‖, κ‖v‖ is the least ‖v‖²/(2μ) + κ²μ/2 over μ &gt; 0, so that for a given μ the problem is the least norm in the hull
/// of g_i + μg₀, and what is left is the root in μ of log(‖g_w‖/(κμ)), which falls: a handful of such problems. The direction is g₀ + g_w/μ.
/// <para>There is no root where the hull contains 0 (no direction then improves the worst task) and a direction that worsens none lies within κ of g₀: g_w/μ stays below κ
/// while μ and g_w go to 0. The limit of g₀ + g_w/μ is the projection of g₀ on the directions that conflict with no gradient, by which the worst task keeps its 0.</para>
/// <para>The gap between the worst improvement and its bound by duality is below 10⁻⁹ of ‖g₀‖ times the longest gradient. For opposite and nearly opposite gradients it is below 10⁻⁸ of the longest
/// gradient's square, since inner products have no digits for a shorter g_w. A mean gradient below 3 · 10⁻⁸ of the longest is all rounding, and counts as 0.</para></remarks>
internal static class ConflictAverse
{
    private const double Smallest = 1e-16;
    private const double Small = 1e-3;
    private const double Tolerance = 1e-11;
    private const int Steps = 100;

    /// <summary>Solves.</summary>
    /// <param name="gramian">G, finite, with a positive diagonal.</param>
    /// <param name="c">c, in (0, 1).</param>
    /// <returns>v, such that the direction is Jᵀv; its sum is above 1.</returns>
    public static double[] Solve(Gramian gramian, double c)
    {
        double[] uniform = [.. Enumerable.Repeat(1.0 / gramian.Count, gramian.Count)];
        var scaled = Scaled(gramian);
        var toMean = scaled.Times(uniform);
        var mean = Vectors.Dot(toMean, uniform);
        if (mean <= 1e-15) return uniform;
        var radius = c * Math.Sqrt(mean);
        var solved = uniform.ToArray();
        var point = Dual(scaled, toMean, mean, radius);
        Vectors.AddScaled(solved, 1 / point.Mu, point.Weights);
        if (Math.Abs(point.Excess) <= 1e-9 && point.Mu > Small) return solved;
        // No root, or one that rounding hides: of this and the limit the better, drawn into the ball.
        solved = Within(scaled, solved, uniform, radius);
        var projected = Within(scaled, ConeProjection.Solve(scaled, uniform), uniform, radius);
        return scaled.Times(solved).Min() >= scaled.Times(projected).Min() ? solved : projected;
    }

    /// <summary>v, or as far from u towards it as the ball reaches; u where v is so long that its distance is all rounding.</summary>
    private static double[] Within(Gramian gramian, double[] v, double[] u, double radius)
    {
        double[] away = [.. v.Zip(u, (a, b) => a - b)];
        var size = away.Select((a, i) => Math.Abs(a) * gramian.Norm(i)).Sum();
        if (size > 1e7 * radius) return u;
        var distance = Math.Sqrt(Math.Max(0, Vectors.Dot(away, gramian.Times(away))));
        return distance <= radius ? v : [.. u.Zip(away, (value, a) => value + (a * radius / distance))];
    }

    /// <summary>G over its largest diagonal entry: only ratios count.</summary>
    private static Gramian Scaled(Gramian gramian)
    {
        var scale = Enumerable.Range(0, gramian.Count).Max(i => gramian[i, i]);
        return new([.. gramian.Values.ToArray().Select(v => v / scale)]);
    }

    /// <summary>The root, or the smallest μ where there is none.</summary>
    private static Point Dual(Gramian scaled, double[] toMean, double mean, double radius)
    {
        var n = scaled.Count;
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
            if (mu < Smallest) return low;
            low = At(mu, low.Weights);
        }

        return Root(At, low, high, radius);
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
