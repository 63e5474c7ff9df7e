namespace UAmtfl;

/// <summary>Trains with Adam (Kingma and Ba 2015). On a variant it changes what it states; the rest is as the experiment's [Adam] says, or
/// the default where the experiment has another optimiser.</summary>
/// <param name="learningRate">The step size, above 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AdamAttribute(double learningRate = 1e-3) : Attribute
{
    /// <summary>The step size, above 0.</summary>
    [Number(0, Above = true, Default = 1e-3)]
    public double LearningRate { get; } = learningRate;

    /// <summary>Decay of the mean of the gradients, in [0, 1).</summary>
    [Number(0, 1, Below = true, Default = 0.9)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of the squared gradients, in [0, 1).</summary>
    [Number(0, 1, Below = true, Default = 0.999)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean squared gradient, above 0.</summary>
    [Number(0, Above = true, Default = 1e-8)]
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>Trains with stochastic gradient descent. On a variant it changes what it states; the rest is as the experiment's [Sgd] says, or
/// the default where the experiment has another optimiser.</summary>
/// <param name="learningRate">The step size, above 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SgdAttribute(double learningRate) : Attribute
{
    /// <summary>The step size, above 0.</summary>
    [Number(0, Above = true)]
    public double LearningRate { get; } = learningRate;

    /// <summary>Heavy-ball momentum, in [0, 1).</summary>
    [Number(0, 1, Below = true, Default = 0)]
    public double Momentum { get; init; }
}

/// <summary>Multiplies the learning rate once, after a part of the training (Lee et al. 2018 divide it by 10 after half). On a variant it
/// changes what it states; the rest is as the experiment's [StepDecay] says.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StepDecayAttribute : Attribute
{
    /// <summary>The part of the epochs after which the rate changes, in (0, 1].</summary>
    [Number(0, 1, Above = true, Default = 0.5)]
    public double At { get; init; } = 0.5;

    /// <summary>What the rate is multiplied by, above 0.</summary>
    [Number(0, Above = true, Default = 0.1)]
    public double Factor { get; init; } = 0.1;
}
