using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Solvers;

/// <summary>Projects Jᵀu on the cone of the directions that conflict with no gradient, {d : Jd ≥ 0}. The projection is Jᵀv with v the
/// minimiser of vᵀGv over v ≥ u (Quinton and Rey 2024, <i>Jacobian descent for multi-objective optimization</i>, proposition 1).</summary>
/// <remarks>The result is exact to rounding, for any scales of the gradients, without regularisation. v is unique only if the gradients
/// are linearly independent, but Jᵀv always is.</remarks>
public static class ConeProjection
{
    /// <summary>Returns the weights v of the projection of Jᵀu.</summary>
    /// <param name="gramian">The inner products G = JJᵀ, finite.</param>
    /// <param name="lower">The bounds u, one number for each row of G, finite.</param>
    /// <returns>v ≥ u with Gv ≥ 0 and (v − u)ᵀGv = 0.</returns>
    /// <exception cref="ArgumentException">u has not one number for each row.</exception>
    public static double[] Solve(Gramian gramian, ReadOnlySpan<double> lower)
    {
        RequireLength(gramian, lower);
        var (rows, n) = (new UnitRows(gramian), gramian.Count);
        var scaled = new double[n];
        for (var i = 0; i < n; i++)
        {
            scaled[i] = lower[i] * rows.Norms[i];
        }

        var result = lower.ToArray();
        var size = Vectors.LargestSize(scaled);
        if (size == 0)
        {
            return result;
        }

        var (b, x) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            Vectors.AddScaled(b, -scaled[i] / size, rows.Row(i));
        }

        new NonNegativeQuadratic(rows.Cosines, n).Solve(b, x);
        for (var i = 0; i < n; i++)
        {
            if (x[i] > 0 && rows.Norms[i] > 0)
            {
                result[i] += size / rows.Norms[i] * x[i];
            }
        }

        return result;
    }

    /// <summary>Returns the weights v of the sum of the projections of u₁g₁, u₂g₂, …, which are n problems with one matrix, for any
    /// scales of u and of the gradients.</summary>
    /// <param name="gramian">The inner products G = JJᵀ, finite.</param>
    /// <param name="lower">The factors u, one number for each row of G, finite, not negative.</param>
    /// <returns>The weights v, such that the sum is Jᵀv.</returns>
    /// <exception cref="ArgumentException">u has not one number for each row.</exception>
    public static double[] SumOfEach(Gramian gramian, ReadOnlySpan<double> lower)
    {
        RequireLength(gramian, lower);
        var (rows, n) = (new UnitRows(gramian), gramian.Count);
        var solver = new NonNegativeQuadratic(rows.Cosines, n);
        var (b, x, result) = (new double[n], new double[n], lower.ToArray());
        for (var k = 0; k < n; k++)
        {
            var size = lower[k] * rows.Norms[k];
            var row = rows.Row(k);
            if (size == 0 || !HasNegative(row))
            {
                continue;
            }

            for (var i = 0; i < n; i++)
            {
                b[i] = -row[i];
            }

            // Start from 0, where only the gradients that conflict with g_k act; the solution for another k would be a worse start.
            Array.Clear(x);
            solver.Solve(b, x);
            for (var i = 0; i < n; i++)
            {
                if (x[i] > 0 && rows.Norms[i] > 0)
                {
                    result[i] += size / rows.Norms[i] * x[i];
                }
            }
        }

        return result;
    }

    private static bool HasNegative(ReadOnlySpan<double> row)
    {
        foreach (var value in row)
        {
            if (value < 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void RequireLength(Gramian gramian, ReadOnlySpan<double> lower)
    {
        if (lower.Length != gramian.Count)
        {
            throw new ArgumentException($"{lower.Length} numbers for {gramian.Count} gradients.", nameof(lower));
        }
    }
}
