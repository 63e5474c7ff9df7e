using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Makes the principal components of the gradients equally long and sums the aligned gradients, whose matrix then has the
/// condition number 1: Aligned-MTL, w = σ V Λ^(−1/2) Vᵀ p with G = VΛVᵀ and σ² among Λ (Senushkin et al. 2023, <i>Independent component
/// alignment for multi-task learning</i>, algorithm 1). Scale: p = 1 for the sum, as in LibMTL, or 1/T for the mean, as in
/// TorchJD.</summary>
/// <remarks>Eigenvalues below 10⁻¹² of the largest count as 0, because they are noise if gradients have single precision. LibMTL's code
/// calls torch.symeig, which is no longer in PyTorch.</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <param name="scale">The choice of σ; the paper takes the smallest.</param>
/// <param name="mean">True if p = 1/T instead of 1.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class AlignedMtl(int tasks, AlignedScale scale, bool mean) : GramianWeighting(tasks)
{
    private readonly AlignedScale scale = WeightingArguments.Defined(scale);

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        var eigen = SymmetricEigen.Of(gramian.Values, gramian.Count);
        double[] preference = [.. Enumerable.Repeat(mean ? 1.0 / gramian.Count : 1, gramian.Count)];
        var length = Math.Sqrt(scale switch
        {
            AlignedScale.Minimum => eigen.Values[eigen.Rank - 1],
            AlignedScale.Median => eigen.Values[eigen.Rank / 2],
            _ => eigen.Values.Take(eigen.Rank).Average(),
        });
        return eigen.Apply(value => length / Math.Sqrt(value), preference);
    }
}
