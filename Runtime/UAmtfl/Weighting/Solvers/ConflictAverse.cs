using UAmtfl.LinearModels.Numerics;

namespace UAmtfl.Weighting.Solvers;

/// <summary>min over the simplex of g_wᵀg₀ + c‖g₀‖ ‖g_w‖ with g_w = Jᵀw and g₀ the mean gradient: the dual of the largest worst improvement
/// within c‖g₀‖ of g₀ (Liu et al. 2021, <i>Conflict-averse gradient descent</i>, eq. 4).</summary>
/// <remarks>With κ = c‖g₀‖, κ‖v‖ is the least ‖v‖²/(2μ) + κ²μ/2 over μ &gt; 0, so that for a given μ the problem is the least norm in the hull
/// of g_i + μg₀, and what is left is the root in μ of log(‖g_w‖/(κμ)), which falls. The direction is g₀ + g_w/μ.</remarks>
internal static class ConflictAverse
{
    private const double Smallest = 1e-9;
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
        double[]? last = null;

        double Excess(double logMu)
        {
            last = MinimumNorm.Solve(Shifted(scaled, toMean, mean, Math.Exp(logMu)), last);
            return (0.5 * Math.Log(Math.Max(Vectors.Dot(last, scaled.Times(last)), 1e-300))) - Math.Log(radius) - logMu;
        }

        var high = -Math.Log(radius);
        var atHigh = Excess(high);
        var (low, atLow) = (high, atHigh);
        while (atLow < 0)
        {
            (high, atHigh) = (low, atLow);
            low -= Math.Clamp(-2 * atLow, 0.1, 3);
            if (low < high - 40 || low < Math.Log(Smallest)) return null;
            atLow = Excess(low);
        }

        return Root(Excess, low, atLow, high, atHigh) is var root && last is not null ? (last, Math.Exp(root)) : null;
    }

    /// <summary>The root of a falling function by the rule of false position with halved ends (Illinois); the last evaluation is there.</summary>
    private static double Root(Func<double, double> f, double low, double atLow, double high, double atHigh)
    {
        var (x, side) = (low, 0);
        for (var step = 0; step < Steps; step++)
        {
            x = atLow - atHigh > 0 ? ((atLow * high) - (atHigh * low)) / (atLow - atHigh) : 0.5 * (low + high);
            if (!(x >= low && x <= high)) x = 0.5 * (low + high);
            var value = f(x);
            if (Math.Abs(value) <= 1e-14 || high - low <= 1e-15 * Math.Max(1, Math.Abs(x))) break;
            if (value > 0)
            {
                (low, atLow) = (x, value);
                if (side == 1) atHigh /= 2;
                side = 1;
            }
            else
            {
                (high, atHigh) = (x, value);
                if (side == -1) atLow /= 2;
                side = -1;
            }
        }

        return x;
    }

    /// <summary>The inner products of g_i + μg₀.</summary>
    private static Gramian Shifted(Gramian gramian, double[] toMean, double mean, double mu)
    {
        var n = gramian.Count;
        var values = gramian.Values.ToArray();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                values[(i * n) + j] += (mu * (toMean[i] + toMean[j])) + (mu * mu * mean);
            }
        }

        return new(values);
    }
}
