using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that depends on the gradients of the task losses with respect to what the tasks share. The class that it derives
/// from decides what the generated code computes: inner products (<see cref="GramianWeighting"/>), the gradients themselves
/// (<see cref="JacobianWeighting"/>), those of two batches (<see cref="CrossWeighting"/>), or those before and after a trial step
/// (<see cref="BilevelWeighting"/>).</summary>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
public abstract class GradientWeighting(int tasks) : nn.Module(nameof(GradientWeighting)), IWeighting, IMeasuredWeighting
{
    /// <summary>What the steps since the last epoch add up to.</summary>
    private protected StepMeasures Measures { get; } = new(tasks);

    /// <inheritdoc/>
    public int Tasks { get; } = WeightingArguments.AtLeast(tasks, 1);

    /// <inheritdoc/>
    public virtual void EpochEnded(Tensor meanLosses)
    {
    }

    /// <inheritdoc/>
    IEnumerable<(string Name, double[] Values)> IMeasuredWeighting.TakeMeasures() => Measures.Take();

    /// <summary>Registers numbers that the weighting keeps from step to step. They are saved and loaded with the network.</summary>
    /// <param name="name">The name in the saved state.</param>
    /// <param name="length">The number of numbers, at least 0.</param>
    /// <param name="value">The initial value of each.</param>
    /// <exception cref="UAmtflException">The length is negative.</exception>
    protected StateArray Keep(string name, int length, double value = 0) => StateArray.Register(this, name, length, value);

    /// <summary>Registers a tensor that the weighting keeps from step to step, with the type and on the device of the network. It is saved
    /// and loaded with the network.</summary>
    /// <param name="name">The name in the saved state.</param>
    /// <param name="start">The initial value, which is copied.</param>
    protected StateTensor KeepTensor(string name, Tensor start) => StateTensor.Register(this, name, start);

    /// <summary>Registers a source of random numbers for the weighting. It is not saved, because a training seeds it anew in each
    /// epoch.</summary>
    /// <param name="name">The name of the source among the weighting's modules.</param>
    protected StateRandom KeepRandom(string name) => StateRandom.Register(this, name);

    /// <summary>Returns the weight of a task whose gradient is zero: the mean of the others' weights, or 1 if there are none. The step of
    /// the trunk does not depend on it, but heads that get weighted gradients would never move if it were 0.</summary>
    /// <param name="solved">The weights of the tasks that have a gradient.</param>
    protected internal virtual double WeightWithoutGradient(double[] solved) => solved.Length == 0 ? 1 : solved.Average();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Measures.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Returns the weights of all tasks, given those of the tasks that have a gradient.</summary>
    private protected double[] OfAll(IReadOnlyList<int> solvedTasks, double[] solved)
    {
        RequireWeights(solved, solvedTasks.Count);
        double[] weights = [.. Enumerable.Repeat(WeightWithoutGradient(solved), Tasks)];
        for (var i = 0; i < solved.Length; i++)
        {
            weights[solvedTasks[i]] = solved[i];
        }

        Measures.Add(weights);
        return weights;
    }

    /// <summary>Throws if the weights of a subclass are not one finite number for each task.</summary>
    /// <exception cref="UAmtflException">The number of weights is wrong, or a weight is not finite.</exception>
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

    /// <summary>Returns a vector in the type and on the device of the losses, without a graph.</summary>
    internal static Tensor Like(double[] values, Tensor losses) => tensor(values).to(losses.dtype, losses.device);
}
