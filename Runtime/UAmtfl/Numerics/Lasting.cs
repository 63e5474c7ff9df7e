using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Numerics;

/// <summary>Computes with scalars that outlive every call. TorchSharp's own <c>a + b</c>, unlike <c>a - b</c>, creates a native scalar for
/// the factor of <c>b</c>, which a garbage collection on another thread can free during the call.</summary>
public static class Lasting
{
    private static readonly Scalar One = 1;
    private static readonly ConcurrentDictionary<double, Scalar> Numbers = new();

    /// <summary>Returns a + b.</summary>
    /// <param name="a">A tensor of any shape.</param>
    /// <param name="b">A tensor whose shape can be broadcast to that of a.</param>
    public static Tensor Sum(Tensor a, Tensor b) => a.add(b, One);

    /// <summary>Adds b to a in place, and returns a.</summary>
    /// <param name="a">A tensor of any shape.</param>
    /// <param name="b">A tensor whose shape can be broadcast to that of a.</param>
    public static Tensor Add(Tensor a, Tensor b) => a.add_(b, One);

    /// <summary>Returns the scalar of a number, which is created once.</summary>
    /// <param name="value">The number, one of a few that a program has.</param>
    public static Scalar Number(double value) => Numbers.GetOrAdd(value, static v => v);
}
