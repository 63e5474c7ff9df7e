using System.Runtime.InteropServices;
using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using UAmtfl.Trunks;
using UAmtfl.Weighting;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>The training loop: data whole in memory, one order an epoch, one index_select a batch, one dispose scope a step, and no
/// value read from the device before the epoch ends.</summary>
/// <param name="objective">What is trained, with its network.</param>
/// <param name="plan">How.</param>
/// <param name="tasks">The tasks.</param>
/// <param name="seed">The seed of the order of batches and of dropout.</param>
public sealed class Trainer(Objective objective, TrainingPlan plan, TaskSet tasks, int seed)
{
    /// <summary>The largest prepared training set that is kept; a larger one is prepared batch by batch.</summary>
    public const long PreparedLimit = 400L << 20;

    private readonly DeclaredOrder declared = new(tasks);
    private readonly OwnWeighting? own = OwnWeighting.Of(objective.Weighting);
    private readonly long leastRows = BatchStatistics.LeastRows(objective.Network);

    /// <summary>The best epochs so far; null if the plan has no patience. The caller disposes of them. If one error is watched, the
    /// network is that of its best epoch after the training; if all tasks are, that of the last epoch.</summary>
    public BestEpochs? Best { get; } =
        plan.Patience == 0 ? null : new(plan.Patience, plan.Monitor == TrainingPlan.EachTask ? tasks.Count : 1);

    /// <summary>False if the network keeps the structure that it begins with, as in a check on one batch.</summary>
    internal bool Searches { get; init; } = true;

    /// <summary>Makes the optimiser of a plan.</summary>
    /// <param name="plan">Which optimiser, with its settings.</param>
    /// <param name="objective">The objective, whose parameters have no gradients afterwards.</param>
    /// <exception cref="UAmtflException">The libtorch that is loaded has no fused operators.</exception>
    public static FusedOptimizer CreateOptimizer(TrainingPlan plan, Objective objective) =>
        new(plan, PartRates.Groups(objective, plan));

    /// <summary>Trains.</summary>
    /// <param name="inputs">[N, …]</param>
    /// <param name="labels">[N, T]</param>
    /// <param name="validation">Measured every few epochs; null for never.</param>
    /// <param name="optimizer">From <see cref="CreateOptimizer"/>.</param>
    /// <param name="epochEnded">Called after each epoch.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <param name="trained">The number of epochs that were trained before, whose state the objective and the optimiser have.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="UAmtflException">The objective, a loss, a parameter or a buffer is no longer finite, at the latest after the last
    /// step; the network has batch normalisation and there is one training row, or one row a batch; or the plan watches a task that there
    /// is not.</exception>
    public void Train(
        Tensor inputs,
        Labels labels,
        (Tensor Inputs, Labels Labels)? validation,
        IOptimizer optimizer,
        Action<EpochRecord> epochEnded,
        CancellationToken cancellation = default,
        int trained = 0)
    {
        Threads.Enter();
        BatchRanges.Require(inputs.shape[0], plan.BatchSize, leastRows);
        plan.RequireMonitor(tasks);
        RequireSteps(validation is not null, labels);
        var watched = new WatchedErrors(plan, tasks, objective, validation?.Labels);
        using var scope = NewDisposeScope();
        var whole = inputs.NumberOfElements * inputs.ElementSize * objective.Network.PreparedSize <= PreparedLimit;
        var prepared = whole ? objective.Network.Prepare(inputs) : inputs;
        using var pause = CollectionPause.ForSteps(objective.SolverBytes);
        objective.Network.train();
        objective.TrainingStarted(labels);
        own?.RequireRegistered();
        own?.RequireParameters(objective.Groups.FirstOrDefault(g => g.Owner == Owner.NoTask)?.LearningRateScale);
        var relative = validation is { Labels: var validated } ? RelativeError.Of(labels, validated, tasks) : null;
        for (var epoch = trained; epoch < plan.Epochs && Best?.EndsAfter(epoch) != true; epoch++)
        {
            using var epochScope = NewDisposeScope();
            Restructure(inputs, labels, epoch, optimizer);
            Freezing.Apply(objective, plan, epoch);
            objective.EpochStarted(epoch, plan.Epochs);
            StartStreams(objective.Modules(), seed, epoch);
            var rate = plan.LearningRateAt(epoch) * optimizer.PlateauFactor;
            var rows = Orders(inputs, epoch);
            var sums = Naming(epoch, rate, () => Epoch(prepared, labels, rows, whole, epoch, rate, optimizer, pause, cancellation));
            var record = Naming(epoch, rate, () => Record(epoch, rate, sums, validation, relative));
            record = record with { Notice = Notice(pause, watched) };
            optimizer.EpochEnded(record.Epoch, record.ValidationError);
            Best?.Offer(record.Epoch, watched.Of(record), objective.Network);
            epochEnded(record);
            pause.Resume();
        }

        if (Best is { Best: [{ Epoch: > 0 } one] })
        {
            Best.CopyTo(one.Epoch, objective.Network);
        }
    }

