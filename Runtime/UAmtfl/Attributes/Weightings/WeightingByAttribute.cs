using UAmtfl.Weighting;

namespace UAmtfl.Weightings;

/// <summary>Makes an attribute class a weighting of the language: a variant with that attribute combines its tasks by
/// <typeparamref name="T"/>. Any assembly can declare such an attribute.</summary>
/// <remarks>The generated code calls the constructor of <typeparamref name="T"/> with the number of tasks first. Each further parameter
/// takes the attribute's property of the same name: a <c>double</c> or an <c>int</c> with <see cref="NumberAttribute"/>, which is then a
/// hyper-parameter; a <c>bool</c>; a member of an enum; a <c>double[]</c> with one number for each task; or a <c>string</c> with
/// <see cref="TaskNameAttribute"/>, of which the constructor takes the index of the task. The base class of <typeparamref name="T"/>
/// decides what it gets in a step. If it has parameters that are trained, the attribute has a number <c>LearningRateScale</c>, their
/// learning rate in units of the network's.</remarks>
/// <typeparam name="T">The class of the weighting, derived from <see cref="LossWeighting"/>, <see cref="GramianWeighting"/>,
/// <see cref="JacobianWeighting"/>, <see cref="CrossWeighting"/> or <see cref="BilevelWeighting"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WeightingByAttribute<T> : Attribute
    where T : IWeighting
{
    /// <summary>The data term of the objective on one line, with {0} for the loss of task t: <c>Σ_t w_t {0}, w = …</c>.</summary>
    public required string Formula { get; init; }

    /// <summary>A phrase that says what the weights add up to: <c>weights sum to 1</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>The tensors with respect to which gradients are compared if a variant does not state them. It has no effect on a weighting
    /// that takes only losses.</summary>
    public GradientSite Site { get; init; }

    /// <summary>The gradients by which heads are trained if a variant does not state them. It has no effect on a weighting that takes only
    /// losses.</summary>
    public HeadGradients Heads { get; init; }
}

/// <summary>Makes an attribute class one that stands beside a weighting and changes its weights: <typeparamref name="T"/> is created with
/// the weighting as its first argument and takes its place. The other parameters of the constructor are found as for
/// <see cref="WeightingByAttribute{T}"/>.</summary>
/// <typeparam name="T">The class of the outer weighting. The first parameter of its constructor is a
/// <see cref="GramianWeighting"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WeightingAroundAttribute<T> : Attribute
    where T : GramianWeighting
{
    /// <summary>The data term of the objective, with {0} for that of the inner weighting.</summary>
    public required string Formula { get; init; }

    /// <summary>A phrase that says what the weights add up to, with {0} for that of the inner weighting.</summary>
    public required string Scale { get; init; }
}
