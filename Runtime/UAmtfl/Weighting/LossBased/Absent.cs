using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Numbers that stand where a task has no label in the batch.</summary>
internal static class Absent
{
    /// <summary>Smaller than any loss to a power that occurs, and a normal number of float32, as its inverse is.</summary>
    public const double Tiny = 1e-30;

    /// <summary><see cref="Tiny"/>, which outlives every call.</summary>
    public static readonly Scalar Least = Tiny;

    /// <summary>An exponent whose exponential is 0 in every type.</summary>
    public static readonly Scalar Never = -1e30;

    /// <summary>0, which outlives every call: see <see cref="Training.CollectionPause"/>.</summary>
    public static readonly Scalar Zero = 0.0;

    /// <summary>1, whose logarithm is 0.</summary>
    public static readonly Scalar One = 1.0;

    /// <summary>The values [T] with another in the place of those of tasks without a label, whose entry then has a gradient of 0 and no 0 · ∞.</summary>
    /// <param name="values">[T]</param>
    /// <param name="present">[T], 1 for a task with a label and 0 for one without; null where all have one.</param>
    /// <param name="instead">The other value.</param>
    public static Tensor Filled(Tensor values, Tensor? present, Scalar instead) => present is null ? values : values.masked_fill(present.eq(Zero), instead);
}
