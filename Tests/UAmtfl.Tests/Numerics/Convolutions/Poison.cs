using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Convolutions;

/// <summary>Fills memory with wrong numbers, so that code which reads memory that was never written cannot be right by chance.</summary>
internal static class Poison
{
    /// <summary>Fills memory with a value and frees it, so that the next tensors are allocated there.</summary>
    /// <param name="value">NaN, or a number so large that it is noticed.</param>
    public static void Memory(float value)
    {
        using var scope = NewDisposeScope();
        for (var size = 256L; size <= 1 << 17; size *= 8)
        {
            for (var i = 0; i < 4; i++)
            {
                full(size, value);
            }
        }
    }
}
