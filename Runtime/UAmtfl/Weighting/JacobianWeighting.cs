using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that needs the task gradients themselves: T × P numbers.</summary>
/// <remarks>The row of a task without a label in the batch is zero.</remarks>
/// <param name="tasks">T.</param>
public abstract class JacobianWeighting(int tasks) : GradientWeighting(tasks)
{
    /// <summary>Makes room for what the weighting keeps of the gradients, T × P numbers. To be called once, before the first step and
    /// before a saved state is loaded; a weighting that keeps nothing of them does nothing.</summary>
    /// <param name="parameters">P, how many parameters the tasks share.</param>
    /// <param name="dtype">The type of the gradients.</param>
    /// <param name="device">The device of the gradients.</param>
    public virtual void Allocate(long parameters, ScalarType dtype, Device device)
    {
    }

    /// <summary>The direction, along whose negative the shared parameters are stepped. Called under no_grad, once a step.</summary>
    /// <param name="jacobian">J [T, P], row t the gradient of term t.</param>
    /// <param name="losses">[T], the terms, without a graph.</param>
    /// <returns>[P]</returns>
    /// <exception cref="NotFiniteException">A task's gradient is not finite.</exception>
    public abstract Tensor Direction(Tensor jacobian, Tensor losses);

    /// <summary>The direction of one step.</summary>
    /// <param name="jacobian">J [T, P].</param>
    /// <param name="losses">[T], the terms.</param>
    /// <returns>[P], without a graph.</returns>
    /// <exception cref="NotFiniteException">A task's gradient is not finite.</exception>
    /// <exception cref="UAmtflException">The weighting's result is of another size, or not finite.</exception>
    public Tensor Step(Tensor jacobian, Tensor losses)
    {
        using var frozen = no_grad();
        var direction = Direction(jacobian, losses.detach());
        if (direction is null)
        {
            throw new UAmtflException(
                $"the weighting {GetType().Name} gave no direction; give [{jacobian.shape[1]}], one number a column of the gradients");
        }

        if (OwnWeighting.Is(this) && direction.isfinite().all().logical_not().logical_and(jacobian.isfinite().all()).item<bool>())
        {
            throw new UAmtflException(
                $"the weighting {GetType().Name} gave a direction that is not finite, of gradients that are; mend its arithmetic");
        }

        return direction.dim() == 1 && direction.shape[0] == jacobian.shape[1] ? direction
            : throw new UAmtflException(
                $"the weighting {GetType().Name} gave a direction of shape [{string.Join(", ", direction.shape)}]; "
                    + $"give [{jacobian.shape[1]}], one number a column of the gradients");
    }

    /// <summary>The tasks with a gradient that is not zero. The only numbers that are read from the device are T.</summary>
    /// <param name="jacobian">J [T, P].</param>
    /// <returns>T times whether.</returns>
    /// <exception cref="NotFiniteException">A task's gradient is not finite.</exception>
    protected static bool[] WithGradient(Tensor jacobian)
    {
        using var scope = NewDisposeScope();
        var largest = jacobian.abs().amax([1L]).to(ScalarType.Float64).ToArray();
        return Array.FindIndex(largest, v => !double.IsFinite(v)) is >= 0 and var task
            ? throw new NotFiniteException(task)
            : [.. largest.Select(v => v > 0)];
    }

    /// <summary>[T, 1] in the type and on the device of the gradients.</summary>
    private protected static Tensor Column(IEnumerable<double> values, Tensor jacobian) =>
        tensor(values.ToArray(), jacobian.dtype, jacobian.device).unsqueeze(1);
}
