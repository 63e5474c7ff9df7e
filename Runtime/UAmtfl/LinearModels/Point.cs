using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>Where a search is.</summary>
/// <param name="Components">W_cᵀ [C, T, d].</param>
/// <param name="Biases">b [T], for centred inputs.</param>
internal sealed record Point(Tensor Components, Tensor Biases)
{
    /// <summary>Wᵀ = Σ_c W_cᵀ [T, d].</summary>
    public Tensor Weights => Components.sum(dim: 0);

    /// <summary>All zeros.</summary>
    /// <param name="components">C.</param>
    /// <param name="tasks">T.</param>
    /// <param name="dimension">d.</param>
    /// <returns>The point.</returns>
    public static Point Zero(int components, int tasks, long dimension) =>
        new(zeros(components, tasks, dimension, dtype: ScalarType.Float64), zeros(tasks, dtype: ScalarType.Float64));

    /// <summary>this − other.</summary>
    /// <param name="other">A point.</param>
    /// <returns>The difference.</returns>
    public Point Minus(Point other) => new(Components - other.Components, Biases - other.Biases);

    /// <summary>this + factor · direction.</summary>
    /// <param name="direction">A difference of points.</param>
    /// <param name="factor">Any.</param>
    /// <returns>The point.</returns>
    public Point Plus(Point direction, double factor) => new(Components + (direction.Components * factor), Biases + (direction.Biases * factor));

    /// <summary>The inner product, over components and biases.</summary>
    /// <param name="other">A point.</param>
    /// <returns>[]</returns>
    public Tensor Dot(Point other) => (Components * other.Components).sum() + (Biases * other.Biases).sum();

    /// <summary>Hands the tensors to the scope around the present one.</summary>
    /// <returns>This.</returns>
    public Point Kept()
    {
        Components.MoveToOuterDisposeScope();
        Biases.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Frees the tensors.</summary>
    public void Free()
    {
        Components.Dispose();
        Biases.Dispose();
    }
}
