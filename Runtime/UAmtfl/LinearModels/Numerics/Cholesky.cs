using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>The Cholesky factorisation of small matrices, for solvers that work on arrays.</summary>
internal static class Cholesky
{
    /// <summary>Solves Ax = b.</summary>
    /// <param name="rows">The rows of A up to the diagonal; the factor takes their place.</param>
    /// <param name="b">b; x takes its place.</param>
    /// <returns>False, and b of no use, where A is not positive definite.</returns>
    public static bool Solve(double[][] rows, double[] b)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = rows[i][j] - Vectors.Dot(rows[i].AsSpan(0, j), rows[j]);
                if (i != j) rows[i][j] = rest / rows[j][j];
                else if (rest > 0) rows[i][i] = Math.Sqrt(rest);
                else return false;
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
