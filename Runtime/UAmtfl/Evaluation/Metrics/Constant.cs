namespace UAmtfl.Evaluation.Metrics;

/// <summary>Distinguishes a constant sample from one that varies.</summary>
internal static class Constant
{
    /// <summary>True if a deviation from a mean is so small that it is only rounding.</summary>
    public static bool IsRounding(double deviation, double mean) => Math.Abs(deviation) <= 1e-12 * Math.Abs(mean);
}
