namespace UAmtfl.Layers;

/// <summary>Marks where a residual stretch of a network begins, h + f(h) (He et al. 2016, eq. 1): the input of the layers up to
/// <see cref="EndResidualAttribute"/> is added to their output, which has the same shape.</summary>
/// <remarks>An architecture copies a residual stretch as one layer, so that a mark <see cref="SplitAttribute"/> does not stand inside it.
/// Where the shape changes, <see cref="BasicBlockAttribute"/> and <see cref="BottleneckAttribute"/> have a projection.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class BeginResidualAttribute : Attribute;

/// <summary>Marks where a residual stretch of a network ends: the input of the layers since <see cref="BeginResidualAttribute"/> is added
/// to their output.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class EndResidualAttribute : Attribute;
