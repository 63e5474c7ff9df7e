using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Bilevel;

/// <summary>Computes the weights of several upper objectives as the shortest convex combination of their gradients, with one more
/// gradient along which the direction must progress. Without that one the problem is <see cref="Solvers.MinimumNorm"/>.</summary>
internal static class UpperLevel
{
    /// <summary>The gain of one more exchange of weight, relative to the largest entry of the problem, below which the solver
    /// stops.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>The maximum number of exchanges, far above what problems of a few hundred tasks take.</summary>
    private const int MostExchanges = 200_000;

    /// <summary>Minimises min over ν ≥ 0 of ½‖Σ_k γ_k g_k + ν q‖² − ν ρ‖q‖² over γ in the simplex. The inner minimum is at ν = max(ρ −
    /// aᵀγ, 0) with a_k = ⟨q, g_k⟩/‖q‖², and leaves ½ γᵀGγ − ½ ν² ‖q‖², which is convex.</summary>
    /// <remarks>The solver is pairwise Frank-Wolfe (Lacoste-Julien and Jaggi 2015, NeurIPS): weight is moved from the entry with the
    /// largest derivative to the one with the smallest, by an exact line search, until no exchange gains.</remarks>
    /// <param name="gramian">G of n gradients.</param>
    /// <param name="slopes">The numbers a, [n].</param>
    /// <param name="square">The square ‖q‖².</param>
    /// <param name="target">The required progress ρ.</param>
    /// <returns>The weights γ.</returns>
    public static double[] UpperWeights(Gramian gramian, double[] slopes, double square, double target)
    {
        var weights = new double[gramian.Count];
        weights[Enumerable.Range(0, weights.Length).MinBy(k => gramian[k, k])] = 1;
        var scale = Enumerable.Range(0, weights.Length).Max(k => Math.Max(gramian[k, k], square * slopes[k] * slopes[k]));
        var products = gramian.Times(weights);
        for (var exchange = 0; exchange < MostExchanges; exchange++)
        {
            var slack = target - Vectors.Dot(slopes, weights);
            var (from, to) = Exchange(weights, k => products[k] + (square * Math.Max(slack, 0) * slopes[k]), out var gain);
            if (gain <= Tolerance * scale)
            {
                break;
            }

            Move(gramian, slopes, square, slack, weights, products, from, to);
            if (exchange % 64 == 63)
            {
                // Compute the products anew, because rounding errors have accumulated.
                products = gramian.Times(weights);
            }
        }

        return weights;
    }

    private static (int From, int To) Exchange(double[] weights, Func<int, double> derivative, out double gain)
    {
        var (from, to, largest, smallest) = (-1, -1, double.NegativeInfinity, double.PositiveInfinity);
        for (var k = 0; k < weights.Length; k++)
        {
            var value = derivative(k);
            (to, smallest) = value < smallest ? (k, value) : (to, smallest);
            (from, largest) = weights[k] > 0 && value > largest ? (k, value) : (from, largest);
        }

        gain = largest - smallest;
        return (from, to);
    }

    private static void Move(
        Gramian gramian, double[] slopes, double square, double slack, double[] weights, double[] products, int from, int to)
    {
        var curvature = gramian[from, from] + gramian[to, to] - (2 * gramian[from, to]);
        var (slope, tilt) = (products[to] - products[from], slopes[to] - slopes[from]);
        var amount = Math.Min(Best(slope, curvature, tilt, square, slack), weights[from]);
        weights[to] += amount;
        weights[from] = amount == weights[from] ? 0 : weights[from] - amount;
        for (var k = 0; k < products.Length; k++)
        {
            products[k] += amount * (gramian[k, to] - gramian[k, from]);
        }
    }

    /// <summary>Returns the t at which the derivative along the exchange, slope + t · curvature + ‖q‖² max(slack − t · tilt, 0) tilt,
    /// is 0. The derivative does not fall and is linear on both sides of the point at which ν becomes 0, so that the zero is on one of
    /// the sides, or does not exist.</summary>
    private static double Best(double slope, double curvature, double tilt, double square, double slack)
    {
        var inside = -(slope + (square * slack * tilt)) / (curvature - (square * tilt * tilt));
        if (inside >= 0 && slack - (inside * tilt) > 0)
        {
            return inside;
        }

        var outside = -slope / curvature;
        return outside >= 0 && slack - (outside * tilt) <= 0 ? outside : double.PositiveInfinity;
    }
}
