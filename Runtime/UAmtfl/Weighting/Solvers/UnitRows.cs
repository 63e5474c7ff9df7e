namespace UAmtfl.Weighting.Solvers;

/// <summary>The norms D and the cosines C of gradients, with G = DCD. Solvers work on these, because the scale of a gradient, 10⁻¹⁰ or
/// 10¹⁵, then does not affect their tolerances.</summary>
internal sealed class UnitRows
{
    /// <summary>Splits G into norms and cosines.</summary>
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
                // Divide by one norm after the other, because the product of two norms could leave the range of doubles.
                var cosine = Norms[i] > 0 && Norms[j] > 0 ? Math.Clamp(gramian[i, j] / Norms[i] / Norms[j], -1, 1) : 0;
                Cosines[(i * Count) + j] = Cosines[(j * Count) + i] = cosine;
            }
        }
    }

    /// <summary>The number of gradients n.</summary>
    public int Count { get; }

    /// <summary>The norms D of the gradients, [n].</summary>
    public double[] Norms { get; }

    /// <summary>The cosines C [n, n], row by row, with a diagonal of ones, even for a gradient of 0.</summary>
    public double[] Cosines { get; }

    /// <summary>Returns one row of C.</summary>
    public ReadOnlySpan<double> Row(int i) => Cosines.AsSpan(i * Count, Count);
}
