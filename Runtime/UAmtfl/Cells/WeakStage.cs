using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Tasks;
using UAmtfl.WeakSupervision;
using static TorchSharp.torch;

namespace UAmtfl.Cells;

/// <summary>The stage of a cell that makes training labels from weak ones, before the training.</summary>
internal sealed class WeakStage
{
    private readonly TaskSet tasks;
    private readonly WeakLabeller labeller;
    private readonly Dictionary<(WeakLabelPlan Plan, string Trained), (Labels Labels, WeakReport Report)> made = [];

    private WeakStage(TaskSet tasks, WeakLabeller labeller) => (this.tasks, this.labeller) = (tasks, labeller);

    /// <summary>Collects the votes on the training rows.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="train">The training samples as the data set returns them.</param>
    /// <returns>The stage; null if the experiment has no weak supervision.</returns>
    /// <exception cref="DataException">There are no votes or records, or they do not fit the declaration.</exception>
    public static WeakStage? Of(ExperimentDescriptor experiment, Samples train)
    {
        if (experiment.Weak is not { } weak)
        {
            return null;
        }

        var declared = experiment.Tasks.Declared.Tasks;
        string[] names = [.. declared.Select(t => t.Name)];
        int[] classes = [.. declared.Select(Classes)];
        var votes = weak.Sources.Count == 0 ? null : Votes.Of(
            train.Votes ?? throw new DataException(
                $"the training set has no votes, but the experiment declares the {(weak.Sources.Count == 1 ? "source" : "sources")} "
                + $"{string.Join(", ", weak.Sources.Select(s => s.Name))}: give its Samples Votes "
                + $"[N, {weak.Sources.Count}, {names.Length}]"),
            train.Count, weak.Sources, names, classes);
        if (weak.Functions.Count > 0)
        {
            var records = train.Records ?? throw new DataException(
                "the training set has no records, which the labelling functions read: give its Samples Records, one for each row");
            if (records.Count != train.Count)
            {
                throw new DataException(
                    $"the training set has {train.Count} rows and {records.Count} records, which the labelling functions read: give one "
                    + "for each row");
            }

            var cast = RecordVotes.Of(weak.Functions, records, names, classes);
            votes = votes?.And(cast) ?? cast;
        }

        return votes is null ? null : new(experiment.Tasks, new(weak, votes, names));
    }

    /// <summary>Returns the labels that a variant is trained on, in the order of the network's tasks, with what there is to
    /// report.</summary>
    /// <param name="plan">How they are made.</param>
    /// <param name="train">The labels of the data set.</param>
    /// <param name="validation">The true labels of the validation rows.</param>
    /// <param name="trained">The names of the tasks that the variant is trained on; null for all.</param>
    /// <exception cref="DataException">The label model cannot be fitted, or a task has no label.</exception>
    public (Labels Labels, WeakReport Report) Label(
        WeakLabelPlan plan, Labels train, Labels validation, IReadOnlyList<string>? trained)
    {
        var key = (plan, string.Join('\n', trained ?? []));
        if (!made.TryGetValue(key, out var known))
        {
            int[]? columns = trained is null ? null
                : [.. tasks.Tasks.Index().Where(t => trained.Contains(t.Item.Name)).Select(t => tasks.LabelColumns[t.Index])];
            var (probabilities, report) = labeller.Label(plan, Columns(train), Columns(validation), columns);
            made[key] = known = (Combine(train, probabilities), report);
        }

        return known;
    }

    private static int Classes(TaskInfo task) => task.Kind switch
    {
        TaskKind.Binary => 2,
        TaskKind.Classification => task.Outputs,
        _ => 0,
    };

    /// <summary>Reads the classes of labels, [T][N] with the tasks as declared, −1 for a missing label and for regressions.</summary>
    private short[][] Columns(Labels labels)
    {
        using var scope = NewDisposeScope();
        var columns = new short[tasks.Count][];
        for (var t = 0; t < tasks.Count; t++)
        {
            var values = labels.Values.select(1, t);
            var known = labels.Observed is { } observed ? where(observed.select(1, t).eq(0), -ones_like(values), values) : values;
            columns[tasks.LabelColumns[t]] = Classes(tasks.Tasks[t]) == 0
                ? [.. Enumerable.Repeat(Votes.Abstains, (int)labels.Values.shape[0])]
                : known.to(ScalarType.Int16).cpu().contiguous().data<short>().ToArray();
        }

        return columns;
    }

    /// <summary>Makes labels of the probabilities; tasks without sources keep theirs.</summary>
    private Labels Combine(Labels train, float[]?[] probabilities)
    {
        using var scope = NewDisposeScope();
        var (rows, widest) = (train.Values.shape[0], tasks.Tasks.Max(Classes));
        var values = train.Values.clone();
        var observed = train.Observed?.clone() ?? ones_like(values);
        var soft = zeros(rows, tasks.Count, widest, dtype: values.dtype, device: values.device);
        for (var t = 0; t < tasks.Count; t++)
        {
            var task = tasks.Tasks[t];
            if (probabilities[tasks.LabelColumns[t]] is not { } own)
            {
                continue;
            }

            var shares = tensor(own, rows, Classes(task)).to(values.device);
            var labelled = shares.select(1, 0).isnan().logical_not().to(values.dtype);
            shares = shares.nan_to_num(0);
            if (labelled.sum().item<float>() == 0)
            {
                throw new DataException($"no source votes on task {task.Name} in the training set: add a source, or leave the task out");
            }

            values.select(1, t).copy_(task.Kind == TaskKind.Binary ? shares.select(1, 1) : shares.argmax(1).to(values.dtype));
            observed.select(1, t).copy_(labelled);
            soft.select(1, t).narrow(1, 0, Classes(task)).copy_(shares);
        }

        // The labels belong to no scope, because all trainings of the cell, one after the other, share them.
        var complete = observed.min().item<float>() > 0;
        return new(values.DetachFromDisposeScope(), complete ? null : observed.DetachFromDisposeScope())
        {
            Probabilities = tasks.Tasks.Any(t => t.Kind == TaskKind.Classification) ? soft.DetachFromDisposeScope() : null,
        };
    }
}
