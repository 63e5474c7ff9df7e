using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>A point of a search: the components of the weights, and the intercepts.</summary>
/// <param name="Components">The components W_cᵀ [C, T, d].</param>
/// <param name="Biases">The intercepts b [T], for centred inputs.</param>
internal sealed record Point(Tensor Components, Tensor Biases)
{
    /// <summary>The weights Wᵀ = Σ_c W_cᵀ [T, d].</summary>
    public Tensor Weights => Components.sum(dim: 0);

    /// <summary>Makes the point at which all weights and intercepts are 0.</summary>
    /// <param name="components">The number of components C.</param>
    /// <param name="tasks">The number of tasks T.</param>
    /// <param name="dimension">The number of inputs d.</param>
    public static Point Zero(int components, int tasks, long dimension) =>
        new(zeros(components, tasks, dimension, dtype: ScalarType.Float64), zeros(tasks, dtype: ScalarType.Float64));

    /// <summary>Returns the difference of this point and another.</summary>
    /// <param name="other">The point to subtract.</param>
    public Point Minus(Point other) => new(Components - other.Components, Biases - other.Biases);

    /// <summary>Returns this point plus factor · direction.</summary>
    /// <param name="direction">A difference of points.</param>
    /// <param name="factor">The factor, any number.</param>
    public Point Plus(Point direction, double factor) =>
        new(Components + (direction.Components * factor), Biases + (direction.Biases * factor));

    /// <summary>Returns the inner product with another point, over components and intercepts.</summary>
    /// <param name="other">The other point.</param>
    /// <returns>The inner product [].</returns>
    public Tensor Dot(Point other) => (Components * other.Components).sum() + (Biases * other.Biases).sum();

    /// <summary>Moves the tensors to the dispose scope around the current one.</summary>
    /// <returns>This point.</returns>
    public Point Kept()
    {
        Components.MoveToOuterDisposeScope();
        Biases.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Disposes the tensors.</summary>
    public void Free()
    {
        Components.Dispose();
        Biases.Dispose();
    }
}
