using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>The labels of a batch as the losses need them: a label for each row and task or, if each row belongs to one task, one label
/// for each row.</summary>
/// <param name="Values">The labels [N, T] in the order of the network's tasks, 0 for a missing label; or [N] with an owner.</param>
/// <param name="Observed">A mask [N, T], 1 for a label and 0 for a missing one; null if none is missing.</param>
/// <param name="Owner">The task of each row, [N], int64; null if rows belong to all tasks.</param>
public readonly record struct Labels(Tensor Values, Tensor? Observed, Tensor? Owner = null)
{
    /// <summary>The probabilities of the classes of classifications, [N, T, K], with K the largest number of classes and 0 behind those
    /// of a task, if labels are made from weak ones; null if each label is one class. <see cref="Values"/> then has the most probable
    /// class, and the probability of label 1 of a binary task.</summary>
    public Tensor? Probabilities { get; init; }

    /// <summary>The result of <see cref="Present"/>, kept so that it is computed once for a batch; null if it is not kept.</summary>
    private Tensor? KnownPresence { get; init; }

    /// <summary>What the sum over the labels of each task is divided by to be a mean, [T]; null for their number among the rows.</summary>
    internal Tensor? Divisors { get; private init; }

    /// <summary>The labels of the batch that these are a part of (<see cref="Part"/>); null if they are no part.</summary>
    private (Tensor Values, Tensor? Observed, Tensor? Owner, Tensor? Probabilities)? Batch { get; init; }

    /// <summary>The labels of the whole batch, of which these may be a part.</summary>
    internal Labels Whole => Batch is { } batch
        ? new(batch.Values, batch.Observed, batch.Owner) { Probabilities = batch.Probabilities }
        : this;

    /// <summary>Splits the labels of a data set into values and a mask of those that are not missing.</summary>
    /// <param name="labels">The labels [N, T], with columns as in the data set, and NaN for a missing label.</param>
    /// <param name="columns">The column of each task, [T].</param>
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

    /// <summary>Makes the labels of rows that belong to one task each.</summary>
    /// <param name="labels">The labels [N], without NaN.</param>
    /// <param name="owner">The column of each row's task in the data set, [N], int64.</param>
    /// <param name="columns">The column of each task, [T].</param>
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

    /// <summary>Returns a view of consecutive rows.</summary>
    public Labels Rows(long start, long count) =>
        new(Values.narrow(0, start, count), Observed?.narrow(0, start, count), Owner?.narrow(0, start, count))
        {
            Probabilities = Probabilities?.narrow(0, start, count),
        };

    /// <summary>Returns a view of consecutive tasks, for rows that belong to all tasks.</summary>
    public Labels Tasks(long start, long count) => new(Values.narrow(1, start, count), Observed?.narrow(1, start, count))
    {
        Probabilities = Probabilities?.narrow(1, start, count),
        KnownPresence = Divisors is null ? null : KnownPresence?.narrow(0, start, count),
        Divisors = Divisors?.narrow(0, start, count),
        Batch = Batch is { } batch ? (
            batch.Values.narrow(1, start, count), batch.Observed?.narrow(1, start, count), null,
            batch.Probabilities?.narrow(1, start, count)) : null,
    };

    /// <summary>Returns a view of consecutive rows whose gradient is one part of that of all rows: the means of tasks of all parts,
    /// weighted by the share of rows in each, are the means of all rows. A task has a label in the part if it has one among all
    /// rows.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="tasks">The number of tasks T.</param>
    internal Labels Part(long start, long count, long tasks) => Rows(start, count) with
    {
        KnownPresence = Present(tasks),
        Divisors = Observed is { } observed ? observed.sum(dim: 0).clamp_min(1) * (count / (double)Values.shape[0]) : null,
        Batch = (Values, Observed, Owner, Probabilities),
    };

    /// <summary>Returns a copy of chosen rows.</summary>
    public Labels Select(Tensor rows) => new(Values.index_select(0, rows), Observed?.index_select(0, rows), Owner?.index_select(0, rows))
    {
        Probabilities = Probabilities?.index_select(0, rows),
    };

    /// <summary>Finds the tasks that have a label among the rows. A loss of 0 does not show that a label is missing, because it may also
    /// be a perfect fit.</summary>
    /// <param name="tasks">The number of tasks T.</param>
    /// <returns>A mask [T], 1 for a task with a label and 0 for one without; null if no label is missing.</returns>
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

    /// <summary>Returns the same labels with the result of <see cref="Present"/> kept in them.</summary>
    /// <param name="tasks">The number of tasks T.</param>
    internal Labels WithPresence(long tasks) => this with { KnownPresence = Present(tasks) };

    /// <summary>Returns the same labels in float64 on the CPU, for the exact solvers.</summary>
    internal Labels InDouble() => new(Values.to(ScalarType.Float64).cpu(), Observed?.to(ScalarType.Float64).cpu(), Owner?.cpu())
    {
        Probabilities = Probabilities?.to(ScalarType.Float64).cpu(),
    };

    /// <summary>Counts the labels of each task.</summary>
    /// <param name="tasks">The number of tasks T.</param>
    public Tensor Counts(long tasks) =>
        Owner is { } owner ? owner.bincount(null, tasks).to(Values.dtype)
        : Observed is { } observed ? observed.sum(dim: 0)     // sum(0) would take 0 for an element type, uint8
        : full(tasks, Values.shape[0], dtype: Values.dtype, device: Values.device);

    /// <summary>Returns the same labels with a column for each task. A row that belongs to one task has missing labels in the other
    /// columns.</summary>
    /// <param name="tasks">The number of tasks T.</param>
    /// <returns>The labels [N, T] with their mask.</returns>
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
