namespace UAmtfl.Weightings;

/// <summary>The base class of attributes for weightings that depend on the gradients of tasks. The site and the heads are those of the
/// method's paper, unless an attribute states others.</summary>
public abstract class GradientWeightingAttribute : Attribute
{
    /// <summary>The tensors with respect to which the gradients of tasks are compared.</summary>
    public GradientSite Site { get; init; }

    /// <summary>The gradients by which the heads are trained.</summary>
    public HeadGradients Heads { get; init; }
}
