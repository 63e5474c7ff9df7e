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
}
