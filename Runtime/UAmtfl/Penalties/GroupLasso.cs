using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Penalises W by strength · Σ_g ‖w_g‖_q over groups of weights. If a group is the weights of all tasks on a feature, this is
/// ℓ₁/ℓ_q regularisation, which selects the same features for all tasks (Obozinski, Taskar and Jordan 2010; q = 2: Argyriou, Evgeniou and
/// Pontil 2008; q = ∞: Quattoni et al. 2009). If a group is the weights of a task, whole tasks become zero, as the outlier part of robust
/// multi-task learning needs (Chen, Zhou and Ye 2011).</summary>
/// <param name="strength">The weight of the penalty, at least 0.</param>
/// <param name="norm">The norm ‖·‖_q of each group.</param>
/// <param name="by">The choice of groups: the weights of one feature, or those of one task.</param>
/// <exception cref="UAmtflException">The strength is below 0 or not finite.</exception>
public sealed class GroupLasso(double strength, GroupNorm norm = GroupNorm.Two, GroupBy by = GroupBy.Feature) : ProximalPenalty
{
    private readonly L1Penalty lasso = new(strength);

    /// <summary>The weight of the penalty, at least 0.</summary>
    public double Strength => lasso.Strength;

    /// <summary>The norm ‖·‖_q of each group.</summary>
    public GroupNorm Norm { get; } = norm;

    /// <summary>The choice of groups: the weights of one feature, or those of one task.</summary>
    public GroupBy By { get; } = by;

    /// <inheritdoc/>
    public override Tensor Value(Tensor weights) => Penalty.GroupLasso(weights, Strength, Norm, By);

    /// <inheritdoc/>
    public override Tensor Proximal(Tensor weights, double step)
    {
        using var scope = NewDisposeScope();
        var result = Norm switch
        {
            GroupNorm.One => lasso.Proximal(weights, step),
            GroupNorm.Two => Turned(EuclideanGroups.Proximal(Turned(weights), step * Strength)),
            _ => Turned(MaximumGroups.Proximal(Turned(weights), step * Strength)),
        };
        return result.contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor NearestSubgradient(Tensor weights, Tensor target)
    {
        using var scope = NewDisposeScope();
        var result = Norm switch
        {
            GroupNorm.One => lasso.NearestSubgradient(weights, target),
            GroupNorm.Two => Turned(EuclideanGroups.NearestSubgradient(Turned(weights), Turned(target), Strength)),
            _ => Turned(MaximumGroups.NearestSubgradient(Turned(weights), Turned(target), Strength)),
        };
        return result.contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Turns weights into a matrix with one row for each group, or such a matrix back into weights.</summary>
    private Tensor Turned(Tensor matrix) => By == GroupBy.Feature ? matrix.t() : matrix.alias();
}
