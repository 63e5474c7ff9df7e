namespace UAmtfl;

/// <summary>What the attributes of Adam and of its variants have in common.</summary>
/// <param name="learningRate">The step size, above 0.</param>
public abstract class AdaptiveAttribute(double learningRate) : Attribute
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

/// <summary>Trains with Adam (Kingma and Ba 2015). On a variant, a value that is not written is taken from the experiment's [Adam], or is
/// the default if the experiment has another optimiser.</summary>
/// <param name="learningRate">The step size, above 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AdamAttribute(double learningRate = 1e-3) : AdaptiveAttribute(learningRate);

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

    /// <summary>True if the gradient is taken ahead, along the momentum (Nesterov 1983, in the form of Sutskever et al. 2013 that PyTorch
    /// has); it needs a momentum above 0. False by default.</summary>
    public bool Nesterov { get; init; }
}

/// <summary>Trains with AdamW (Loshchilov and Hutter 2019), which subtracts learning rate · λ · w from a weight in each step, where Adam
/// adds λw to the gradient. The λ are those of the variant's [L2], by part; PyTorch's default is 0.01. On a variant, a value that is not
/// written is taken from the experiment's [AdamW], or is the default if the experiment has another optimiser.</summary>
/// <param name="learningRate">The step size, above 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AdamWAttribute(double learningRate = 1e-3) : AdaptiveAttribute(learningRate);
