using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>strength · Σ_g ‖w_g‖_q. With the weights of all tasks on a feature as a group: ℓ₁/ℓ_q regularisation, joint feature
/// selection (Obozinski, Taskar and Jordan 2010; q = 2: Argyriou, Evgeniou and Pontil 2008; q = ∞: Quattoni et al. 2009). With the
/// weights of a task as a group: whole tasks are zero, as the outlier part of robust multi-task learning needs (Chen, Zhou and Ye 2011).</summary>
/// <param name="strength">At least 0.</param>
/// <param name="norm">q.</param>
/// <param name="by">What a group is.</param>
/// <exception cref="UAmtflException">The strength is below 0 or not finite.</exception>
public sealed class GroupLasso(double strength, GroupNorm norm = GroupNorm.Two, GroupBy by = GroupBy.Feature) : ProximalPenalty
{
    private readonly L1Penalty lasso = new(strength);

    /// <summary>At least 0.</summary>
    public double Strength => lasso.Strength;

    /// <summary>q.</summary>
    public GroupNorm Norm { get; } = norm;

    /// <summary>What a group is.</summary>
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

    /// <summary>From weights to one row a group, and back.</summary>
    private Tensor Turned(Tensor matrix) => By == GroupBy.Feature ? matrix.t() : matrix.alias();
}
