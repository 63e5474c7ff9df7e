using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Arithmetic whose scalars outlive every call. TorchSharp's own <c>a + b</c> makes a native scalar for the factor of <c>b</c>,
/// which a garbage collection on another thread can free under the call: a prediction must not depend on that.</summary>
public static class Lasting
{
    private static readonly Scalar One = 1;

    /// <summary>a + b.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that fits.</param>
    public static Tensor Sum(Tensor a, Tensor b) => a.add(b, One);
}
