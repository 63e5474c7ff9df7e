namespace UAmtfl.Evaluation.Statistics;

/// <summary>The SplitMix64 generator (Steele, Lea, Flood 2014, OOPSLA). The library's own, so that no change of a runtime's
/// generator changes an interval.</summary>
/// <param name="seed">Any value; near seeds give unrelated sequences.</param>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Draws as many rows as there are, with replacement: two from each 64 bits, by multiply and shift, whose bias is below
    /// rows / 2³². Without a branch, which the processor could not predict.</summary>
    /// <param name="kept">Receives the drawn rows that count, in the order of the draw; as long as <paramref name="counts"/>.</param>
    /// <param name="counts">[rows], 1 for rows to keep, 0 for rows to pass over.</param>
    /// <returns>How many were kept.</returns>
    public int Draw(Span<int> kept, ReadOnlySpan<byte> counts)
    {
        var rows = (ulong)counts.Length;
        var length = 0;
        for (var i = 0; i < counts.Length; i += 2)
        {
            var bits = Next();
            var row = (int)(((bits >> 32) * rows) >> 32);
            kept[length] = row;
            length += counts[row];
            if (i + 1 < counts.Length)
            {
                row = (int)(((bits & uint.MaxValue) * rows) >> 32);
                kept[length] = row;
                length += counts[row];
            }
        }

        return length;
    }
}
