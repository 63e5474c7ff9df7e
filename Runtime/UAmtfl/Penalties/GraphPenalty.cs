using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>smoothness · ‖W R‖²_F + sparsity · ‖W‖₁: sparse weights of tasks that are alike along a graph (MALSAR's SRMTL). Without
/// the ℓ₁ term, <see cref="GraphSmoothness"/> alone has a proximal operator in closed form.</summary>
/// <param name="smoothness">ρ₁, at least 0.</param>
/// <param name="sparsity">ρ₂, at least 0.</param>
/// <param name="combinations">R [T, combinations], float64: see <see cref="TaskGraph"/>.</param>
/// <exception cref="UAmtflException">A strength is below 0 or not finite.</exception>
public sealed class GraphPenalty(double smoothness, double sparsity, Tensor combinations)
    : StructuredPenalty([new L1Penalty(sparsity)], [new GraphSmoothness(smoothness, combinations)]);
