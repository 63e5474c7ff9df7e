using UAmtfl.Weighting.Bilevel;

namespace UAmtfl.Weightings;

/// <summary>Learns weights of the training losses by the minimum-norm hyper-gradient of the losses of another batch after a trial step:
/// multi-objective meta-learning (MOML, Ye et al. 2021).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Moml>(
    Formula = "Σ_t λ_t {0}, λ by the minimum-norm hyper-gradient",
    Scale = "weights sum to 1", Heads = HeadGradients.Weighted)]
public sealed class MomlAttribute : GradientWeightingAttribute
{
    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.001, Summary = "The learning rate of the weights λ.")]
    public double LearningRate { get; init; } = 0.001;

    /// <summary>The rate η of the trial step, above 0.</summary>
    [Number(0, Above = true, Default = 0.1, Summary = "η, the rate of the trial step.")]
    public double Step { get; init; } = 0.1;
}

/// <summary>Learns weights of the training losses that lower the losses of another batch, under the constraint that the parameters
/// minimise the weighted losses: a first-order multi-gradient algorithm (FORUM, Ye et al. 2024).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Forum>(
    Formula = "Σ_t λ_t {0}, λ and θ by the value function's multi-gradient",
    Scale = "the upper losses' weights sum to 1", Heads = HeadGradients.Weighted)]
public sealed class ForumAttribute : GradientWeightingAttribute
{
    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.001, Summary = "The learning rate of the weights λ.")]
    public double LearningRate { get; init; } = 0.001;

    /// <summary>The rate η of the trial steps, above 0.</summary>
    [Number(0, Above = true, Default = 0.1, Summary = "η, the rate of the trial step.")]
    public double Step { get; init; } = 0.1;

    /// <summary>The number of trial steps, at least 1.</summary>
    [Number(1, Default = 5, Summary = "How many trial steps.")]
    public int InnerSteps { get; init; } = 5;

    /// <summary>The rate ρ at which steps meet the constraint, above 0.</summary>
    [Number(0, Above = true, Default = 0.3, Summary = "ρ, how fast the constraint is to be met.")]
    public double Rho { get; init; } = 0.3;

    /// <summary>The rate β at which the average of the upper weights moves, above 0 and at most 1.</summary>
    [Number(0, 1, Above = true, Default = 0.9, Summary = "β, how fast the upper weights' average moves.")]
    public double Beta { get; init; } = 0.9;
}

/// <summary>Learns weights of the training losses by gradient steps on the sum of the losses of another batch after a trial step
/// (Auto-Lambda, Liu et al. 2022).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<AutoLambda>(
    Formula = "Σ_t λ_t {0}, λ by the hyper-gradient of the sum",
    Scale = "weights are free, from 0.1", Heads = HeadGradients.Weighted)]
public sealed class AutoLambdaAttribute : GradientWeightingAttribute
{
    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.0001, Summary = "The learning rate of the weights λ.")]
    public double LearningRate { get; init; } = 0.0001;

    /// <summary>The rate η of the trial step, above 0.</summary>
    [Number(0, Above = true, Default = 0.1, Summary = "η, the rate of the trial step.")]
    public double Step { get; init; } = 0.1;
}
