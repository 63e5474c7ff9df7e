namespace UAmtfl.Weighting.Solvers;

/// <summary>Finds the shortest vector in the convex hull of the gradients, min wᵀGw over w ≥ 0, Σw = 1 (Désidéri 2012,
/// <i>Multiple-gradient descent algorithm</i>, C. R. Math. 350; the problem of Wolfe 1976, <i>Finding the nearest point in a
/// polytope</i>).</summary>
/// <remarks>The result is exact to rounding, for any scales of the gradients. min over x ≥ 0 of ½ xᵀ(G + 11ᵀ)x − 1ᵀx has the minimiser
/// x = sw with (1 − s)/s the squared minimum norm, and is bounded even if the hull contains 0. w is unique only if the gradients on its
/// support are linearly independent, but Jᵀw always is.</remarks>
public static class MinimumNorm
{
    /// <summary>Returns the weights of the shortest vector.</summary>
    /// <param name="gramian">G = JJᵀ, finite, of at least one task.</param>
    /// <returns>w ≥ 0 with Σw = 1, one for each row of G.</returns>
    public static double[] Solve(Gramian gramian) => Solve(gramian, null);

    /// <summary>Returns the weights of the shortest vector, searched from a start.</summary>
    /// <param name="gramian">G = JJᵀ.</param>
    /// <param name="start">The weights w of a similar problem; null for none.</param>
    internal static double[] Solve(Gramian gramian, double[]? start)
    {
        var n = gramian.Count;
        var rows = new UnitRows(gramian);
        var smallest = rows.Norms.Min();
        if (smallest == 0)
        {
            // A gradient of 0 is the shortest vector.
            double[] zero = [.. rows.Norms.Select(norm => norm == 0 ? 1.0 : 0)];
            return Normalised(zero);
        }

        if (n == 2)
        {
            return Pair(gramian);
        }

        double[] inverse = [.. rows.Norms.Select(norm => smallest / norm)];
        var matrix = rows.Cosines;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                matrix[(i * n) + j] += inverse[i] * inverse[j];
            }
        }

        var x = new double[n];
        for (var i = 0; start is not null && i < n; i++)
        {
            x[i] = start[i] / inverse[i];
        }

        new NonNegativeQuadratic(matrix, n).Solve(inverse, x, warm: start is not null);
        for (var i = 0; i < n; i++)
        {
            x[i] *= inverse[i];
        }

        return Normalised(x);
    }

    /// <summary>Returns the weights of two gradients: w₁ = (g₂ − g₁)ᵀg₂ / ‖g₁ − g₂‖², between 0 and 1.</summary>
    private static double[] Pair(Gramian gramian)
    {
        var (first, second, both) = (gramian[0, 0], gramian[1, 1], gramian[0, 1]);
        var apart = first - both + (second - both);
        var weight = apart > 0 ? Math.Clamp((second - both) / apart, 0, 1) : 0.5;
        return [weight, 1 - weight];
    }

    private static double[] Normalised(double[] w)
    {
        var sum = w.Sum();
        return [.. w.Select(value => value / sum)];
    }
}
