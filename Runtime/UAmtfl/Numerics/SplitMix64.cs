namespace UAmtfl.Numerics;

/// <summary>The generator that splits of data sets and resamples of test rows are drawn with: SplitMix64 (Steele, Lea and Flood 2014, <i>Fast splittable
/// pseudorandom number generators</i>, OOPSLA).</summary>
/// <remarks>A draw must be the same rows on every platform and in every later version. System.Random does not promise that
/// between versions of .NET and takes a seed and its negative for the same; a torch generator would need the native library
/// and promises no more. This one is five lines of integer arithmetic, with published reference outputs.</remarks>
/// <param name="seed">Any number; every seed has a sequence of its own.</param>
public sealed class SplitMix64(long seed)
{
    private ulong state = unchecked((ulong)seed);

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number in [0, <paramref name="bound"/>), each equally likely: the high half of 64 bits times the bound, with
    /// the surplus of low halves refused (Lemire 2019, <i>Fast random integer generation in an interval</i>).</summary>
    /// <param name="bound">At least 1.</param>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var surplus = unchecked(0UL - (ulong)bound) % (ulong)bound;
        while (true)
        {
            var high = Math.BigMul(Next(), (ulong)bound, out var low);
            if (low >= surplus) return (int)high;
        }
    }

    /// <summary>Draws without replacement: the first steps of a Fisher-Yates shuffle of a copy. So the first m of n drawn are
    /// themselves a fair draw of m, and the others a fair draw from what those leave.</summary>
    /// <typeparam name="T">What is drawn.</typeparam>
    /// <param name="pool">What to draw from; is not changed.</param>
    /// <param name="count">How many, 0 to the length of the pool.</param>
    /// <returns>[<paramref name="count"/>], in the order drawn.</returns>
    public T[] Sample<T>(ReadOnlySpan<T> pool, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, pool.Length);
        var items = pool.ToArray();
        for (var i = 0; i < count; i++)
        {
            var chosen = i + Below(items.Length - i);
            (items[i], items[chosen]) = (items[chosen], items[i]);
        }
        return items[..count];
    }
}