    private void Restructure(Tensor inputs, Labels labels, int epoch, IOptimizer optimizer)
    {
        if (Searches && objective.Search is { } search)
        {
            using var frozen = no_grad();
            search.EpochStarting(new(epoch, () => Prediction.Of(objective.Network, inputs), labels, tasks, optimizer));
        }
    }

    private void RequireSteps(bool validated, Labels labels)
    {
        var unmeasured = plan.Schedule == ScheduleKind.Plateau && !validated
            ? "its learning rate falls at plateaus of the validation error, and there are no validation rows"
            : null;
        var unsearched = Searches ? objective.Search?.Contradiction(plan.Epochs, labels, tasks) : null;
        if ((plan.Contradiction(objective.Weighting?.GetType().Name) ?? unmeasured ?? unsearched) is { } contradiction)
        {
            throw new UAmtflException($"variant {objective.Network.GetName()} cannot be trained: {contradiction}");
        }
    }

    private string? Notice(CollectionPause pause, WatchedErrors watched)
    {
        var shortfalls = objective.Modules().Select(m => m.Module).OfType<GramianWeighting>().Select(w => w.Shortfall);
        var all = shortfalls.Append(pause.Notice).Append(watched.Notice).OfType<string>().Distinct();
        return string.Join("; ", all) is { Length: > 0 } said ? said : null;
    }

    /// <summary>One step for each batch of rows, gathered as it is needed: a copy of a whole epoch costs the same time, but as much
    /// memory as the data set again. There is an order of the rows for each batch that a step takes.</summary>
    internal EpochSums Epoch(
        Tensor inputs, Labels labels, IReadOnlyList<Tensor> rows, bool prepared, int epoch, double rate, IOptimizer optimizer,
        CollectionPause pause, CancellationToken cancellation)
    {
        var sums = new EpochSums(inputs, tasks.Count, missing: labels.Observed is not null);
        var steps = BatchRanges.Of(rows[0].shape[0], plan.BatchSize, leastRows).Chunk(plan.Accumulate).ToList();
        foreach (var (index, parts) in steps.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            pause.Renew();
            using var step = NewDisposeScope();
            var (start, count) = (parts[0].Start, parts.Sum(part => part.Rows));
            Batch[] batches = [.. rows.Select(order => Chosen(order.narrow(0, start, count)))];
            Step(batches, parts, rate * plan.WarmUpAt(epoch, index, steps.Count), optimizer, sums);
        }

        return sums;

        Batch Chosen(Tensor order)
        {
            var batch = inputs.index_select(0, order);
            return new(prepared ? batch : objective.Network.Prepare(batch), labels.Select(order).WithPresence(tasks.Count));
        }
    }

    /// <summary>Starts what draws random numbers within the steps of an epoch: dropout, and the weighting.</summary>
    internal static void StartStreams(IEnumerable<(string Path, nn.Module Module)> modules, int seed, int epoch)
    {
        RandomStreams.Start(seed, "dropout", epoch);
        foreach (var (path, module) in modules)
        {
            (module as StateRandom)?.Start(RandomStreams.Derive(seed, path, epoch));
        }
    }

    /// <summary>An order of the rows for each batch that a step takes.</summary>
    private Tensor[] Orders(Tensor inputs, int epoch)
    {
        using var first = RandomStreams.Generator(seed, "batches", epoch);
        using var further = RandomStreams.Generator(seed, "further batches", epoch);
        return
        [
            .. Enumerable.Range(0, objective.Batches)
                .Select(b => randperm(inputs.shape[0], generator: b == 0 ? first : further).to(inputs.device)),
        ];
    }

    private void Step(Batch[] batches, (long Start, long Rows)[] parts, double rate, IOptimizer optimizer, EpochSums sums)
    {
        optimizer.ZeroGradients();
        var value = parts.Length > 1
            ? objective.AccumulateParts(batches[0], parts, tasks.Count, out var losses)
            : objective.Accumulate(batches, out losses);
        optimizer.Step(rate);
        using var frozen = no_grad();
        objective.Project(rate * plan.TrunkRate, rate * plan.HeadRate);
        objective.StepEnded(batches[0]);
        sums.Add(value, losses, batches[0].Labels);
    }

