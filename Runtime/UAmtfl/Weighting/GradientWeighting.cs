using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that looks at the gradients of the task losses with respect to what the tasks share. What it derives from says
/// what it needs, and the generated code computes that and no more: inner products (<see cref="GramianWeighting"/>), the gradients
/// themselves (<see cref="JacobianWeighting"/>), those of two batches (<see cref="CrossWeighting"/>), or those before and after a trial
/// step (<see cref="BilevelWeighting"/>).</summary>
/// <param name="tasks">T, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
public abstract class GradientWeighting(int tasks) : nn.Module(nameof(GradientWeighting)), IWeighting
{
    /// <inheritdoc/>
    public int Tasks { get; } = WeightingArguments.AtLeast(tasks, 1);

    /// <inheritdoc/>
    public virtual void EpochEnded(Tensor meanLosses)
    {
    }

    /// <summary>Numbers that the weighting keeps from step to step, saved and loaded with the network.</summary>
    /// <param name="name">The name in the saved state.</param>
    /// <param name="length">How many.</param>
    /// <param name="value">What each starts at.</param>
    /// <exception cref="UAmtflException">The length is negative.</exception>
    protected StateArray Keep(string name, int length, double value = 0) => StateArray.Register(this, name, length, value);

    /// <summary>A tensor that the weighting keeps from step to step on the device of the
    /// network, in its type, saved and loaded with it.</summary>
    /// <param name="name">The name in the saved state.</param>
    /// <param name="start">What it starts as; copied.</param>
    protected StateTensor KeepTensor(string name, Tensor start) => StateTensor.Register(this, name, start);

    /// <summary>Random numbers of the weighting's own, whose state is saved and loaded with the network;
    /// seeded from the global random state.</summary>
    /// <param name="name">The name in the saved state.</param>
    protected StateRandom KeepRandom(string name) => StateRandom.Register(this, name);

    /// <summary>The weight of a task whose gradient is zero. It has no part in the trunk's step; but heads that get weighted gradients are
    /// stepped by it, and would stay for ever where they are at 0. So it is the mean of the others' weights, and 1 where there are
    /// none.</summary>
    /// <param name="solved">The weights of the tasks that have a gradient.</param>
    protected internal virtual double WeightWithoutGradient(double[] solved) => solved.Length == 0 ? 1 : solved.Average();

    /// <summary>The weights of all tasks from those of the ones that have a gradient.</summary>
    private protected double[] OfAll(IReadOnlyList<int> solvedTasks, double[] solved)
    {
        RequireWeights(solved, solvedTasks.Count);
        double[] weights = [.. Enumerable.Repeat(WeightWithoutGradient(solved), Tasks)];
        for (var i = 0; i < solved.Length; i++)
        {
            weights[solvedTasks[i]] = solved[i];
        }

        return weights;
    }

    /// <summary>Refuses what is not one finite weight a task.</summary>
    /// <exception cref="UAmtflException">The weighting's result is of another size, or not finite.</exception>
    private protected void RequireWeights(double[]? weights, int tasks)
    {
        if (weights is null)
        {
            throw new UAmtflException($"the weighting {GetType().Name} gave no weights for {tasks} tasks; give one for each");
        }

        if (weights.Length != tasks)
        {
            throw new UAmtflException(
                $"the weighting {GetType().Name} gave {weights.Length} weights for {tasks} tasks; give one for each");
        }

        if (Array.Exists(weights, w => !double.IsFinite(w)))
        {
            throw new UAmtflException(
                $"the weighting {GetType().Name} gave a weight that is not finite, of gradients and losses that are; mend its arithmetic");
        }
    }

    /// <summary>A vector in the type and on the device of the losses, without a graph.</summary>
    internal static Tensor Like(double[] values, Tensor losses) => tensor(values).to(losses.dtype, losses.device);
}
