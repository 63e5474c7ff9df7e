using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Penalises W [d, T] by strength · ‖W R‖²_F, so that tasks that a graph joins are alike (Evgeniou, Micchelli and Pontil 2005;
/// MALSAR's SRMTL). The methods take Wᵀ [T, d]. With the eigenvectors of R Rᵀ = Q Λ Qᵀ the proximal operator is
/// Q (I + 2 · step · strength · Λ)⁻¹ Qᵀ Wᵀ.</summary>
public sealed class GraphSmoothness : SmoothPenalty
{
    private readonly Placed graph;
    private Placed placed;

    /// <summary>Makes the penalty of a graph of tasks.</summary>
    /// <param name="strength">The weight of the penalty, at least 0.</param>
    /// <param name="combinations">The graph's matrix R [T, combinations], float64, as from <see cref="TaskGraph"/>; it is copied.</param>
    /// <exception cref="UAmtflException">The strength is below 0 or not finite.</exception>
    public GraphSmoothness(double strength, Tensor combinations)
    {
        using var scope = NewDisposeScope();
        Strength = NotNegative(strength, "strength");
        var laplacian = combinations.matmul(combinations.t());
        var (values, vectors) = linalg.eigh(laplacian);
        placed = graph = new Placed(laplacian, values.clamp_min(0).unsqueeze(1), vectors).Kept();
    }

    /// <summary>The weight of the penalty, at least 0.</summary>
    public double Strength { get; }

    /// <summary>The number of tasks T in the graph.</summary>
    public long Tasks => graph.Laplacian.shape[0];

    /// <inheritdoc/>
    public override Tensor Value(Tensor weights)
    {
        using var scope = NewDisposeScope();
        return ((weights * For(weights).Laplacian.matmul(weights)).sum() * Strength).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the gradient, 2 · strength · R Rᵀ Wᵀ.</summary>
    /// <inheritdoc/>
    public override Tensor Gradient(Tensor weights)
    {
        using var scope = NewDisposeScope();
        return (For(weights).Laplacian.matmul(weights) * (2 * Strength)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Proximal(Tensor weights, double step)
    {
        using var scope = NewDisposeScope();
        var (_, values, vectors) = For(weights);
        return vectors.matmul(vectors.t().matmul(weights) / ((values * (2 * step * Strength)) + 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the matrices in the type and on the device of the weights. The last result is kept, so that a loop copies them
    /// once.</summary>
    private Placed For(Tensor weights)
    {
        if (weights.shape[0] != Tasks)
        {
            throw new UAmtflException(
                $"The weights have {weights.shape[0]} tasks and the task graph {Tasks}: make the graph for as many tasks as there are.");
        }

        if (placed.Laplacian.dtype != weights.dtype || placed.Laplacian.device != weights.device)
        {
            placed = graph.To(weights).Kept();
        }

        return placed;
    }

    /// <summary>The matrices of the graph in one type and on one device: R Rᵀ [T, T], its eigenvalues Λ [T, 1] and eigenvectors Q [T,
    /// T].</summary>
    private sealed record Placed(Tensor Laplacian, Tensor Values, Tensor Vectors)
    {
        public Placed To(Tensor like) =>
            new(Laplacian.to(like.dtype, like.device), Values.to(like.dtype, like.device), Vectors.to(like.dtype, like.device));

        /// <summary>Takes the matrices out of the current dispose scope, because they live as long as the penalty.</summary>
        public Placed Kept() =>
            new(Laplacian.DetachFromDisposeScope(), Values.DetachFromDisposeScope(), Vectors.DetachFromDisposeScope());
    }
}
