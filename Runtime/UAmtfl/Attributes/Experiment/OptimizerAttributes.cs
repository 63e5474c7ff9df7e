namespace UAmtfl;

/// <summary>Trains with Adam (Kingma and Ba 2015). On a variant, a value that is not written is taken from the experiment's [Adam], or is
/// the default if the experiment has another optimiser.</summary>
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

    /// <summary>The number added to the root of the mean squared gradient, above 0, because a step divides by that root.</summary>
    [Number(0, Above = true, Default = 1e-8)]
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>Trains with stochastic gradient descent. On a variant, a value that is not written is taken from the experiment's [Sgd], or is
/// the default if the experiment has another optimiser.</summary>
/// <param name="learningRate">The step size, above 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SgdAttribute(double learningRate) : Attribute
{
    /// <summary>The step size, above 0.</summary>
    [Number(0, Above = true)]
    public double LearningRate { get; } = learningRate;

    /// <summary>The heavy-ball momentum, in [0, 1); 0, the default, for none.</summary>
    [Number(0, 1, Below = true, Default = 0)]
    public double Momentum { get; init; }
}

/// <summary>Multiplies the learning rate by a factor once, after a given fraction of the epochs (Lee et al. 2018 divide it by 10 after
/// half). On a variant, a value that is not written is taken from the experiment's [StepDecay].</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StepDecayAttribute : Attribute
{
    /// <summary>The fraction of the epochs after which the learning rate changes, in (0, 1].</summary>
    [Number(0, 1, Above = true, Default = 0.5)]
    public double At { get; init; } = 0.5;

    /// <summary>The factor that multiplies the learning rate, above 0.</summary>
    [Number(0, Above = true, Default = 0.1)]
    public double Factor { get; init; } = 0.1;
}
