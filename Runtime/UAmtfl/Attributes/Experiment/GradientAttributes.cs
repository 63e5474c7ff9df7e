namespace UAmtfl;

/// <summary>Scales the gradient of a step down to a largest norm (Pascanu, Mikolov and Bengio 2013; PyTorch's clip_grad_norm_). The norm
/// is the Euclidean one of all trained parameters together, those of the network, of a transfer between tasks and of task uncertainties;
/// only parameters of a weighting are left out. With a gradient-based weighting it is the combined gradient that is clipped. The decay of
/// [L2] is added after it.</summary>
/// <param name="norm">The largest norm, above 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ClipNormAttribute(double norm) : Attribute
{
    /// <summary>The largest norm, above 0.</summary>
    [Number(0, Above = true)]
    public double Norm { get; } = norm;
}

/// <summary>Limits each entry of the gradient of a step to ± a value (PyTorch's clip_grad_value_). The parameters are those of
/// <see cref="ClipNormAttribute"/>.</summary>
/// <param name="value">The largest absolute value, above 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ClipValueAttribute(double value) : Attribute
{
    /// <summary>The largest absolute value, above 0.</summary>
    [Number(0, Above = true)]
    public double Value { get; } = value;
}

/// <summary>Makes a step along the gradient of several batches, which takes the memory of one. The step is that of a batch with all their
/// rows, because the losses are means over labels and each batch counts by its labels; only <see cref="BatchNormAttribute"/> and
/// <see cref="DropoutAttribute"/> act on each batch. The last step of an epoch has the batches that are left. It cannot stand beside a
/// weighting with a class, which looks at the losses or gradients of one batch.</summary>
/// <param name="batches">The number of batches, at least 1.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AccumulateAttribute(int batches) : Attribute
{
    /// <summary>The number of batches, at least 1.</summary>
    [Number(1, 1_000_000)]
    public int Batches { get; } = batches;
}
