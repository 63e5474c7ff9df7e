namespace UAmtfl;

/// <summary>Multi-objective meta-learning: the weights of the training losses follow the minimum-norm hyper-gradient of the losses of
/// another batch after a step (MOML, Ye et al. 2021).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MomlAttribute : GradientWeightingAttribute
{
    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.001)]
    public double LearningRate { get; init; } = 0.001;

    /// <summary>η, the rate of the trial step, above 0.</summary>
    [Number(0, Above = true, Default = 0.1)]
    public double Step { get; init; } = 0.1;
}

/// <summary>The first-order multi-gradient algorithm for the same problem: the lower level's optimality as a constraint on its value (FORUM,
/// Ye et al. 2024).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForumAttribute : GradientWeightingAttribute
{
    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.001)]
    public double LearningRate { get; init; } = 0.001;

    /// <summary>η, the rate of the trial steps, above 0.</summary>
    [Number(0, Above = true, Default = 0.1)]
    public double Step { get; init; } = 0.1;

    /// <summary>How many trial steps, at least 1.</summary>
    [Number(1, Default = 5)]
    public int InnerSteps { get; init; } = 5;

    /// <summary>ρ, how fast the constraint is to be met, above 0.</summary>
    [Number(0, Above = true, Default = 0.3)]
    public double Rho { get; init; } = 0.3;

    /// <summary>β, how fast the average of the upper weights moves, above 0 and at most 1.</summary>
    [Number(0, 1, Above = true, Default = 0.9)]
    public double Beta { get; init; } = 0.9;
}

/// <summary>Weights that a gradient step on the sum of another batch's losses after a trial step learns (Auto-Lambda, Liu et al. 2022).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AutoLambdaAttribute : GradientWeightingAttribute
{
    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.0001)]
    public double LearningRate { get; init; } = 0.0001;

    /// <summary>η, the rate of the trial step, above 0.</summary>
    [Number(0, Above = true, Default = 0.1)]
    public double Step { get; init; } = 0.1;
}
