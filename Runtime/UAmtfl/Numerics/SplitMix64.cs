namespace UAmtfl.Numerics;

/// <summary>The random number generator that draws splits of data sets and resamples of test rows: SplitMix64 (Steele, Lea and Flood 2014,
/// <i>Fast splittable pseudorandom number generators</i>, OOPSLA).</summary>
/// <remarks>A draw must give the same rows on every platform and in every later version. System.Random does not promise that between
/// versions of .NET, and treats a seed and its negative as the same; a torch generator would need the native library and promises no more.
/// This generator is five lines of integer arithmetic with published reference outputs.</remarks>
/// <param name="seed">The seed, any number; every seed has a sequence of its own.</param>
public sealed class SplitMix64(long seed)
{
    private ulong state = unchecked((ulong)seed);

    /// <summary>Draws the next 64 random bits.</summary>
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

    /// <summary>Draws a number in [0, <paramref name="bound"/>), each equally likely (Lemire 2019, <i>Fast random integer generation in an
    /// interval</i>): the high half of 64 bits times the bound; a draw whose low half is in the surplus is repeated.</summary>
    /// <param name="bound">The exclusive upper bound, at least 1.</param>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var surplus = unchecked(0UL - (ulong)bound) % (ulong)bound;
        while (true)
        {
            var high = Math.BigMul(Next(), (ulong)bound, out var low);
            if (low >= surplus)
            {
                return (int)high;
            }
        }
    }

    /// <summary>Draws without replacement, by the first steps of a Fisher-Yates shuffle of a copy. The first m of n items drawn are
    /// therefore a fair draw of m, and the others a fair draw from the rest.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="pool">The items to draw from; they stay in their order.</param>
    /// <param name="count">The number of items to draw, from 0 to the length of the pool.</param>
    /// <returns>The items [<paramref name="count"/>], in the order drawn.</returns>
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
