using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Solvers;

/// <summary>Finds the w &gt; 0 with Gw = w^(−1/α), which is the only minimiser of the strictly convex function ½ wᵀGw − Σ_i ∫
/// w_i^(−1/α). α = 1 is the Nash bargaining solution (Navon et al. 2022, <i>Multi-task learning as a bargaining game</i>), other α are
/// α-fair (Ban and Ji 2024, <i>Fair resource allocation in multi-task learning</i>, eq. 6).</summary>
/// <remarks>With y = Dw and the cosines C the equations are Cy = s, log s + log D + (log y − log D)/α = 0. For α = 1 the norms cancel,
/// and damped Newton steps on the convex function solve it (<see cref="Bargain"/>). For other α Newton steps solve both equations at once
/// (<see cref="FairShares"/>).
/// <para>w_t^(1/α) (Gw)_t = 1 holds to 10⁻⁹, or to the last digits of the sum (Gw)_t if it cancels, for α from 0.05 to 10 and norms
/// within four decades, and for α = 1 and any norms. Beyond, a sum may have to be below all digits; if the steps end early, the weights
/// of α = 1 are returned, with a flag that they are not the solution.</para>
/// <para>If the gradients have no common descent direction, there is no such w. Then 10⁻⁸ times the squared norms are added to G's
/// diagonal, which lets Jᵀw vanish.</para></remarks>
internal static class PositiveRoot
{
    /// <summary>The number that is added to the diagonal of the cosines if there is no solution.</summary>
    public const double Ridge = 1e-8;

    private const double Accepted = 1e-9;
    private const double Exact = 1e-14;
    private const int Iterations = 200;

    /// <summary>Returns the solution w, or that of α = 1 if it is not found.</summary>
    /// <param name="gramian">The inner products G, finite, with a positive diagonal.</param>
    /// <param name="alpha">The exponent α, above 0.</param>
    /// <returns>w &gt; 0.</returns>
    public static double[] Solve(Gramian gramian, double alpha) => Solve(gramian, alpha, out _);

    /// <summary>Returns the solution w, or that of α = 1 if it is not found, and reports which it is.</summary>
    /// <param name="gramian">The inner products G, finite, with a positive diagonal.</param>
    /// <param name="alpha">The exponent α, above 0.</param>
    /// <param name="solved">True if w is the solution for this α; false if it is that of α = 1.</param>
    /// <returns>w &gt; 0.</returns>
    public static double[] Solve(Gramian gramian, double alpha, out bool solved)
    {
        var rows = new UnitRows(gramian);
        var fair = alpha == 1 ? null : Fair(rows, alpha);
        solved = alpha == 1 || fair is not null;
        return [.. (fair ?? Nash(rows)).Select((value, i) => value / rows.Norms[i])];
    }

    private static double[] Nash(UnitRows rows)
    {
        var n = rows.Count;
        if (n == 2)
        {
            var sum = 1 + rows.Cosines[1];
            var pair = 1 / Math.Sqrt(sum > Ridge ? sum : sum + Ridge);
            return [pair, pair];
        }

        double[] y = [.. Enumerable.Repeat(1.0, n)];
        if (!Bargain(rows.Cosines, y))
        {
            AddRidge(rows);
            Array.Fill(y, 1);
            Bargain(rows.Cosines, y);
        }

        return y;
    }

    private static double[]? Fair(UnitRows rows, double alpha)
    {
        var cosines = new Gramian(rows.Cosines);
        var nearest = MinimumNorm.Solve(cosines);
        if (Vectors.Dot(nearest, cosines.Times(nearest)) > 1e-13 && new FairShares(rows, alpha).Solve() is { } shares)
        {
            return shares;
        }

        AddRidge(rows);
        return new FairShares(rows, alpha).Solve();
    }

    private static void AddRidge(UnitRows rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            rows.Cosines[(i * rows.Count) + i] = 1 + Ridge;
        }
    }

    /// <summary>Solves Cy = 1/y by damped Newton steps.</summary>
    /// <param name="matrix">The matrix C [n, n].</param>
    /// <param name="y">The start [n], positive, which the solution replaces.</param>
    /// <returns>True if the equation holds to nine digits.</returns>
    private static bool Bargain(double[] matrix, double[] y)
    {
        var n = y.Length;
        var (trial, best, system) = (new double[n], double.PositiveInfinity, new PanelCholesky(n));
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var residual = Residual(matrix, y);
            var error = 0.0;
            for (var i = 0; i < n; i++)
            {
                error = Math.Max(error, Math.Abs(residual[i]) * y[i]);
            }

            if (error <= Exact || (error <= Accepted && error > best / 2))
            {
                return true;
            }

            best = Math.Min(best, error);
            double[] step = [.. residual];
            if (!Newton(matrix, system, step, i => 1 / (y[i] * y[i])) || !Move(matrix, y, step, trial, Vectors.Dot(residual, step)))
            {
                break;
            }
        }

        return best <= Accepted;
    }

    /// <summary>Moves y along the step, as far as y stays positive and the slope, which is −<paramref name="decrease"/> at the start,
    /// does not turn upwards by more than a tenth of that.</summary>
    private static bool Move(double[] matrix, double[] y, double[] step, double[] trial, double decrease)
    {
        if (!double.IsFinite(decrease))
        {
            return false;
        }

        var length = 1.0;
        for (var i = 0; i < y.Length; i++)
        {
            if (step[i] < 0)
            {
                length = Math.Min(length, -0.95 * y[i] / step[i]);
            }
        }

        for (var halvings = 0; halvings < 60; halvings++, length /= 2)
        {
            y.CopyTo(trial, 0);
            Vectors.AddScaled(trial, length, step);
            if (!(-Vectors.Dot(Residual(matrix, trial), step) <= 0.1 * decrease))
            {
                continue;
            }

            trial.CopyTo(y, 0);
            return true;
        }

        return false;
    }

    /// <summary>Returns the residual 1/y − Cy.</summary>
    private static double[] Residual(double[] matrix, double[] y)
    {
        var (n, residual) = (y.Length, new double[y.Length]);
        for (var i = 0; i < n; i++)
        {
            residual[i] = (1 / y[i]) - Vectors.Dot(matrix.AsSpan(i * n, n), y);
        }

        return residual;
    }

    /// <summary>Solves (C + diag) δ = step in place.</summary>
    private static bool Newton(double[] matrix, PanelCholesky system, double[] step, Func<int, double> diagonal)
    {
        var n = step.Length;
        for (var i = 0; i < n; i++)
        {
            var row = system.Row(i);
            matrix.AsSpan(i * n, n)[i..].CopyTo(row[i..]);
            row[i] += diagonal(i);
        }

        if (!system.Factorise(n))
        {
            return false;
        }

        system.Solve(n, step);
        return step.All(double.IsFinite);
    }
}
