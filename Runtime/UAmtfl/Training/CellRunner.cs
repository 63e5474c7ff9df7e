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
        SampleChecks.RequireDisjoint(splits);
        var tasks = experiment.Tasks;
        var (train, validation, test) = (SampleChecks.Load(splits.Train, "training", tasks, device), SampleChecks.Load(splits.Validation, "validation", tasks, device), SampleChecks.Load(splits.Test, "test", tasks, device));
        RandomStreams.Start(data.Seed, "initialisation");
        var counts = SampleChecks.Counts(train.Labels, tasks);
        using var model = bound.Create(counts);
        var learnt = model switch
        {
            Variant network => Train(network, plan, tasks, data.Seed, train, validation, epochEnded, cancellation),
            FittedVariant linear => Fit(linear, tasks, data.Seed, train, validation),
            _ => throw new InvalidOperationException($"{model.GetType()} is neither trained nor fitted."),
        };
        var outputs = Trainer.Predict(model, test.Inputs);
        var labels = test.Labels.Dense(tasks.Count);
        var evaluation = Evaluator.Evaluate(outputs, labels, tasks);
        var measures = TestMeasures.Of(outputs, labels, tasks, evaluation.RowErrors);
        return new()
        {
            Variant = variant.Name,
            Seed = data.Seed,
            OverallError = evaluation.OverallError,
            TaskErrors = evaluation.TaskErrors,
            TaskLosses = evaluation.TaskLosses,
            RowErrors = Rows<float>(evaluation.RowErrors.to(ScalarType.Float32)),
            Scores = measures.Scores,
            Labels = measures.Labels,
            TaskMetrics = measures.TaskMetrics,
            ConstantPredictions = measures.ConstantPredictions,
            TrainCounts = counts.to(ScalarType.Float64).cpu().data<double>().ToArray(),
            ValidationError = learnt.ValidationError,
            Chosen = learnt.Chosen,
            Transfer = ReadTransfer(model),
            SharedTest = splits.SharedTest,
            Optimizer = learnt.Method,
            Traces = learnt.Traces,
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
        var splits = experiment.Dataset().Load(data);
        SampleChecks.RequireDisjoint(splits);
        var tasks = experiment.Tasks;
        SampleChecks.Load(splits.Validation, "validation", tasks, CPU);
        SampleChecks.Load(splits.Test, "test", tasks, CPU);
        SampleChecks.Counts(SampleChecks.Load(splits.Train, "training", tasks, CPU).Labels, tasks);
    }

    private static Learnt Train(
        Variant model, TrainingPlan plan, TaskSet tasks, int seed, (Tensor Inputs, Labels Labels) train, (Tensor Inputs, Labels Labels) validation, Action<EpochRecord> epochEnded, CancellationToken cancellation)
    {
        using var optimizer = Trainer.CreateOptimizer(plan, model.Groups);
        var traces = new Dictionary<string, List<double[]>>();
        var error = double.NaN;
        new Trainer(model, plan, tasks, seed).Train(train.Inputs, train.Labels, validation, optimizer, record =>
        {
            foreach (var (name, values) in record.Traces)
            {
                (traces.TryGetValue(name, out var list) ? list : traces[name] = []).Add(values);
            }

            error = record.ValidationError ?? error;
            epochEnded(record);
        }, cancellation);
        return new(optimizer.Description, error, traces.ToDictionary(t => t.Key, t => t.Value.ToArray()), new Dictionary<string, double[]>());
    }

    private static Learnt Fit(FittedVariant model, TaskSet tasks, int seed, (Tensor Inputs, Labels Labels) train, (Tensor Inputs, Labels Labels) validation)
    {
        var fit = model.Fit(train, validation, tasks, seed);
        var error = Evaluator.Evaluate(Trainer.Predict(model, validation.Inputs), validation.Labels.Dense(tasks.Count), tasks).OverallError;
        return new(fit.Solver, error, new Dictionary<string, double[][]>(), fit.Chosen);
    }

    private static double[][]? ReadTransfer(Predictor model)
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

    /// <summary>What a training or a fit says of itself.</summary>
    private sealed record Learnt(string Method, double ValidationError, IReadOnlyDictionary<string, double[][]> Traces, IReadOnlyDictionary<string, double[]> Chosen);
}
