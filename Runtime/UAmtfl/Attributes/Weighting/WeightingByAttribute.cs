using UAmtfl.Weighting;

namespace UAmtfl;

/// <summary>Makes an attribute class a weighting of the language: a variant with that attribute combines its tasks by <typeparamref
/// name="T"/>. Any assembly can declare such an attribute.</summary>
/// <remarks>The generated code calls the constructor of <typeparamref name="T"/> with the number of tasks first. Each further parameter
/// takes the attribute's property of the same name: a <c>double</c> or an <c>int</c> with <see cref="NumberAttribute"/>, which is then a
/// hyper-parameter; a <c>bool</c>; a member of an enum; a <c>double[]</c> with one number a task; or a <c>string</c> with <see
/// cref="TaskNameAttribute"/>, of which the constructor takes the task's number. The base class of <typeparamref name="T"/> says what it
/// needs of a step. If it has parameters that are trained, the attribute has a number <c>LearningRateScale</c>, their learning rate in
/// units of the network's.</remarks>
/// <typeparam name="T">A class derived from <see cref="LossWeighting"/>, <see cref="GramianWeighting"/>, <see cref="JacobianWeighting"/>,
/// <see cref="CrossWeighting"/> or <see cref="BilevelWeighting"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WeightingByAttribute<T> : Attribute
    where T : IWeighting
{
    /// <summary>The data term of the objective on one line, with {0} for the loss of task t: <c>Σ_t w_t {0}, w = …</c>.</summary>
    public required string Formula { get; init; }

    /// <summary>What the weights add up to, in words: <c>weights sum to 1</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>Where gradients are compared unless a variant says it; without effect on a weighting that sees losses alone.</summary>
    public GradientSite Site { get; init; }

    /// <summary>What the heads are stepped by unless a variant says it; without effect on a weighting that sees losses alone.</summary>
    public HeadGradients Heads { get; init; }
}

/// <summary>Makes an attribute class one that stands beside a weighting and changes its weights: <typeparamref name="T"/> is created with
/// the weighting as its first argument and takes its place. The other parameters of the constructor are found as <see
/// cref="WeightingByAttribute{T}"/> says.</summary>
/// <typeparam name="T">The outer weighting. The first parameter of its constructor is a <see cref="GramianWeighting"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WeightingAroundAttribute<T> : Attribute
    where T : GramianWeighting
{
    /// <summary>The data term of the objective, with {0} for that of the inner weighting.</summary>
    public required string Formula { get; init; }

    /// <summary>What the weights add up to, with {0} for what those of the inner weighting do.</summary>
    public required string Scale { get; init; }
}
