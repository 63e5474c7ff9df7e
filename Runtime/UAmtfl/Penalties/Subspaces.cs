using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Makes the subspaces of a task's activations orthogonal (Ruder et al. 2019, eq. 2).</summary>
public static class Subspaces
{
    /// <summary>Returns Σ_t Σ_l Σ_g&lt;h ‖W_tg^lᵀ W_th^l‖² (Frobenius), where W_tg^l are the rows of a weight that compute subspace g of
    /// task t. It is 0 if and only if each column of W_tg^l is orthogonal to each of W_th^l.</summary>
    /// <param name="weights">The weights of each layer side by side, [T·…, …] with one task after the other, whose rows are the outputs of
    /// a task: [T, O, I], [T, O, I, K, K] or [T·O, I, K, K].</param>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="subspaces">The number G of subspaces, which divides O.</param>
    /// <returns>The penalty [].</returns>
    public static Tensor Overlap(IReadOnlyList<Tensor> weights, int tasks, int subspaces)
    {
        var sum = Overlap(weights[0], tasks, subspaces);
        for (var i = 1; i < weights.Count; i++)
        {
            sum = Lasting.Sum(sum, Overlap(weights[i], tasks, subspaces));
        }

        return sum;
    }

    /// <summary>Returns the penalty of one layer. ‖AᵀB‖² is the inner product of AAᵀ and BBᵀ, which are smaller, and the products of all
    /// pairs are what the square of the sum has beside the squares.</summary>
    private static Tensor Overlap(Tensor weight, int tasks, int subspaces)
    {
        // Channels of kernels can be last in memory, so that the copy is made here at most once.
        var rows = (weight.dim() == 4 ? weight.unflatten(0, tasks, -1) : weight).flatten(2).unflatten(1, subspaces, -1);
        var grams = rows.matmul(rows.transpose(2, 3));   // [T, G, O / G, O / G]
        return (grams.sum(dim: 1).square().sum() - grams.square().sum()).mul(Lasting.Number(0.5));
    }
}