    /// <summary>A weighting knows a task by its number, and what goes wrong in a step knows neither variant nor trunk.</summary>
    private T Naming<T>(int epoch, double rate, Func<T> steps)
    {
        try
        {
            return steps();
        }
        catch (NotFiniteException e)
        {
            throw TrainingErrors.Diverged(epoch, $"the {e.What} of task {tasks.Tasks[e.Task].Name}", rate);
        }
        catch (Exception e) when (own?.Named(e) is { } named && named != e)
        {
            throw named;
        }
        catch (UntrainableException e)
        {
            throw TrainingErrors.Untrainable(objective.Network, e.Problem, e);
        }
        catch (ExternalException e)
        {
            throw TrainingErrors.Untrainable(objective.Network, UntrainableException.Reason(e.Message), e);
        }
        catch (Exception e) when (e is NullReferenceException or InvalidOperationException or ArgumentException)
        {
            // What a module or a weighting of the user's own hands back fails where it is used, which names neither.
            throw new UAmtflException(
                $"variant {objective.Network.GetName()} cannot be trained, a step ends in: {e.Message.Split('\n')[0].Trim()}; "
                + "a trunk of one's own must return a tensor with a row for each sample, a weighting of one's own a tensor, "
                + "and neither null nor one that is disposed",
                e);
        }
    }

    /// <summary>The objective and the losses are those before each step, so only the parameters tell of the last one.</summary>
    private void RequireFinite(int epoch, double rate, EpochSums sums, double value)
    {
        if (own?.WhyNotFinite() is { } why)
        {
            throw new UAmtflException(why);
        }

        var finite = Values(sums.Finite);
        if (Array.FindIndex(finite, steps => steps < sums.Steps) >= 0)
        {
            throw TrainingErrors.Diverged(epoch, $"the loss of task {tasks.Tasks[Array.IndexOf(finite, finite.Min())].Name}", rate);
        }

        if (!double.IsFinite(value))
        {
            throw TrainingErrors.Diverged(epoch, "the objective", rate);
        }

        if (FiniteChecks.Fault(objective.Network, objective.State) is { } fault)
        {
            throw TrainingErrors.Diverged(epoch, fault, rate);
        }
    }

    private EpochRecord Record(int epoch, double rate, EpochSums sums, (Tensor Inputs, Labels Labels)? validation, RelativeError? relative)
    {
        using var frozen = no_grad();
        var losses = sums.Losses;
        var measures = (objective.Weighting as IMeasuredWeighting)?.TakeMeasures() ?? [];
        objective.EpochEnded(losses);
        var values = Values(losses);
        var value = Values(sums.Objective)[0];
        RequireFinite(epoch, rate, sums, value);
        var measure = validation is not null && ((epoch + 1) % plan.EvaluateEvery == 0 || epoch + 1 == plan.Epochs);
        var (error, errors) = measure ? Validate(validation!.Value, relative!, epoch, rate) : default((double?, IReadOnlyList<double>?));
        return new()
        {
            Epoch = epoch + 1,
            LearningRate = rate * plan.WarmUpAt(epoch, 0, 1),
            Objective = value,
            TaskLosses = declared.Of(values),
            ValidationError = error,
            TaskValidationErrors = plan is { Patience: > 0, Monitor: not null } && errors is not null ? declared.Of(errors) : null,
            Traces = objective.Traces().Concat(objective.Search?.Traces() ?? []).Select(t => (t.Name, Values: Values(t.Values)))
                .Concat(measures)
                .ToDictionary(t => t.Name, t => t.Values.Length == tasks.Count ? declared.Of(t.Values) : t.Values),
        };
    }

    private (double Error, IReadOnlyList<double> OfTasks) Validate(
        (Tensor Inputs, Labels Labels) rows, RelativeError relative, int epoch, double rate)
    {
        var outputs = Prediction.Of(objective.Network, rows.Inputs);
        if (!FiniteChecks.All(outputs))
        {
            throw TrainingErrors.Diverged(epoch, "an output on the validation set", rate);
        }

        var result = Evaluator.Evaluate(outputs, rows.Labels.Dense(tasks.Count), tasks);
        return (relative.Measure(result), result.TaskErrors);
    }

    private static double[] Values(Tensor tensor) => tensor.to(ScalarType.Float64).cpu().data<double>().ToArray();
}
