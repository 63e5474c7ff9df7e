namespace UAmtfl.Reporting.Charts;

/// <summary>The range of an axis that a chart shows. It contains all values except those so far out that the rest would look flat beside
/// them.</summary>
/// <param name="Low">The lower end, at most 0.</param>
/// <param name="High">The upper end, at least 0.</param>
internal sealed record ChartRange(double Low, double High)
{
    /// <summary>The multiple of the middle value above which a value is far out, which holds for at most half of all values.</summary>
    private const double FarOut = 5;

    /// <summary>Returns the range that shows values with their whiskers, and 0.</summary>
    /// <param name="extents">The ends of each value's whiskers; an end that is not finite is ignored.</param>
    /// <param name="resolution">The size up to which a value counts as 0 and does not influence the scale.</param>
    /// <param name="bounded">True if values above 0 are bounded by nature, as improvements are, so that they are never far out.</param>
    public static ChartRange Of(IEnumerable<(double Low, double High)> extents, double resolution = 0, bool bounded = false)
    {
        var finite = extents.Where(e => double.IsFinite(e.Low) && double.IsFinite(e.High)).ToList();
        var sizes = finite.Select(Size).Where(size => size > resolution).Order().ToArray();
        var limit = sizes.Length == 0 ? double.PositiveInfinity : FarOut * sizes[(sizes.Length - 1) / 2];
        limit = bounded ? Math.Max(limit, 2 * finite.Max(e => e.High)) : limit;
        var shown = finite.Where(e => Size(e) <= limit).Append((0, 0)).ToList();
        return new(shown.Min(e => e.Low), shown.Max(e => e.High));
    }

    /// <summary>True if a value is outside the range.</summary>
    public bool IsBeyond(double value) => value < Low || value > High;

    private static double Size((double Low, double High) extent) => Math.Max(Math.Abs(extent.Low), Math.Abs(extent.High));
}
