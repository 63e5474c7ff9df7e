using System.Collections.ObjectModel;
using UAmtfl.Messages;
using UAmtfl.Tasks;

namespace UAmtfl.Training;

/// <summary>Which optimiser.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba 2015).</summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam whose weight decay takes no part in the moments (Loshchilov and Hutter 2019).</summary>
    AdamW,
}

/// <summary>What the learning rate of an epoch depends on.</summary>
public enum ScheduleKind
{
    /// <summary>The number of times in <see cref="TrainingPlan.DecayAt"/> and <see cref="TrainingPlan.DecayAlsoAt"/> that have
    /// passed.</summary>
    Step,

    /// <summary>Half a wave of the cosine over the training (Loshchilov and Hutter 2017, without restarts).</summary>
    Cosine,

    /// <summary>The number of epochs that have passed.</summary>
    Exponential,

    /// <summary>The number of times that the validation error has stopped falling.</summary>
    Plateau,
}

/// <summary>How long, in what batches and with what optimiser a variant is trained: the attributes' values, then configuration.</summary>
public sealed record TrainingPlan
{
    /// <summary>A <see cref="Monitor"/> that watches each task for itself.</summary>
    public const string EachTask = "*";

    private readonly Fractions decayAlsoAt = new([]);

    /// <summary>Passes over the training set.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>Samples a step.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Epochs between two evaluations on the validation set.</summary>
    public int EvaluateEvery { get; init; } = 10;

    /// <summary>The optimiser.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>The step size.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Adam's first decay.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's second decay.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Adam's ε.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>SGD's momentum.</summary>
    public double Momentum { get; init; }

    /// <summary>True if SGD looks ahead along its momentum (Nesterov).</summary>
    public bool Nesterov { get; init; }

    /// <summary>What the learning rate depends on.</summary>
    public ScheduleKind Schedule { get; init; }

    /// <summary>The part of the epochs after which the learning rate changes; 1 for never.</summary>
    public double DecayAt { get; init; } = 1;

    /// <summary>Further parts of the epochs after which the learning rate changes.</summary>
    public IReadOnlyList<double> DecayAlsoAt
    {
        get => decayAlsoAt;
        init => decayAlsoAt = new(value);
    }

    /// <summary>What the learning rate is multiplied by at each of these times, after each epoch, or at each plateau.</summary>
    public double DecayFactor { get; init; } = 1;

    /// <summary>What the schedule leaves of the learning rate, in units of it: 0 for as little as it computes.</summary>
    public double DecayFloor { get; init; }

    /// <summary>The number of epochs without a smaller validation error after which a plateau ends and the learning rate
    /// falls.</summary>
    public int PlateauPatience { get; init; } = 10;

    /// <summary>The share of the smallest error by which an error must be smaller to end a plateau.</summary>
    public double PlateauThreshold { get; init; } = 1e-4;

    /// <summary>The number of epochs in which the learning rate rises to its value; 0 for none.</summary>
    public int WarmUp { get; init; }

    /// <summary>The largest norm of the gradient of all parameters; 0 for none.</summary>
    public double ClipNorm { get; init; }

    /// <summary>The largest absolute value of an entry of the gradient; 0 for none.</summary>
    public double ClipValue { get; init; }

    /// <summary>The number of batches whose gradients make up a step.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>The number of epochs without a smaller validation error after which the training ends and the best epoch is tested; 0 for
    /// none: the last epoch is tested.</summary>
    public int Patience { get; init; }

    /// <summary>The validation error that is watched with a <see cref="Patience"/>: null for the one over all tasks, the name of a task
    /// for that of the task, <see cref="EachTask"/> for those of all tasks, each of which is then tested at its own best epoch.</summary>
    public string? Monitor { get; init; }

    /// <summary>The learning rate of the trunk in units of <see cref="LearningRate"/>
    /// (<see cref="LearningRateScaleAttribute"/>).</summary>
    public double TrunkRate { get; init; } = 1;

    /// <summary>The learning rate of the heads in units of <see cref="LearningRate"/>.</summary>
    public double HeadRate { get; init; } = 1;

    /// <summary>The number of epochs at the beginning in which the trunk is frozen (<see cref="FreezeAttribute"/>).</summary>
    public int FrozenTrunk { get; init; }

    /// <summary>The number of epochs at the beginning in which the heads are frozen.</summary>
    public int FrozenHeads { get; init; }

