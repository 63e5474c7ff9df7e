namespace UAmtfl.Evaluation.Metrics;

/// <summary>A metric of one task over its test rows, prepared so that it can be computed again and again for resamples of the rows.</summary>
public interface IRowMetric
{
    /// <summary>How many rows there are, N.</summary>
    int Rows { get; }

    /// <summary>The metric of a resample.</summary>
    /// <param name="weights">[N], how often each row was drawn.</param>
    /// <returns>NaN where the metric is not defined on these rows.</returns>
    double Of(ReadOnlySpan<ushort> weights);
}
