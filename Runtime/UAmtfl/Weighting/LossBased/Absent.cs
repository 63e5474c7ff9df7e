using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Tasks without a label in the batch: their loss is exactly 0. A loss that is not a number is not 0, so that it reaches the
/// objective, where it is seen.</summary>
internal static class Absent
{
    /// <summary>Smaller than any loss to a power that occurs, and a normal number of float32, as its inverse is.</summary>
    public const double Tiny = 1e-30;

    /// <summary>An exponent whose exponential is 0 in every type.</summary>
    public static readonly Scalar Never = -1e30;

    /// <summary>0, which outlives every call: see <see cref="Training.CollectionPause"/>.</summary>
    public static readonly Scalar Zero = 0.0;

    /// <summary>1.</summary>
    public static readonly Scalar One = 1.0;

    /// <summary>[T], true for a task without a label.</summary>
    public static Tensor In(Tensor losses) => losses.eq(Zero);

    /// <summary>The losses with 1 for a task without a label: log 1 = 0, and the gradient of that entry is 0 and no 0 · ∞.</summary>
    public static Tensor AsOne(Tensor losses, Tensor absent) => losses.masked_fill(absent, One);
}
