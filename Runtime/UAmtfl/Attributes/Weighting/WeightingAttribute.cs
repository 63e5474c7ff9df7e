using UAmtfl.Weighting;

namespace UAmtfl;

/// <summary>Combines the task losses by the user's own strategy.</summary>
/// <typeparam name="T">The strategy; it needs a public constructor (int tasks).</typeparam>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WeightingAttribute<T> : Attribute
    where T : LossWeighting
{
    /// <summary>The learning rate of the strategy's parameters in units of the network's, above 0.</summary>
    public double LearningRateScale { get; init; } = 1;
}
