using System.Diagnostics;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.LinearModels;
using UAmtfl.Models;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using UAmtfl.Training;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Cells;

/// <summary>Trains one variant with one seed and tests it.</summary>
public static class CellRunner
{
    /// <summary>Trains and tests. Synchronous: libtorch's scopes belong to the calling thread.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="bound">The variant with its hyper-parameters.</param>
    /// <param name="plan">How it is trained.</param>
    /// <param name="data">The data; its seed is also that of the initial weights, of the order of batches and of dropout.</param>
    /// <param name="epochEnded">Called after each epoch.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <param name="journal">Keeps the state of the training after epochs; null for none. A solver keeps no state.</param>
    /// <exception cref="DataException">The data does not fit the method.</exception>
    /// <exception cref="CheckpointException">What the journal has is damaged or of another training.</exception>
    /// <exception cref="UAmtflException">Training diverged, a result is not finite, or the
    /// batches are too small for the network.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CellResult Run(
        ExperimentDescriptor experiment,
        VariantDescriptor variant,
        BoundVariant bound,
        TrainingPlan plan,
        CellData data,
        Action<EpochRecord> epochEnded,
        CancellationToken cancellation,
        ITrainingJournal? journal = null)
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var (tasks, test) = (experiment.Tasks, data.Test);
        RandomStreams.Start(data.Seed, "initialisation");
        using IPredictor model = bound switch
        {
            BoundNetwork network => network.Network(data.Counts.dtype, data.Counts.device),
            BoundSolver solver => solver.Create(),
            _ => throw new InvalidOperationException($"{bound.GetType()} is neither trained nor fitted."),
        };
        var learnt = bound is BoundNetwork trainable
            ? Train(trainable, (Network)model, plan, tasks, data, epochEnded, cancellation, journal)
            : Fit((FittedVariant)model, tasks, data);
        var order = new DeclaredOrder(tasks);
        var outputs = order.Outputs(Prediction.Of(model, test.Inputs));
        var labels = order.Labels(test.Labels.Dense(tasks.Count));
        var evaluation = Evaluator.Evaluate(outputs, labels, order.Tasks);
        FiniteChecks.RequireTested(outputs, evaluation, order.Tasks);
        var measures = TestMeasures.Of(outputs, labels, order.Tasks, evaluation.RowErrors);
        var relative = RelativeError.Of(order.Labels(data.Train.Labels.Dense(tasks.Count)), labels, order.Tasks);
        var writer = new ModelWriter(experiment, variant)
        {
            Seed = data.Seed,
            Values = bound.Values,
            Input = data.RawInput,
            NetworkInputs = test.Inputs,
            Transforms = data.Transforms,
            OverallError = relative.Measure(evaluation),
            TaskErrors = evaluation.TaskErrors,
        };
        return new()
        {
            Variant = variant.Name,
            Seed = data.Seed,
            OverallError = relative.Measure(evaluation),
            RelativeError = relative.Value(evaluation),
            TaskErrors = evaluation.TaskErrors,
            TaskLosses = evaluation.TaskLosses,
            RowErrors = Rows<float>(evaluation.RowErrors.to(ScalarType.Float32)),
            Scores = measures.Scores,
            Labels = measures.Labels,
            TaskMetrics = measures.TaskMetrics,
            ConstantPredictions = measures.ConstantPredictions,
            TrainCounts = order.Of(data.Counts.to(ScalarType.Float64).cpu().data<double>().ToArray()),
            ValidationError = learnt.ValidationError,
            Chosen = learnt.Chosen.ToDictionary(c => c.Key, c => order.Of(c.Value)),
            Certificate = learnt.Certificate,
            Transfer = ReadTransfer(model) is { } transfer ? order.Matrix(transfer) : null,
            SharedTest = data.SharedTest,
            Optimizer = learnt.Method,
            Notice = learnt.Notice,
            TestedEpoch = learnt.TestedEpoch,
            Traces = learnt.Traces,
            Weights = model is Network trained ? SmallWeights.Of(trained) : new Dictionary<string, float[][]>(),
            Files = data.Files,
            Model = writer.Write(model),
            Seconds = learnt.SecondsBefore + watch.Elapsed.TotalSeconds,
        };
    }

    private static Learnt Train(
        BoundNetwork bound,
        Network network,
        TrainingPlan plan,
        TaskSet tasks,
        CellData data,
        Action<EpochRecord> epochEnded,
        CancellationToken cancellation,
        ITrainingJournal? journal)
    {
        using var objective = bound.Objective(network, data.Counts);
        using var optimizer = Trainer.CreateOptimizer(plan, objective.Groups);
        var curves = new Curves();
        var watch = Stopwatch.StartNew();
        var trainer = new Trainer(objective, plan, tasks, data.Seed);
        using var best = trainer.Best;
        var (trained, secondsBefore) = Continue();
        trainer.Train(data.Train.Inputs, data.Train.Labels, data.Choice, optimizer, Ended, cancellation, trained);
        return new(
            optimizer.Description,
            best is { Epoch: > 0 } ? best.Error : curves.ValidationError,
            curves.Traces(),
            new Dictionary<string, double[]>(),
            Notice: curves.Notice)
        {
            SecondsBefore = secondsBefore,
            TestedEpoch = best is { Epoch: > 0 } ? best.Epoch : null,
        };

        (int Epochs, double Seconds) Continue()
        {
            using var before = journal?.Open();
            if (before is null)
            {
                return (0, 0);
            }

            try
            {
                before.State.CopyTo(objective, optimizer);
                if (best is not null)
                {
                    before.State.CopyBestTo(before.Summary.BestEpoch, before.Summary.BestError, best, network);
                }
            }
            catch (InvalidDataException e)
            {
                throw new CheckpointException(
                    $"the checkpoint of {network.GetName()} with seed {data.Seed} is of another network: {e.Message}; "
                    + "delete the folder of the cell to train it from its start",
                    e);
            }

            curves.Continue(before);
            return (before.State.Epochs, before.Summary.Seconds);
        }

        void Ended(EpochRecord record)
        {
            curves.Add(record);
            epochEnded(record);
            journal?.EpochEnded(
                new(record.Epoch, curves.ValidationError, curves.Notice, secondsBefore + watch.Elapsed.TotalSeconds)
                {
                    BestEpoch = best?.Epoch ?? 0,
                    BestError = best?.Error ?? double.NaN,
                },
                () => TrainingState.Of(objective, optimizer, record.Epoch, best));
        }
    }

    private static Learnt Fit(FittedVariant model, TaskSet tasks, CellData data)
    {
        var fit = model.Fit(data.Train, tasks, data.Seed);
        var none = new Dictionary<string, double[][]>();
        if (data.Choice is not { } choice)
        {
            return new(fit.Solver, double.NaN, none, fit.Chosen, fit.Certificate);
        }

        var relative = RelativeError.Of(data.Train.Labels, choice.Labels, tasks);
        var outputs = Prediction.Of(model, choice.Inputs);
        var error = relative.Measure(Evaluator.Evaluate(outputs, choice.Labels.Dense(tasks.Count), tasks));
        return new(fit.Solver, error, none, fit.Chosen, fit.Certificate);
    }

    private static double[][]? ReadTransfer(IPredictor model)
    {
        using var frozen = no_grad();
        return model.LearntTransfer() is { } transfer ? Rows<double>(transfer.to(ScalarType.Float64)) : null;
    }

    private static T[][] Rows<T>(Tensor matrix)
        where T : unmanaged
    {
        var values = matrix.cpu().contiguous().data<T>().ToArray();
        return [.. values.Chunk((int)matrix.shape[1])];
    }

    /// <summary>What a training or a fit says of itself.</summary>
    private sealed record Learnt(
        string Method,
        double ValidationError,
        IReadOnlyDictionary<string, double[][]> Traces,
        IReadOnlyDictionary<string, double[]> Chosen,
        Certificate? Certificate = null,
        string? Notice = null)
    {
        /// <summary>The seconds that earlier processes have trained.</summary>
        public double SecondsBefore { get; init; }

        /// <summary>The number of the epoch whose network is tested; null for the last.</summary>
        public int? TestedEpoch { get; init; }
    }

    /// <summary>What the epochs of a training add up to.</summary>
    private sealed class Curves
    {
        private readonly Dictionary<string, List<double[]>> traces = [];

        public double ValidationError { get; private set; } = double.NaN;

        public string? Notice { get; private set; }

        public void Continue(TrainingProgress before)
        {
            foreach (var record in before.Epochs)
            {
                Add(record);
            }

            // A record in a file has no notice, and does not tell an error that is NaN from one that was not measured.
            (ValidationError, Notice) = (before.Summary.ValidationError, before.Summary.Notice);
        }

        public void Add(EpochRecord record)
        {
            foreach (var (name, values) in record.Traces)
            {
                (traces.TryGetValue(name, out var list) ? list : traces[name] = []).Add(values);
            }

            ValidationError = record.ValidationError ?? ValidationError;
            Notice = record.Notice;
        }

        public Dictionary<string, double[][]> Traces() => traces.ToDictionary(t => t.Key, t => t.Value.ToArray());
    }
}
