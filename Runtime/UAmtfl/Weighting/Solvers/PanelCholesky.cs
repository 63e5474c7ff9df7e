using System.Numerics;
using System.Runtime.InteropServices;
using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Solvers;

/// <summary>Factorises symmetric positive definite matrices, A = UᵀU, four rows at a time. For some hundred rows, and in memory that is
/// used again, it is several times as fast as inner products row by row.</summary>
/// <param name="size">The largest number of rows.</param>
internal sealed class PanelCholesky(int size)
{
    private const int Panel = 4;

    private readonly double[][] rows = [.. Enumerable.Range(0, size).Select(_ => new double[size])];

    /// <summary>Returns row i, which the caller fills with A from the diagonal on.</summary>
    public Span<double> Row(int i) => rows[i];

    /// <summary>Factorises A; the factor replaces the rows.</summary>
    /// <param name="count">The number of rows of A.</param>
    /// <returns>True if A is positive definite.</returns>
    public bool Factorise(int count)
    {
        for (var first = 0; first < count; first += Panel)
        {
            var end = Math.Min(first + Panel, count);
            for (var k = first; k < end; k++)
            {
                var row = rows[k].AsSpan(k, count - k);
                for (var above = first; above < k; above++)
                {
                    Vectors.AddScaled(row, -rows[above][k], rows[above].AsSpan(k, count - k));
                }

                if (!(row[0] > 0))
                {
                    return false;
                }

                var factor = 1 / Math.Sqrt(row[0]);
                foreach (ref var value in row)
                {
                    value *= factor;
                }
            }

            for (var i = end; i < count; i++)
            {
                Subtract(rows[i].AsSpan(i, count - i), first, i);
            }
        }

        return true;
    }

    /// <summary>Solves Ax = b with the factor: Uᵀy = b, then Ux = y.</summary>
    /// <param name="count">The number of rows of A.</param>
    /// <param name="b">The right side b, which the solution x replaces.</param>
    public void Solve(int count, Span<double> b)
    {
        for (var k = 0; k < count; k++)
        {
            b[k] /= rows[k][k];
            Vectors.AddScaled(b[(k + 1)..count], -b[k], rows[k].AsSpan(k + 1, count - k - 1));
        }

        for (var k = count - 1; k >= 0; k--)
        {
            b[k] = (b[k] - Vectors.Dot(rows[k].AsSpan(k + 1, count - k - 1), b[(k + 1)..count])) / rows[k][k];
        }
    }

    /// <summary>Subtracts Σ U_ki U_k over the panel from a row, from column i on.</summary>
    private void Subtract(Span<double> row, int first, int i)
    {
        var n = row.Length;
        ReadOnlySpan<double> u = rows[first].AsSpan(i, n);
        ReadOnlySpan<double> v = rows[first + 1].AsSpan(i, n);
        ReadOnlySpan<double> w = rows[first + 2].AsSpan(i, n);
        ReadOnlySpan<double> x = rows[first + 3].AsSpan(i, n);
        var (a, b, c, d) = (u[0], v[0], w[0], x[0]);
        var target = MemoryMarshal.Cast<double, Vector<double>>(row);
        var wideU = MemoryMarshal.Cast<double, Vector<double>>(u)[..target.Length];
        var wideV = MemoryMarshal.Cast<double, Vector<double>>(v)[..target.Length];
        var wideW = MemoryMarshal.Cast<double, Vector<double>>(w)[..target.Length];
        var wideX = MemoryMarshal.Cast<double, Vector<double>>(x)[..target.Length];
        for (var k = 0; k < target.Length; k++)
        {
            target[k] -= (a * wideU[k]) + (b * wideV[k]) + ((c * wideW[k]) + (d * wideX[k]));
        }

        for (var k = target.Length * Vector<double>.Count; k < n; k++)
        {
            row[k] -= (a * u[k]) + (b * v[k]) + ((c * w[k]) + (d * x[k]));
        }
    }
}
