using System.Diagnostics;
using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Hosting;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>Trains one variant with one seed and tests it.</summary>
public static class CellRunner
{
    /// <summary>Loads the data, trains, tests. Synchronous: libtorch's scopes belong to the calling thread.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="bound">The variant with its hyper-parameters.</param>
    /// <param name="plan">How it is trained.</param>
    /// <param name="data">Where the data is, and the seed: of its draw, of the initial weights, of the order of batches and of dropout.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="epochEnded">Called after each epoch.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="DataException">The data cannot be read, or does not fit the tasks.</exception>
    /// <exception cref="UAmtflException">Training diverged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CellResult Run(
        ExperimentDescriptor experiment,
        VariantDescriptor variant,
        BoundVariant bound,
        TrainingPlan plan,
        DataRequest data,
        Device device,
        Action<EpochRecord> epochEnded,
        CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var splits = experiment.Dataset().Load(data);
        var tasks = experiment.Tasks;
        var (train, validation, test) = (Load(splits.Train, "training", tasks, device), Load(splits.Validation, "validation", tasks, device), Load(splits.Test, "test", tasks, device));
        RandomStreams.Start(data.Seed, "initialisation");
        using var model = bound.Create(Counts(train.Labels, tasks));
        using var optimizer = Trainer.CreateOptimizer(plan, model.Groups);
        var traces = new Dictionary<string, List<double[]>>();
        new Trainer(model, plan, tasks, data.Seed).Train(train.Inputs, train.Labels, validation, optimizer, record =>
        {
            foreach (var (name, values) in record.Traces)
            {
                (traces.TryGetValue(name, out var list) ? list : traces[name] = []).Add(values);
            }

            epochEnded(record);
        }, cancellation);

        var evaluation = Evaluator.Evaluate(Trainer.Predict(model, test.Inputs), test.Labels, tasks);
        return new()
        {
            Variant = variant.Name,
            Seed = data.Seed,
            OverallError = evaluation.OverallError,
            TaskErrors = evaluation.TaskErrors,
            TaskLosses = evaluation.TaskLosses,
            RowErrors = Rows<float>(evaluation.RowErrors.to(ScalarType.Float32)),
            Transfer = ReadTransfer(model),
            SharedTest = splits.SharedTest,
            Optimizer = optimizer.Description,
            Traces = traces.ToDictionary(t => t.Key, t => t.Value.ToArray()),
            Seconds = watch.Elapsed.TotalSeconds,
        };
    }

    /// <summary>Loads the data as <see cref="Run"/> would, and refuses it where that would.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="data">Where the data is, and the seed of its draw.</param>
    /// <exception cref="DataException">The data cannot be read, or does not fit the tasks.</exception>
    internal static void Check(ExperimentDescriptor experiment, DataRequest data)
    {
        using var scope = NewDisposeScope();
        using var splits = experiment.Dataset().Load(data);
        var tasks = experiment.Tasks;
        Check(splits.Validation, "validation", tasks);
        Check(splits.Test, "test", tasks);
        var train = Load(splits.Train, "training", tasks, CPU);
        Counts(train.Labels, tasks);
    }

    private static (Tensor Inputs, Labels Labels) Load(Samples samples, string split, TaskSet tasks, Device device)
    {
        Check(samples, split, tasks);
        return (samples.Inputs.to(device), Labels.From(samples.Labels.to(device), tasks.LabelColumns));
    }

    private static void Check(Samples samples, string split, TaskSet tasks)
    {
        var (rows, columns) = (samples.Labels.shape[0], samples.Labels.dim() == 2 ? samples.Labels.shape[1] : -1);
        if (columns != tasks.Count || rows != samples.Inputs.shape[0] || rows == 0)
        {
            throw new DataException($"the {split} set has inputs of shape [{string.Join(", ", samples.Inputs.shape)}] and labels of shape [{string.Join(", ", samples.Labels.shape)}]; the experiment's {tasks.Count} tasks need labels of shape [N, {tasks.Count}] with as many rows as the inputs, at least one");
        }

        if (!samples.Inputs.isfinite().all().item<bool>())
        {
            throw new DataException($"the {split} set has inputs that are not finite: clean or drop those rows");
        }

        for (var t = 0; t < tasks.Count; t++)
        {
            CheckLabels(samples.Labels.select(1, tasks.LabelColumns[t]), tasks.Tasks[t], split);
        }
    }

    /// <summary>A label that is no class would train to plausible numbers; it is refused here. NaN is a missing label.</summary>
    private static void CheckLabels(Tensor labels, TaskInfo task, string split)
    {
        var classes = task.Kind == TaskKind.Binary ? 2 : task.Outputs;
        var wrong = task.Kind == TaskKind.Regression
            ? labels.isinf()
            : labels.isnan().logical_not().logical_and(labels.lt(0).logical_or(labels.ge(classes)).logical_or(labels.ne(labels.floor())));
        if (wrong.any().item<bool>())
        {
            var row = wrong.nonzero()[0, 0].item<long>();
            var allowed = task.Kind == TaskKind.Regression ? "a finite number" : $"0 to {classes - 1}";
            throw new DataException(FormattableString.Invariant($"the {split} set has label {labels[row].item<float>()} for task {task.Name} in row {row}; a {task.Kind.ToString().ToLowerInvariant()} label must be {allowed}, or NaN where it is missing"));
        }
    }

    private static Tensor Counts(Labels labels, TaskSet tasks)
    {
        var counts = labels.Counts();
        for (var t = 0; t < tasks.Count; t++)
        {
            if (counts[t].item<float>() == 0)
            {
                throw new DataException($"task {tasks.Tasks[t].Name} has no label in the training set: remove the task, or give it data");
            }
        }

        return counts;
    }

    private static double[][]? ReadTransfer(Variant model)
    {
        using var frozen = no_grad();
        return model.Transfer() is { } transfer ? Rows<double>(transfer.to(ScalarType.Float64)) : null;
    }

    private static T[][] Rows<T>(Tensor matrix)
        where T : unmanaged
    {
        var values = matrix.cpu().contiguous().data<T>().ToArray();
        return [.. values.Chunk((int)matrix.shape[1])];
    }
}
