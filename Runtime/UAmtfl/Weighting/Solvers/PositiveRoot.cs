using UAmtfl.LinearModels.Numerics;

namespace UAmtfl.Weighting.Solvers;

/// <summary>The w &gt; 0 with Gw = w^(−1/α): the one minimiser of ½ wᵀGw − Σ_i ∫ w_i^(−1/α), strictly convex, by damped Newton steps. α = 1 is the Nash
/// bargaining solution (Navon et al. 2022, <i>Multi-task learning as a bargaining game</i>), other α are α-fair (Ban and Ji 2024, <i>Fair
/// resource allocation in multi-task learning</i>, eq. 6).</summary>
/// <remarks>In y = Dw and the cosines C it reads Cy = κ y^(−1/α) with κ = D^((1 − α)/α). Where the gradients have no common
/// descent direction there is no such w. Then 10⁻⁸ times the squared norms are added to G's diagonal, which bounds y by 10⁴ and lets Jᵀw vanish.</remarks>
internal static class PositiveRoot
{
    /// <summary>What is added to the cosines' diagonal where there is no solution.</summary>
    public const double Ridge = 1e-8;

    private const double Accepted = 1e-9;
    private const double Exact = 1e-14;
    private const int Iterations = 200;

    /// <summary>Solves.</summary>
    /// <param name="gramian">G, finite, with a positive diagonal.</param>
    /// <param name="alpha">α, above 0.</param>
    /// <returns>w &gt; 0.</returns>
    public static double[] Solve(Gramian gramian, double alpha)
    {
        var rows = new UnitRows(gramian);
        var n = rows.Count;
        // y without conflicts, Cy = y; the largest becomes 1.
        double[] start = [.. rows.Norms.Select(d => (1 - alpha) / (1 + alpha) * Math.Log(d))];
        var shift = start.Max();
        if (n == 2 && alpha == 1)
        {
            var sum = 1 + rows.Cosines[1];
            var y = 1 / Math.Sqrt(sum > Ridge ? sum : sum + Ridge);
            return [y / rows.Norms[0], y / rows.Norms[1]];
        }

        double[] targets = [.. rows.Norms.Select(d => ((1 - alpha) / alpha * Math.Log(d)) - (shift * (1 + (1 / alpha))))];
        double[] initial = [.. start.Select(s => Math.Exp(s - shift))];
        var solution = initial.ToArray();
        if (!Newton(rows.Cosines, targets, alpha, solution))
        {
            for (var i = 0; i < n; i++)
            {
                rows.Cosines[(i * n) + i] += Ridge;
            }

            solution = initial;
            Newton(rows.Cosines, targets, alpha, solution);
        }

        return [.. solution.Select((y, i) => Math.Exp(shift) * y / rows.Norms[i])];
    }

    /// <summary>Damped Newton steps from where y stands.</summary>
    /// <param name="matrix">C [n, n].</param>
    /// <param name="targets">log κ [n].</param>
    /// <param name="alpha">α.</param>
    /// <param name="y">[n], positive: the start and the answer.</param>
    /// <returns>Whether Cy = κ y^(−1/α) holds to nine digits.</returns>
    private static bool Newton(double[] matrix, double[] targets, double alpha, double[] y)
    {
        var n = y.Length;
        var (trial, best, system) = (new double[n], double.PositiveInfinity, new PanelCholesky(n));
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var (residual, wanted) = Residual(matrix, targets, alpha, y);
            var error = 0.0;
            for (var i = 0; i < n; i++)
            {
                error = Math.Max(error, Math.Abs(residual[i]) / wanted[i]);
            }

            if (error <= Exact || (error <= Accepted && error > best / 2)) return true;
            best = Math.Min(best, error);
            for (var i = 0; i < n; i++)
            {
                var row = system.Row(i);
                matrix.AsSpan(i * n, n)[i..].CopyTo(row[i..]);
                row[i] += wanted[i] / (alpha * y[i]);
            }

            double[] step = [.. residual];
            if (!system.Factorise(n)) break;
            system.Solve(n, step);
            if (!Move(matrix, targets, alpha, y, step, trial, Vectors.Dot(residual, step))) break;
        }

        return best <= Accepted;
    }

    /// <summary>As far along the step as y stays positive and the slope, which the step's start has at −<paramref name="decrease"/>, does not turn upwards by
    /// more than a tenth of that.</summary>
    private static bool Move(double[] matrix, double[] targets, double alpha, double[] y, double[] step, double[] trial, double decrease)
    {
        if (!double.IsFinite(decrease)) return false;
        var length = 1.0;
        for (var i = 0; i < y.Length; i++)
        {
            if (step[i] < 0) length = Math.Min(length, -0.95 * y[i] / step[i]);
        }

        for (var halvings = 0; halvings < 60; halvings++, length /= 2)
        {
            y.CopyTo(trial, 0);
            Vectors.AddScaled(trial, length, step);
            var (residual, _) = Residual(matrix, targets, alpha, trial);
            var slope = -Vectors.Dot(residual, step);
            if (!(slope <= 0.1 * decrease)) continue;
            trial.CopyTo(y, 0);
            return true;
        }

        return false;
    }

    /// <summary>κ y^(−1/α) − Cy, and its first part.</summary>
    private static (double[] Residual, double[] Wanted) Residual(double[] matrix, double[] targets, double alpha, double[] y)
    {
        var n = y.Length;
        var (residual, wanted) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            wanted[i] = Math.Exp(Math.Min(targets[i] - (Math.Log(y[i]) / alpha), 600));
            residual[i] = wanted[i] - Vectors.Dot(matrix.AsSpan(i * n, n), y);
        }

        return (residual, wanted);
    }
}
