using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Penalises W by smoothness · ‖W R‖²_F + sparsity · ‖W‖₁, so that weights are sparse and tasks that a graph joins are alike
/// (MALSAR's SRMTL). Without the ℓ₁ term, <see cref="GraphSmoothness"/> has a proximal operator in closed form.</summary>
/// <param name="smoothness">The weight ρ₁ of the graph term, at least 0.</param>
/// <param name="sparsity">The weight ρ₂ of the ℓ₁ term, at least 0.</param>
/// <param name="combinations">The graph's matrix R [T, combinations], float64, as from <see cref="TaskGraph"/>.</param>
/// <exception cref="UAmtflException">A strength is below 0 or not finite.</exception>
public sealed class GraphPenalty(double smoothness, double sparsity, Tensor combinations)
    : StructuredPenalty([new L1Penalty(sparsity)], [new GraphSmoothness(smoothness, combinations)]);
