using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>The labels of a batch, ready for the losses.</summary>
/// <param name="Values">[N, T], in the order of the network's tasks; 0 where a label is missing.</param>
/// <param name="Observed">[N, T], 1 where a label is there and 0 where it is missing; null when none is missing.</param>
public readonly record struct Labels(Tensor Values, Tensor? Observed)
{
    /// <summary>Splits a data set's labels into values and mask.</summary>
    /// <param name="labels">[N, T], NaN where a label is missing, columns as in the data set.</param>
    /// <param name="columns">For each task its column.</param>
    public static Labels From(Tensor labels, IReadOnlyList<int> columns)
    {
        using var scope = NewDisposeScope();
        using var order = tensor(columns.Select(c => (long)c).ToArray(), device: labels.device);
        var ordered = labels.index_select(1, order);
        var missing = ordered.isnan();
        var any = missing.any().item<bool>();
        var values = any ? ordered.nan_to_num(0) : ordered;
        var observed = any ? missing.logical_not().to(values.dtype).MoveToOuterDisposeScope() : null;
        return new(values.MoveToOuterDisposeScope(), observed);
    }

    /// <summary>A view of consecutive rows.</summary>
    public Labels Rows(long start, long count) => new(Values.narrow(0, start, count), Observed?.narrow(0, start, count));

    /// <summary>A view of consecutive tasks.</summary>
    public Labels Tasks(long start, long count) => new(Values.narrow(1, start, count), Observed?.narrow(1, start, count));

    /// <summary>A copy of chosen rows.</summary>
    public Labels Select(Tensor rows) => new(Values.index_select(0, rows), Observed?.index_select(0, rows));

    /// <summary>[T], how many labels each task has.</summary>
    public Tensor Counts() => Observed is null
        ? full(Values.shape[1], Values.shape[0], dtype: Values.dtype, device: Values.device)
        : Observed.sum(dim: 0);     // sum(0) would take 0 for an element type, uint8
}
