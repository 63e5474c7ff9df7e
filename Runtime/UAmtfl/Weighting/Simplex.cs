namespace UAmtfl.Weighting;

/// <summary>Computes weights that are positive and sum to 1.</summary>
internal static class Simplex
{
    /// <summary>Replaces v by softmax(v), without overflow.</summary>
    public static void Softmax(Span<double> v)
    {
        var (largest, total) = (double.NegativeInfinity, 0.0);
        foreach (var value in v)
        {
            largest = Math.Max(largest, value);
        }

        foreach (ref var value in v)
        {
            total += value = Math.Exp(value - largest);
        }

        foreach (ref var value in v)
        {
            value /= total;
        }
    }

    /// <summary>Returns softmax(v) in a new array, without overflow.</summary>
    public static double[] SoftmaxOf(ReadOnlySpan<double> v)
    {
        var weights = v.ToArray();
        Softmax(weights);
        return weights;
    }
}
