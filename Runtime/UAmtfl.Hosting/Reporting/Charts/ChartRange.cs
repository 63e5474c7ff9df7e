namespace UAmtfl.Reporting.Charts;

/// <summary>The part of an axis that a chart shows: all values, but for those so far out that the rest would be flat beside them.</summary>
/// <param name="Low">At most 0.</param>
/// <param name="High">At least 0.</param>
internal sealed record ChartRange(double Low, double High)
{
    /// <summary>What is more than so many times as large as the middle value is far out: at most half of all values.</summary>
    private const double FarOut = 5;

    /// <summary>The range of values with their whiskers, 0 included.</summary>
    /// <param name="extents">From where to where each one reaches; what is not finite is passed over.</param>
    /// <param name="resolution">What is as small as this is as good as 0, and tells nothing of the scale.</param>
    /// <param name="bounded">True if what is above 0 is bounded by nature, as an improvement is, so that it is never far out.</param>
    public static ChartRange Of(IEnumerable<(double Low, double High)> extents, double resolution = 0, bool bounded = false)
    {
        var finite = extents.Where(e => double.IsFinite(e.Low) && double.IsFinite(e.High)).ToList();
        var sizes = finite.Select(Size).Where(size => size > resolution).Order().ToArray();
        var limit = sizes.Length == 0 ? double.PositiveInfinity : FarOut * sizes[(sizes.Length - 1) / 2];
        limit = bounded ? Math.Max(limit, 2 * finite.Max(e => e.High)) : limit;
        var shown = finite.Where(e => Size(e) <= limit).Append((0, 0)).ToList();
        return new(shown.Min(e => e.Low), shown.Max(e => e.High));
    }

    /// <summary>True if a value is not shown.</summary>
    public bool IsBeyond(double value) => value < Low || value > High;

    private static double Size((double Low, double High) extent) => Math.Max(Math.Abs(extent.Low), Math.Abs(extent.High));
}
