namespace UAmtfl.Evaluation.Metrics;

/// <summary>Computes a metric of one task on its test rows or on any resample of them. Work that all resamples share is done once,
/// because a bootstrap computes thousands.</summary>
public interface IRowMetric
{
    /// <summary>The number of rows N.</summary>
    int Rows { get; }

    /// <summary>Computes the metric on a resample of the rows.</summary>
    /// <param name="weights">The number of times that each row was drawn, [N].</param>
    /// <returns>The metric; NaN if it is not defined on these rows.</returns>
    double Of(ReadOnlySpan<ushort> weights);
}
