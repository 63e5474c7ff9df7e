using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Solvers;

/// <summary>Minimises g_wᵀg₀ + c‖g₀‖ ‖g_w‖ over the simplex, with g_w = Jᵀw and g₀ the mean gradient. It is the dual of the largest worst
/// improvement within c‖g₀‖ of g₀ (Liu et al. 2021, <i>Conflict-averse gradient descent</i>, eq. 4).</summary>
/// <remarks>With κ = c‖g₀‖, κ‖v‖ is the minimum of ‖v‖²/(2μ) + κ²μ/2 over μ &gt; 0. For a given μ the problem is therefore the minimum
/// norm in the hull of g_i + μg₀, and μ is the root of the falling function log(‖g_w‖/(κμ)), which takes a handful of such problems.
/// The direction is g₀ + g_w/μ.
/// <para>There is no root if the hull contains 0, so that no direction improves the worst task, and a direction that worsens no task is
/// within κ of g₀: g_w/μ stays below κ while μ and g_w go to 0. The limit of g₀ + g_w/μ is the projection of g₀ on the directions that
/// conflict with no gradient, for which the worst improvement is 0.</para>
/// <para>The gap between the worst improvement and its bound by duality is below 10⁻⁹ of ‖g₀‖ times the longest gradient. For opposite and
/// nearly opposite gradients it is below 10⁻⁸ of the longest gradient's square, because inner products have no digits for a shorter
/// g_w. A mean gradient below 3 · 10⁻⁸ of the longest is only rounding, and counts as 0.</para></remarks>
internal static class ConflictAverse
{
    private const double Smallest = 1e-16;
    private const double Small = 1e-3;
    private const double Tolerance = 1e-11;
    private const int Steps = 100;

    /// <summary>Returns the weights v of the conflict-averse direction.</summary>
    /// <param name="gramian">The inner products G, finite, with a positive diagonal.</param>
    /// <param name="c">The radius c relative to the mean gradient, in (0, 1).</param>
    /// <returns>The weights v, such that the direction is Jᵀv; their sum is above 1.</returns>
    public static double[] Solve(Gramian gramian, double c)
    {
        double[] uniform = [.. Enumerable.Repeat(1.0 / gramian.Count, gramian.Count)];
        var scaled = Scaled(gramian);
        var toMean = scaled.Times(uniform);
        var mean = Vectors.Dot(toMean, uniform);
        if (mean <= 1e-15)
        {
            return uniform;
        }

        var radius = c * Math.Sqrt(mean);
        var solved = uniform.ToArray();
        var point = Dual(scaled, toMean, mean, radius);
        Vectors.AddScaled(solved, 1 / point.Mu, point.Weights);
        if (Math.Abs(point.Excess) <= 1e-9 && point.Mu > Small)
        {
            return solved;
        }

        // There is no root, or rounding hides it: take the better of this point and the limit, moved into the ball.
        solved = Within(scaled, solved, uniform, radius);
        var projected = Within(scaled, ConeProjection.Solve(scaled, uniform), uniform, radius);
        return scaled.Times(solved).Min() >= scaled.Times(projected).Min() ? solved : projected;
    }

    /// <summary>Returns v if it is in the ball, else the point where the line from u to v leaves the ball; u if v is so long that its
    /// distance is only rounding.</summary>
    private static double[] Within(Gramian gramian, double[] v, double[] u, double radius)
    {
        double[] away = [.. v.Zip(u, (a, b) => a - b)];
        var size = away.Select((a, i) => Math.Abs(a) * gramian.Norm(i)).Sum();
        if (size > 1e7 * radius)
        {
            return u;
        }

        var distance = Math.Sqrt(Math.Max(0, Vectors.Dot(away, gramian.Times(away))));
        return distance <= radius ? v : [.. u.Zip(away, (value, a) => value + (a * radius / distance))];
    }

    /// <summary>Returns G divided by its largest diagonal entry, because only ratios matter.</summary>
    private static Gramian Scaled(Gramian gramian)
    {
        var scale = Enumerable.Range(0, gramian.Count).Max(i => gramian[i, i]);
        return new([.. gramian.Values.ToArray().Select(v => v / scale)]);
    }

    /// <summary>Returns the point at the root, or at the smallest μ if there is no root.</summary>
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
            if (mu < Smallest)
            {
                return low;
            }

            low = At(mu, low.Weights);
        }

        return Root(At, low, high, radius);
    }

    /// <summary>Finds the root between two points. As long as the support of w stays the same, w is linear in μ, and two points give
    /// the root exactly. The last two points solved are tried before the ends of the bracket; after a try that did not help the bracket
    /// is halved.</summary>
    private static Point Root(Func<double, double[]?, Point> at, Point low, Point high, double radius)
    {
        var (last, before) = (low, high);
        for (var step = 0; step < Steps; step++)
        {
            if (Math.Abs(last.Excess) <= Tolerance || high.Mu - low.Mu <= 1e-15 * high.Mu)
            {
                break;
            }

            var mu = OnLine(before, last, radius);
            if (!(mu > low.Mu && mu < high.Mu))
            {
                mu = OnLine(low, high, radius);
            }

            if (!(mu > low.Mu && mu < high.Mu) || step % 3 == 2)
            {
                mu = Math.Sqrt(low.Mu * high.Mu);
            }

            (before, last) = (last, at(mu, last.Weights));
            if (last.Excess > 0)
            {
                low = last;
            }
            else
            {
                high = last;
            }
        }

        return last;
    }

    /// <summary>Returns the μ &gt; 0 at which ‖g_w‖ = κμ if w is linear in μ through two points; NaN if there is none.</summary>
    private static double OnLine(Point a, Point b, double radius)
    {
        // ‖g_w‖² and μ² are quadratic in t, which is 0 at a and 1 at b.
        var (both, apart) = (Vectors.Dot(a.Weights, b.Products), b.Mu - a.Mu);
        var square = radius * radius;
        var constant = a.Square - (square * a.Mu * a.Mu);
        var half = both - a.Square - (square * a.Mu * apart);
        var leading = a.Square - (2 * both) + b.Square - (square * apart * apart);
        var root = Math.Sqrt((half * half) - (leading * constant));
        var q = -half - (half >= 0 ? root : -root);
        var (first, second) = (a.Mu + (apart * q / leading), a.Mu + (apart * constant / q));
        // One of the two roots has a positive μ and is nearer, because ‖g_w‖/μ falls.
        return second > 0 && !(first > 0 && Math.Abs(first - b.Mu) < Math.Abs(second - b.Mu)) ? second : first;
    }

    /// <summary>Returns the inner products of g_i + μg₀, in memory that is used again for the next μ.</summary>
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

    /// <summary>The solution of the problem for one μ.</summary>
    /// <param name="Mu">The value of μ.</param>
    /// <param name="Weights">The weights w.</param>
    /// <param name="Products">The products Gw.</param>
    /// <param name="Square">The square ‖g_w‖².</param>
    /// <param name="Excess">The function log(‖g_w‖/(κμ)), whose root is searched.</param>
    private sealed record Point(double Mu, double[] Weights, double[] Products, double Square, double Excess);
}
