using UAmtfl.Weighting;

namespace UAmtfl;

/// <summary>Combines the tasks by the user's own weighting.</summary>
/// <typeparam name="T">The weighting: a class derived from <see cref="LossWeighting"/>, <see cref="GramianWeighting"/>,
/// <see cref="JacobianWeighting"/>, <see cref="CrossWeighting"/> or <see cref="BilevelWeighting"/>, which says what it needs. It has a
/// public constructor (int tasks).</typeparam>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WeightingAttribute<T> : GradientWeightingAttribute
    where T : IWeighting
{
    /// <summary>The learning rate of the weighting's parameters in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 1)]
    public double LearningRateScale { get; init; } = 1;
}
