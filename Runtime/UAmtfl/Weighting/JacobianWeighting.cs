using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that needs the task gradients themselves, which are T × P numbers.</summary>
/// <remarks>The gradient of a task without a label in the batch is zero.</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
public abstract class JacobianWeighting(int tasks) : GradientWeighting(tasks)
{
    /// <summary>Allocates the T × P numbers that the weighting keeps of the gradients, if it keeps any. It must be called once, before the
    /// first step and before a saved state is loaded.</summary>
    /// <param name="parameters">The number P of shared parameters.</param>
    /// <param name="dtype">The type of the gradients.</param>
    /// <param name="device">The device of the gradients.</param>
    public virtual void Allocate(long parameters, ScalarType dtype, Device device)
    {
    }

    /// <summary>Computes the direction of one step; the shared parameters step along its negative. It is called under no_grad, once for
    /// each step.</summary>
    /// <param name="jacobian">The gradients J [T, P], in row t that of term t.</param>
    /// <param name="losses">The terms [T], without a graph.</param>
    /// <returns>The direction [P].</returns>
    /// <exception cref="NotFiniteException">The gradient of a task is not finite.</exception>
    public abstract Tensor Direction(Tensor jacobian, Tensor losses);

    /// <summary>Computes the direction of one step and checks it.</summary>
    /// <param name="jacobian">The gradients J [T, P].</param>
    /// <param name="losses">The terms [T].</param>
    /// <returns>The direction [P], without a graph.</returns>
    /// <exception cref="NotFiniteException">The gradient of a task is not finite.</exception>
    /// <exception cref="UAmtflException">The direction has another shape, or is not finite.</exception>
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

    /// <summary>Returns for each task whether its gradient is not zero. Only T numbers are read from the device.</summary>
    /// <param name="jacobian">The gradients J [T, P].</param>
    /// <returns>One value for each task, [T]; true if its gradient is not zero.</returns>
    /// <exception cref="NotFiniteException">The gradient of a task is not finite.</exception>
    protected static bool[] WithGradient(Tensor jacobian)
    {
        using var scope = NewDisposeScope();
        var largest = jacobian.abs().amax([1L]).to(ScalarType.Float64).ToArray();
        return Array.FindIndex(largest, v => !double.IsFinite(v)) is >= 0 and var task
            ? throw new NotFiniteException(task)
            : [.. largest.Select(v => v > 0)];
    }

    /// <summary>Returns a column [T, 1] in the type and on the device of the gradients.</summary>
    private protected static Tensor Column(IEnumerable<double> values, Tensor jacobian) =>
        tensor(values.ToArray(), jacobian.dtype, jacobian.device).unsqueeze(1);
}
