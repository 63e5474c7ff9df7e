namespace UAmtfl.Evaluation.Statistics;

/// <summary>The mean and the standard deviation of a sample, such as the errors of several seeds.</summary>
/// <param name="Mean">The arithmetic mean; NaN for an empty sample.</param>
/// <param name="Sd">The sample standard deviation (divisor n − 1); NaN below two values.</param>
/// <param name="Count">The number of values n.</param>
public readonly record struct Summary(double Mean, double Sd, int Count)
{
    /// <summary>Computes the mean and the standard deviation of a sample. If a value is NaN, both are NaN.</summary>
    /// <param name="values">The sample [n], in any unit.</param>
    public static Summary Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            return new Summary(double.NaN, double.NaN, 0);
        }

        var mean = values.Sum() / values.Count;
        var sd = values.Count < 2 ? double.NaN : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
        return new Summary(mean, sd, values.Count);
    }
}
