using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>The labels of a batch as the losses need them: a label for each row and task or, if each row is of one task, one label for
/// each row.</summary>
/// <param name="Values">[N, T], in the order of the network's tasks, 0 where a label is missing; or [N] with an owner.</param>
/// <param name="Observed">[N, T], 1 where a label is there and 0 where it is missing; null when none is missing.</param>
/// <param name="Owner">[N], int64: the task of each row; null where rows are of all tasks.</param>
public readonly record struct Labels(Tensor Values, Tensor? Observed, Tensor? Owner = null)
{
    /// <summary>The result of <see cref="Present"/>, kept so that it is computed once for a batch; null if it has not been asked
    /// for.</summary>
    private Tensor? KnownPresence { get; init; }

    /// <summary>Splits a data set's labels into values and a mask of the ones that are there.</summary>
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

    /// <summary>Makes the labels of rows that are of one task each.</summary>
    /// <param name="labels">[N], no NaN.</param>
    /// <param name="owner">[N], int64, the task's column in the data set.</param>
    /// <param name="columns">For each task its column.</param>
    public static Labels From(Tensor labels, Tensor owner, IReadOnlyList<int> columns)
    {
        using var scope = NewDisposeScope();
        var task = new long[columns.Count];
        for (var t = 0; t < columns.Count; t++)
        {
            task[columns[t]] = t;
        }

        using var order = tensor(task, device: labels.device);
        return new(labels.alias().MoveToOuterDisposeScope(), null, order.index_select(0, owner).MoveToOuterDisposeScope());
    }

    /// <summary>A view of consecutive rows.</summary>
    public Labels Rows(long start, long count) =>
        new(Values.narrow(0, start, count), Observed?.narrow(0, start, count), Owner?.narrow(0, start, count));

    /// <summary>A view of consecutive tasks, for rows that are of all tasks.</summary>
    public Labels Tasks(long start, long count) => new(Values.narrow(1, start, count), Observed?.narrow(1, start, count));

    /// <summary>A copy of chosen rows.</summary>
    public Labels Select(Tensor rows) => new(Values.index_select(0, rows), Observed?.index_select(0, rows), Owner?.index_select(0, rows));

    /// <summary>Finds the tasks that have a label among the rows. A loss of 0 does not tell, because a task that is fitted perfectly has
    /// one too.</summary>
    /// <param name="tasks">T.</param>
    /// <returns>[T], 1 for a task with a label and 0 for one without; null where all have one, because none is missing.</returns>
    public Tensor? Present(long tasks)
    {
        if (KnownPresence is not null)
        {
            return KnownPresence;
        }

        return Owner is { } owner
            ? zeros(tasks, dtype: Values.dtype, device: Values.device).index_fill_(0, owner, 1)
            : Observed?.amax([0L]);
    }

    /// <summary>The same labels with the result of <see cref="Present"/> kept in them.</summary>
    /// <param name="tasks">T.</param>
    internal Labels WithPresence(long tasks) => this with { KnownPresence = Present(tasks) };

    /// <summary>The same labels in float64 on the CPU, for the exact solvers.</summary>
    internal Labels InDouble() => new(Values.to(ScalarType.Float64).cpu(), Observed?.to(ScalarType.Float64).cpu(), Owner?.cpu());

    /// <summary>Counts the labels of each task.</summary>
    /// <param name="tasks">T.</param>
    public Tensor Counts(long tasks) =>
        Owner is { } owner ? owner.bincount(null, tasks).to(Values.dtype)
        : Observed is { } observed ? observed.sum(dim: 0)     // sum(0) would take 0 for an element type, uint8
        : full(tasks, Values.shape[0], dtype: Values.dtype, device: Values.device);

    /// <summary>The same labels with a column for each task; a row of one task has missing labels in the other columns.</summary>
    /// <param name="tasks">T.</param>
    /// <returns>[N, T]</returns>
    public Labels Dense(long tasks)
    {
        if (Owner is not { } owner)
        {
            return this;
        }

        using var scope = NewDisposeScope();
        var column = owner.unsqueeze(1);
        var empty = zeros(Values.shape[0], tasks, dtype: Values.dtype, device: Values.device);
        var (values, present) = (empty.scatter(1, column, Values.unsqueeze(1)), empty.scatter(1, column, ones_like(Values).unsqueeze(1)));
        return new(values.MoveToOuterDisposeScope(), present.MoveToOuterDisposeScope());
    }
}
