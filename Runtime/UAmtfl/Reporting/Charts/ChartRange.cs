namespace UAmtfl.Reporting.Charts;

/// <summary>The part of an axis that a chart shows: all values, but for those so far out that the rest would be flat beside them.</summary>
/// <param name="Low">At most 0.</param>
/// <param name="High">At least 0.</param>
internal sealed record ChartRange(double Low, double High)
{
    /// <summary>A value this many times as large as the next one is left out, and all larger ones with it, at most half of all.</summary>
    private const double Gap = 5;

    /// <summary>The range of values with their whiskers, 0 included.</summary>
    /// <param name="extents">From where to where each one reaches; what is not finite is passed over.</param>
    public static ChartRange Of(IEnumerable<(double Low, double High)> extents)
    {
        var finite = extents.Where(e => double.IsFinite(e.Low) && double.IsFinite(e.High)).ToList();
        var limit = Limit([.. finite.Select(Size).OrderDescending()]);
        var shown = finite.Where(e => Size(e) <= limit).ToList();
        return new(Math.Min(0, shown.Select(e => e.Low).DefaultIfEmpty(0).Min()), Math.Max(0, shown.Select(e => e.High).DefaultIfEmpty(0).Max()));
    }

    /// <summary>Whether a value is not shown.</summary>
    public bool IsBeyond(double value) => value < Low || value > High;

    /// <summary>The nearest value that is shown.</summary>
    public double Clamp(double value) => Math.Clamp(value, Low, High);

    private static double Size((double Low, double High) extent) => Math.Max(Math.Abs(extent.Low), Math.Abs(extent.High));

    private static double Limit(double[] descending)
    {
        var limit = double.PositiveInfinity;
        for (var i = 0; i < descending.Length / 2; i++)
        {
            limit = descending[i + 1] > 0 && descending[i] > Gap * descending[i + 1] ? descending[i + 1] : limit;
        }

        return limit;
    }
}
