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
}

/// <summary>How long, in what batches and with what optimiser a variant is trained: the attributes' values, then configuration.</summary>
public sealed record TrainingPlan
{
    /// <summary>A <see cref="Monitor"/> that watches each task for itself.</summary>
    public const string EachTask = "*";

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

    /// <summary>The part of the epochs after which the learning rate changes; 1 for never.</summary>
    public double DecayAt { get; init; } = 1;

    /// <summary>What the learning rate is multiplied by then.</summary>
    public double DecayFactor { get; init; } = 1;

    /// <summary>The number of epochs without a smaller validation error after which the training ends and the best epoch is tested; 0 for
    /// none: the last epoch is tested.</summary>
    public int Patience { get; init; }

    /// <summary>The validation error that is watched with a <see cref="Patience"/>: null for the one over all tasks, the name of a task
    /// for that of the task, <see cref="EachTask"/> for those of all tasks, each of which is then tested at its own best epoch.</summary>
    public string? Monitor { get; init; }

    /// <summary>Refuses a <see cref="Monitor"/> that is no task.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <exception cref="UAmtflException">There is no task of that name.</exception>
    public void RequireMonitor(TaskSet tasks)
    {
        if (Monitor is { } name && name != EachTask && tasks.Tasks.All(t => t.Name != name))
        {
            throw new UAmtflException(
                $"early stopping watches the task '{name}', which there is not: name one of the tasks, {EachTask} for each of them, or "
                + $"none for the error over all; {Nearest.Hint(name, [.. tasks.Declared.Tasks.Select(t => t.Name)])}");
        }
    }

    /// <summary>The learning rate of an epoch.</summary>
    /// <param name="epoch">0, 1, … Epochs − 1.</param>
    public double LearningRateAt(int epoch) => epoch >= Math.Round(DecayAt * Epochs) ? LearningRate * DecayFactor : LearningRate;
}
