namespace UAmtfl.Methods;

/// <summary>Begins with hard sharing and splits the network while it is trained, from its last stretch to its first, so that tasks that
/// find the same samples difficult keep a common branch (fully-adaptive feature sharing: Lu et al. 2017).</summary>
/// <remarks><para>A row n is difficult for task i, e_i^n = 1, if its error margin is at least the task's mean. The affinity of two tasks
/// is the share of the rows on which they agree, A(i, j) = E[e_i e_j + (1 − e_i)(1 − e_j)], and that of two branches A_b is the mean
/// over the tasks of one of the least affinity to the other, in both directions. A stretch gets the grouping of the branches after it
/// with the least L(g) = (d − 1) L₀ 2^p + α / d Σ_i (1 − mean_k min_l A_b(k, l)), where d is the number of groups, p the number of
/// poolings after the stretch and i a group with members k and l. All groupings are tried up to ten branches; above, pairs of groups are
/// joined step by step. New branches start with the weights of the one that they are split from, so that no output changes but for
/// rounding.</para>
/// <para>Stretches are those between the marks <see cref="SplitAttribute"/>; without a mark they end after each pooling and each
/// activation of features. A thin network, from which the paper starts, is one that is declared with few channels. The paper draws its
/// weights from a wider one that is trained; here they are drawn at random.</para></remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FullyAdaptiveAttribute : Attribute
{
    /// <summary>The price α of tasks in one branch that find different samples difficult, at least 0. A larger one makes more branches;
    /// with 0 the network stays one of hard sharing.</summary>
    [Number(0, Default = 1)]
    public double Alpha { get; init; } = 1;

    /// <summary>The price L₀ of a branch in the last stretch, at least 0. A branch costs twice as much for each pooling after it, because
    /// images are larger there.</summary>
    [Number(0, Default = 0.1)]
    public double UnitCost { get; init; } = 0.1;

    /// <summary>The number of epochs before each split, at least 1. A network of l stretches has its last split after l times as
    /// many.</summary>
    [Number(1, 1_000_000, Default = 5)]
    public int EpochsBetweenSplits { get; init; } = 5;
}
