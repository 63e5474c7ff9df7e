namespace UAmtfl;

/// <summary>Multiplies the learning rate by a factor after given fractions of the epochs (Lee et al. 2018 divide it by 10 after half; He
/// et al. 2016 after 50 and 75 %). On a variant, a value that is not written is taken from the experiment's [StepDecay].</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StepDecayAttribute : Attribute
{
    /// <summary>The fraction of the epochs after which the learning rate changes, in (0, 1].</summary>
    [Number(0, 1, Above = true, Default = 0.5)]
    public double At { get; init; } = 0.5;

    /// <summary>Further fractions of the epochs after which it changes by the same factor, each in (0, 1]; none by default.</summary>
    public double[] AlsoAt { get; init; } = [];

    /// <summary>The factor that multiplies the learning rate, above 0.</summary>
    [Number(0, Above = true, Default = 0.1)]
    public double Factor { get; init; } = 0.1;
}

/// <summary>Lowers the learning rate along half a wave of the cosine, from its value in the first epoch after the warm-up to Floor times
/// its value at the end of the training (Loshchilov and Hutter 2017, without restarts; PyTorch's CosineAnnealingLR with T_max = the number
/// of these epochs).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CosineDecayAttribute : Attribute
{
    /// <summary>What is left of the learning rate at the end, in units of it, in [0, 1).</summary>
    [Number(0, 1, Below = true, Default = 0)]
    public double Floor { get; init; }
}

/// <summary>Multiplies the learning rate by a factor after each epoch that follows the warm-up (PyTorch's ExponentialLR).</summary>
/// <param name="factor">The factor, in (0, 1).</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExponentialDecayAttribute(double factor) : Attribute
{
    /// <summary>The factor that multiplies the learning rate after each epoch, in (0, 1).</summary>
    [Number(0, 1, Above = true, Below = true)]
    public double Factor { get; } = factor;

    /// <summary>What the learning rate does not fall below, in units of it, in [0, 1).</summary>
    [Number(0, 1, Below = true, Default = 0)]
    public double Floor { get; init; }
}

/// <summary>Multiplies the learning rate by a factor each time that the validation error has not become smaller for more than Patience
/// epochs (PyTorch's ReduceLROnPlateau, without a cooldown). The error is the one over all tasks that a grid search also chooses by; it is
/// measured after every <see cref="TrainingAttribute.EvaluateEvery"/> epochs, which may not be more than the patience. Epochs of the
/// warm-up do not count.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PlateauDecayAttribute : Attribute
{
    /// <summary>The factor that multiplies the learning rate, in (0, 1).</summary>
    [Number(0, 1, Above = true, Below = true, Default = 0.1)]
    public double Factor { get; init; } = 0.1;

    /// <summary>The number of epochs without a smaller error that are waited for, at least 1.</summary>
    [Number(1, 1_000_000, Default = 10)]
    public int Patience { get; init; } = 10;

    /// <summary>The share of the smallest error so far by which an error must be smaller to count, in [0, 1).</summary>
    [Number(0, 1, Below = true, Default = 1e-4)]
    public double Threshold { get; init; } = 1e-4;

    /// <summary>What the learning rate does not fall below, in units of it, in [0, 1).</summary>
    [Number(0, 1, Below = true, Default = 0)]
    public double Floor { get; init; }
}

/// <summary>Raises the learning rate in equal steps, from almost 0 in the first step of the training to its value in the last step of the
/// warm-up (Goyal et al. 2017, who take 5 epochs). A cosine or exponential schedule begins after it.</summary>
/// <param name="epochs">The number of epochs, at least 1 and fewer than the training has.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WarmUpAttribute(int epochs) : Attribute
{
    /// <summary>The number of epochs, at least 1 and fewer than the training has.</summary>
    [Number(1, 1_000_000)]
    public int Epochs { get; } = epochs;
}