    /// <summary>Refuses a <see cref="Monitor"/> that is no task, or one that is not trained.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="trainedOn">The names of the tasks that are trained; null for all.</param>
    /// <exception cref="UAmtflException">There is no task of that name, or it is not trained.</exception>
    public void RequireMonitor(TaskSet tasks, IReadOnlyList<string>? trainedOn = null)
    {
        if (Monitor is { } name && name != EachTask && tasks.Tasks.All(t => t.Name != name))
        {
            throw new UAmtflException(
                $"early stopping watches the task '{name}', which there is not: name one of the tasks, {EachTask} for each of them, or "
                + $"none for the error over all; {Nearest.Hint(name, [.. tasks.Declared.Tasks.Select(t => t.Name)])}");
        }

        // Without a patience nothing is watched: the setting may be for another variant.
        if (Patience > 0 && Monitor is { } watched && watched != EachTask && trainedOn?.Contains(watched) == false)
        {
            throw new UAmtflException(
                $"early stopping watches the task '{watched}', on which the variant is not trained: name one of the tasks that it is "
                + $"trained on, {EachTask} for each of them, or none for the error over all");
        }
    }

    /// <summary>The learning rate of an epoch after the warm-up, apart from plateaus.</summary>
    /// <param name="epoch">0, 1, … Epochs − 1.</param>
    public double LearningRateAt(int epoch)
    {
        var since = Math.Max(0, epoch - WarmUp);
        return Schedule switch
        {
            ScheduleKind.Cosine => LearningRate * AtLeastFloor((1 + Math.Cos(Math.PI * since / (Epochs - WarmUp))) / 2),
            ScheduleKind.Exponential => LearningRate * Math.Max(DecayFloor, Math.Pow(DecayFactor, since)),
            ScheduleKind.Plateau => LearningRate,
            _ => decayAlsoAt.Prepend(DecayAt).Where(at => epoch >= Math.Round(at * Epochs))
                .Aggregate(LearningRate, (rate, _) => rate * DecayFactor),
        };
    }

    /// <summary>The share of the learning rate with which a step is made: it rises in each step of the warm-up, to 1 in its
    /// last.</summary>
    /// <param name="epoch">0, 1, … Epochs − 1.</param>
    /// <param name="step">0, 1, … steps − 1.</param>
    /// <param name="steps">The number of steps of an epoch.</param>
    public double WarmUpAt(int epoch, int step, int steps) =>
        epoch < WarmUp ? (((double)epoch * steps) + step + 1) / ((double)WarmUp * steps) : 1;

    /// <summary>Says in a clause which of the values contradict each other or the weighting; null if none do.</summary>
    /// <param name="weighting">The name of a weighting that looks at one batch; null for none.</param>
    public string? Contradiction(string? weighting)
    {
        var steps = DecayAt < 1 || DecayAlsoAt.Count > 0;
        return WarmUp >= Epochs && WarmUp > 0
                ? $"the warm-up takes {WarmUp} epochs, but the training has {Epochs}; shorten the one, or lengthen the other"
            : Nesterov && !(Momentum > 0 && Optimizer == OptimizerKind.Sgd)
                ? "Nesterov looks ahead along the momentum of SGD, and there is none; set Momentum, or leave Nesterov out"
            : Schedule != ScheduleKind.Step && steps
                ? $"the schedule {Schedule} takes no steps, but DecayAt or DecayAlsoAt has some; "
                    + "set DecayAt to 1, and DecayAlsoAt to nothing"
            : Schedule is ScheduleKind.Exponential or ScheduleKind.Plateau && DecayFactor >= 1
                ? $"the schedule {Schedule} would never lower the learning rate; set DecayFactor below 1"
            : Schedule == ScheduleKind.Plateau && PlateauPatience < EvaluateEvery
                ? $"the validation error is measured every {EvaluateEvery} epochs, and a plateau ends after {PlateauPatience}; "
                    + "lower EvaluateEvery, or raise PlateauPatience"
            : ClipNorm > 0 && ClipValue > 0
                ? "gradients are clipped by norm and by value; set ClipNorm or ClipValue to 0"
            : Accumulate > 1 && weighting is not null
                ? $"{weighting} looks at the losses or gradients of one batch, and a step is made up of {Accumulate}; "
                    + "raise BatchSize, and set Accumulate to 1"
            : null;
    }

    private double AtLeastFloor(double share) => DecayFloor + ((1 - DecayFloor) * share);

    /// <summary>A list that is compared by its values, as the other members of a plan are.</summary>
    private sealed class Fractions(IEnumerable<double> values) : ReadOnlyCollection<double>([.. values])
    {
        public override bool Equals(object? obj) => obj is Fractions other && this.SequenceEqual(other);

        public override int GetHashCode() => Count;
    }
}
