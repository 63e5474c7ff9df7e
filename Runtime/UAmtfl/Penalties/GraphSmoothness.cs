using TorchSharp;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>strength · ‖W R‖²_F with W [d, T] (here Wᵀ [T, d], so ‖Rᵀ Wᵀ‖²): the smooth part of graph-regularised multi-task learning
/// (Evgeniou, Micchelli and Pontil 2005; MALSAR's SRMTL). In the eigenvectors of R Rᵀ = Q Λ Qᵀ the proximal operator is
/// Q (I + 2 · step · strength · Λ)⁻¹ Qᵀ Wᵀ.</summary>
public sealed class GraphSmoothness : SmoothPenalty
{
    private readonly Placed graph;
    private Placed placed;

    /// <summary>Takes the graph.</summary>
    /// <param name="strength">At least 0.</param>
    /// <param name="combinations">R [T, combinations], float64: see <see cref="TaskGraph"/>. It is copied.</param>
    /// <exception cref="UAmtflException">The strength is below 0 or not finite.</exception>
    public GraphSmoothness(double strength, Tensor combinations)
    {
        using var scope = NewDisposeScope();
        Strength = NotNegative(strength, "strength");
        var laplacian = combinations.matmul(combinations.t());
        var (values, vectors) = linalg.eigh(laplacian);
        placed = graph = new Placed(laplacian, values.clamp_min(0).unsqueeze(1), vectors).Kept();
    }

    /// <summary>At least 0.</summary>
    public double Strength { get; }

    /// <summary>T.</summary>
    public long Tasks => graph.Laplacian.shape[0];

    /// <inheritdoc/>
    public override Tensor Value(Tensor weights)
    {
        using var scope = NewDisposeScope();
        return ((weights * For(weights).Laplacian.matmul(weights)).sum() * Strength).MoveToOuterDisposeScope();
    }

    /// <summary>2 · strength · R Rᵀ Wᵀ.</summary>
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

    /// <summary>The matrices in the type and on the device of the weights; the last ones are kept, so that a loop copies them once.</summary>
    private Placed For(Tensor weights)
    {
        if (weights.shape[0] != Tasks)
        {
            throw new UAmtflException($"The weights have {weights.shape[0]} tasks and the task graph {Tasks}: make the graph for as many tasks as there are.");
        }

        if (placed.Laplacian.dtype != weights.dtype || placed.Laplacian.device != weights.device)
        {
            placed = graph.To(weights).Kept();
        }

        return placed;
    }

    /// <summary>R Rᵀ [T, T], Λ [T, 1] and Q [T, T].</summary>
    private sealed record Placed(Tensor Laplacian, Tensor Values, Tensor Vectors)
    {
        public Placed To(Tensor like) => new(Laplacian.to(like.dtype, like.device), Values.to(like.dtype, like.device), Vectors.to(like.dtype, like.device));

        /// <summary>For as long as the penalty lives, whatever the scope it was made in.</summary>
        public Placed Kept() => new(Laplacian.DetachFromDisposeScope(), Values.DetachFromDisposeScope(), Vectors.DetachFromDisposeScope());
    }
}
