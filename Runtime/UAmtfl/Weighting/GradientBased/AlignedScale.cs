namespace UAmtfl.Weighting.GradientBased;

/// <summary>The singular value that <see cref="AlignedMtl"/> gives the matrix of gradients.</summary>
public enum AlignedScale
{
    /// <summary>The smallest that is not 0: no task's step gets longer.</summary>
    Minimum,

    /// <summary>The median; the lower one of an even number.</summary>
    Median,

    /// <summary>The root of the mean square.</summary>
    Rmse,
}
