namespace UAmtfl.Reporting.Charts.Drawing;

/// <summary>Maps values to pixels along an axis.</summary>
internal sealed class Scale
{
    private readonly double low;
    private readonly double high;
    private readonly double from;
    private readonly double to;
    private readonly bool logarithmic;

    /// <summary>Creates a scale.</summary>
    /// <param name="low">The value at <paramref name="from"/>; above 0 if the scale is logarithmic.</param>
    /// <param name="high">The value at <paramref name="to"/>; one that is not above <paramref name="low"/> is replaced.</param>
    /// <param name="from">The pixel of <paramref name="low"/>.</param>
    /// <param name="to">The pixel of <paramref name="high"/>.</param>
    /// <param name="logarithmic">True for equal distances of equal ratios.</param>
    public Scale(double low, double high, double from, double to, bool logarithmic = false)
    {
        (this.low, this.from, this.to, this.logarithmic) = (low, from, to, logarithmic);
        this.high = high > low ? high : logarithmic ? low * 10 : low + 1;
    }

    /// <summary>Returns the pixel of a value; one beyond an end is put there.</summary>
    public double At(double value)
    {
        var inside = Math.Clamp(value, low, high);
        var share = logarithmic ? Math.Log(inside / low) / Math.Log(high / low) : (inside - low) / (high - low);
        return from + (share * (to - from));
    }

    /// <summary>Returns the round values at which an axis has ticks.</summary>
    /// <param name="count">The number of ticks to come close to.</param>
    public IReadOnlyList<double> Ticks(int count)
    {
        if (logarithmic)
        {
            var (first, last) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
            double[] steps = last - first <= 2 ? [1, 2, 5] : [1];
            return [
                .. from power in Enumerable.Range(first, last - first + 1)
                from step in steps
                let tick = step * Math.Pow(10, power)
                where tick >= low * 0.999 && tick <= high * 1.001
                select tick,
            ];
        }

        var raw = (high - low) / Math.Max(1, count);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var width = unit * (raw / unit < 1.5 ? 1 : raw / unit < 3.5 ? 2 : raw / unit < 7.5 ? 5 : 10);
        var start = (long)Math.Ceiling((low / width) - 1e-9);
        var end = (long)Math.Floor((high / width) + 1e-9);
        return [.. Enumerable.Range(0, (int)Math.Min(100, end - start + 1)).Select(i => (start + i) * width)];
    }
}
