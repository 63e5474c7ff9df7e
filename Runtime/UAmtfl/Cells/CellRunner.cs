using System.Diagnostics;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.LinearModels;
using UAmtfl.Messages;
using UAmtfl.Models;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using UAmtfl.Training;
using UAmtfl.Trunks;
using UAmtfl.Weighting;
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
    /// <param name="start">The weights that the variant starts from; null if it starts from none.</param>
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
        ITrainingJournal? journal = null,
        StartingWeights? start = null)
    {
        Threads.Enter();
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var (tasks, test) = (experiment.Tasks, data.Test);
        data = data.For(experiment, variant);
        RandomStreams.Start(data.Seed, "initialisation");
        using IPredictor model = bound switch
        {
            BoundNetwork network => network.Network(data.Counts.dtype, data.Counts.device),
            BoundSolver solver => solver.Create(),
            _ => throw new InvalidOperationException($"{bound.GetType()} is neither trained nor fitted."),
        };
        if (variant.Start is { } point && model is Network starting)
        {
            (start ?? throw new ArgumentNullException(nameof(start), $"{variant.Name} starts from other weights")).CopyTo(starting, point);
        }

        var learnt = bound is BoundNetwork trainable
            ? Train(trainable, (Network)model, plan, tasks, data, epochEnded, cancellation, journal)
            : Fit((FittedVariant)model, tasks, data);
        using var specialists = learnt.Specialists;
        var tested = specialists ?? model;
        var order = new DeclaredOrder(tasks);
        var outputs = order.Outputs(Prediction.Of(tested, test.Inputs));
        var chosen = new TrainedTasks(order.Tasks, variant.TrainedOn);
        var labels = chosen.Of(order.Labels(test.Labels.Dense(tasks.Count)));
        var evaluation = Evaluator.Evaluate(chosen.Of(outputs), labels, order.Tasks);
        FiniteChecks.RequireTested(outputs, evaluation, order.Tasks);
        var measures = TestMeasures.Of(chosen.Of(outputs), labels, order.Tasks, evaluation.RowErrors);
        var known = data.TrueLabels ?? data.Train.Labels;
        var relative = RelativeError.Of(order.Labels(known.Dense(tasks.Count)), labels, order.Tasks);
        var writer = new ModelWriter(experiment, variant)
        {
            Seed = data.Seed,
            Values = bound.Values,
            Input = data.RawInput,
            Table = data.Table,
            NetworkInputs = test.Inputs,
            Transforms = data.Transforms,
            OverallError = relative.Measure(evaluation),
            TaskErrors = evaluation.TaskErrors,
            TaskEpochs = specialists is null ? null : learnt.TestedEpochs,
        };
        return new()
        {
            Variant = variant.Name,
            Seed = data.Seed,
            OverallError = relative.Measure(evaluation),
            RelativeError = relative.Value(evaluation),
            LeftOut = relative.LeftOut,
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
            Transfer = ReadTransfer(tested) is { } transfer ? order.Matrix(transfer) : null,
            Gradients = learnt.Pairs is (var cosines, var conflicts) ? new(order.Matrix(cosines), order.Matrix(conflicts)) : null,
            SharedTest = data.SharedTest,
            Optimizer = learnt.Method,
            Notice = learnt.Notice,
            Monitor = learnt.TestedEpochs is null ? null : plan.Monitor,
            TestedEpochs = learnt.TestedEpochs,
            Traces = learnt.Traces,
            Weights = tested is Network trained ? SmallWeights.Of(trained) : new Dictionary<string, float[][]>(),
            Files = data.Files,
            WeakLabels = data.WeakLabels,
            Model = writer.Write(tested),
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
        using var optimizer = Trainer.CreateOptimizer(plan, objective);
        var curves = new TrainingCurves();
        var watch = Stopwatch.StartNew();
        var trainer = new Trainer(objective, plan, tasks, data.Seed);
        using var best = trainer.Best;
        var (trained, secondsBefore) = Continue();
        trainer.Train(data.Train.Inputs, data.Train.Labels, data.Choice, optimizer, Ended, cancellation, trained);
        var tested = best is not { Kept.Count: > 0 } ? null : best.Best.Select(b => b.Epoch > 0 ? b.Epoch : curves.Epochs).ToArray();
        var specialists = tested is not null && plan.Monitor == TrainingPlan.EachTask
            ? Specialists(bound, network, best!, tested, tasks)
            : null;
        return new(
            optimizer.Description,
            specialists is not null ? Validate(specialists, data, tasks)
                : best is { Best: [{ Epoch: > 0 } one] } ? one.Error
                : curves.ValidationError,
            curves.Traces(),
            new Dictionary<string, double[]>(),
            Notice: curves.Notice)
        {
            SecondsBefore = secondsBefore,
            Specialists = specialists,
            TestedEpochs = tested,
            Pairs = (objective.Weighting as GramianWeighting)?.Pairs?.Means(),
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
                    before.State.CopyBestTo(before.Summary.Best, best, network);
                }
            }
            catch (InvalidDataException e)
            {
                throw new CheckpointException(
                    $"the checkpoint of {network.GetName()} with seed {data.Seed} is of another network: {Words.Clause(e.Message)}; "
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
                    Best = best is null ? [] : [.. best.Best],
                },
                () => TrainingState.Of(objective, optimizer, record.Epoch, best));
        }
    }

    private static Learnt Fit(FittedVariant model, TaskSet tasks, CellData data)
    {
        var fit = model.Fit(data.Train, tasks, data.Seed);
        return new(
            fit.Solver, Validate(model, data, tasks), new Dictionary<string, double[][]>(), fit.Chosen, fit.Certificate, fit.Notice);
    }

    /// <summary>Returns the error over all tasks on the rows by which is chosen; NaN if there are none.</summary>
    private static double Validate(IPredictor model, CellData data, TaskSet tasks)
    {
        if (data.Choice is not { } choice)
        {
            return double.NaN;
        }

        var relative = RelativeError.Of(data.TrueLabels ?? data.Train.Labels, choice.Labels, tasks);
        var outputs = Prediction.Of(model, choice.Inputs);
        return relative.Measure(Evaluator.Evaluate(outputs, choice.Labels.Dense(tasks.Count), tasks));
    }

    /// <summary>Makes a network of each epoch that a task is tested at.</summary>
    private static SpecialistNetwork Specialists(
        BoundNetwork bound, Network last, BestEpochs best, IReadOnlyList<int> tested, TaskSet tasks)
    {
        var (one, lastState) = (last.parameters().First(), last.state_dict());
        var networks = tested.Distinct().ToDictionary(epoch => epoch, epoch =>
        {
            var network = bound.Network(one.dtype, one.device);
            network.CopyFrom(best.Kept.GetValueOrDefault(epoch) ?? lastState);
            return network;
        });
        return SpecialistNetwork.Of(networks, tested, tasks);
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

        /// <inheritdoc cref="CellResult.TestedEpochs"/>
        public int[]? TestedEpochs { get; init; }

        /// <inheritdoc cref="PairSums.Means"/>
        public (double[][] Cosines, double[][] Conflicts)? Pairs { get; init; }

        /// <summary>The network of the best epoch of each task, which the caller disposes of; null if all have the same.</summary>
        public SpecialistNetwork? Specialists { get; init; }
    }
}
