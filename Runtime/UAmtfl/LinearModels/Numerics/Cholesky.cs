using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Solves small linear systems by Cholesky factorisation, for solvers that work on arrays.</summary>
internal static class Cholesky
{
    /// <summary>Solves Ax = b in place.</summary>
    /// <param name="rows">The rows of A up to the diagonal, which the factor replaces.</param>
    /// <param name="b">The right side b, which the solution x replaces.</param>
    /// <returns>True if A is positive definite; if it is false, <paramref name="b"/> holds no solution.</returns>
    public static bool Solve(double[][] rows, double[] b)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = rows[i][j] - Vectors.Dot(rows[i].AsSpan(0, j), rows[j]);
                if (i != j)
                {
                    rows[i][j] = rest / rows[j][j];
                }
                else if (rest > 0)
                {
                    rows[i][i] = Math.Sqrt(rest);
                }
                else
                {
                    return false;
                }
            }

            b[i] = (b[i] - Vectors.Dot(rows[i].AsSpan(0, i), b)) / rows[i][i];
        }

        for (var i = rows.Length - 1; i >= 0; i--)
        {
            b[i] /= rows[i][i];
            Vectors.AddScaled(b.AsSpan(0, i), -b[i], rows[i]);
        }

        return true;
    }
}
