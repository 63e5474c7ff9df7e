using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A strategy that needs the task gradients themselves: T × P numbers.</summary>
/// <remarks>The row of a task without a label in the batch is zero.</remarks>
/// <param name="tasks">T.</param>
public abstract class JacobianWeighting(int tasks) : GradientWeighting(tasks)
{
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
    public Tensor Step(Tensor jacobian, Tensor losses)
    {
        using var frozen = no_grad();
        return Direction(jacobian, losses.detach());
    }

    /// <summary>Makes room for what is kept of each parameter from step to step. Called once, before the first step and before a saved state
    /// is loaded; only where gradients are those of the trunk's parameters.</summary>
    /// <param name="parameters">P.</param>
    /// <param name="dtype">The network's type.</param>
    /// <param name="device">The network's device.</param>
    public virtual void Allocate(long parameters, ScalarType dtype, Device device)
    {
    }
}
