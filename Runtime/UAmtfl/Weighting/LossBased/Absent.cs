using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Replaces the values of tasks without a label in the batch.</summary>
internal static class Absent
{
    /// <summary>A number that is smaller than any power of a loss that occurs. The number and its inverse are normal numbers of
    /// float32.</summary>
    public const double Tiny = 1e-30;

    /// <summary>The scalar <see cref="Tiny"/>, which is kept because a call may still use a scalar when the garbage collector frees
    /// it.</summary>
    public static readonly Scalar Least = Tiny;

    /// <summary>A scalar whose exponential is 0 in every floating type.</summary>
    public static readonly Scalar Never = -1e30;

    /// <summary>The scalar 0, which is kept because a call may still use a scalar when the garbage collector frees it
    /// (<see cref="Training.CollectionPause"/>).</summary>
    public static readonly Scalar Zero = 0.0;

    /// <summary>The scalar 1, whose logarithm is 0.</summary>
    public static readonly Scalar One = 1.0;

    /// <summary>Replaces the values of tasks without a label, so that their entries have a gradient of 0 and no product 0 · ∞
    /// occurs.</summary>
    /// <param name="values">The values [T].</param>
    /// <param name="present">A mask [T], 1 for a task with a label and 0 for one without; null if all have one.</param>
    /// <param name="instead">The value that replaces them.</param>
    public static Tensor Filled(Tensor values, Tensor? present, Scalar instead) =>
        present is null ? values : values.masked_fill(present.eq(Zero), instead);
}
