namespace UAmtfl.Weighting.Solvers;

/// <summary>Projects vectors on the simplex {w ≥ 0, Σw = 1}. The nearest point is max(v − θ, 0) with θ such that the sum is 1 (Held,
/// Wolfe and Crowder 1974, <i>Validation of subgradient optimization</i>).</summary>
public static class SimplexProjection
{
    /// <summary>Returns the nearest point of the simplex.</summary>
    /// <param name="v">The vector, of at least one number, finite.</param>
    /// <returns>A vector of the same length, not negative, whose sum is 1.</returns>
    public static double[] Of(ReadOnlySpan<double> v)
    {
        // The largest number is subtracted, so that numbers of any size keep their last digits; only differences matter.
        var largest = double.NegativeInfinity;
        foreach (var value in v)
        {
            largest = Math.Max(largest, value);
        }

        var sorted = new double[v.Length];
        for (var i = 0; i < v.Length; i++)
        {
            sorted[i] = v[i] - largest;
        }

        double[] shifted = [.. sorted];
        Array.Sort(sorted, (a, b) => b.CompareTo(a));
        var (sum, threshold) = (0.0, 0.0);
        for (var k = 0; k < sorted.Length; k++)
        {
            sum += sorted[k];
            var candidate = (sum - 1) / (k + 1);
            if (sorted[k] <= candidate)
            {
                break;
            }

            threshold = candidate;
        }

        return [.. shifted.Select(value => Math.Max(value - threshold, 0))];
    }
}
