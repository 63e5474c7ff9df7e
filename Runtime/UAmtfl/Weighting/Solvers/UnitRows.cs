namespace UAmtfl.Weighting.Solvers;

/// <summary>G = DCD with D the norms of the gradients and C their cosines: what the solvers work on, so that no scale of a
/// gradient, 10⁻¹⁰ or 10¹⁵, reaches their tolerances.</summary>
internal sealed class UnitRows
{
    /// <summary>Splits G.</summary>
    public UnitRows(Gramian gramian)
    {
        Count = gramian.Count;
        Norms = new double[Count];
        Cosines = new double[Count * Count];
        for (var i = 0; i < Count; i++)
        {
            Norms[i] = Math.Sqrt(Math.Max(gramian[i, i], 0));
        }

        for (var i = 0; i < Count; i++)
        {
            Cosines[(i * Count) + i] = 1;
            for (var j = 0; j < i; j++)
            {
                // One division after the other: the product of two norms could leave the range of doubles.
                var cosine = Norms[i] > 0 && Norms[j] > 0 ? Math.Clamp(gramian[i, j] / Norms[i] / Norms[j], -1, 1) : 0;
                Cosines[(i * Count) + j] = Cosines[(j * Count) + i] = cosine;
            }
        }
    }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>D, the norms [n].</summary>
    public double[] Norms { get; }

    /// <summary>C [n, n], row by row, with a diagonal of ones, also for a gradient of 0.</summary>
    public double[] Cosines { get; }

    /// <summary>One row of C.</summary>
    public ReadOnlySpan<double> Row(int i) => Cosines.AsSpan(i * Count, Count);
}
