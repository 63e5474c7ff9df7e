using UAmtfl.Weighting;

namespace UAmtfl.Weightings;

/// <summary>Combines the tasks by a weighting whose class the user wrote.</summary>
/// <typeparam name="T">The class of the weighting, derived from <see cref="LossWeighting"/>, <see cref="GramianWeighting"/>,
/// <see cref="JacobianWeighting"/>, <see cref="CrossWeighting"/> or <see cref="BilevelWeighting"/>, which decides what it gets in a step.
/// It needs a public constructor (int tasks).</typeparam>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WeightingAttribute<T> : GradientWeightingAttribute
    where T : IWeighting
{
    /// <summary>The learning rate of the weighting's parameters in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 1)]
    public double LearningRateScale { get; init; } = 1;
}
