namespace UAmtfl.Evaluation.Statistics;

/// <summary>A two-sided 95 % interval; both ends are NaN if none could be computed.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, not below <paramref name="Low"/>.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The value that stands for no interval, when there was nothing to resample or a value was not finite.</summary>
    public static readonly Interval None = new(double.NaN, double.NaN);
}
