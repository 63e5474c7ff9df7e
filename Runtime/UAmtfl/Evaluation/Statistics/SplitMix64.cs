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

    /// <summary>Fills with indices drawn with replacement from [0, <paramref name="count"/>): two from each 64 bits, by multiply and
    /// shift, whose bias is below count / 2³².</summary>
    public void Fill(Span<int> indices, int count)
    {
        var n = (ulong)count;
        var i = 0;
        for (; i + 1 < indices.Length; i += 2)
        {
            var bits = Next();
            indices[i] = (int)(((bits >> 32) * n) >> 32);
            indices[i + 1] = (int)(((bits & uint.MaxValue) * n) >> 32);
        }

        if (i < indices.Length)
        {
            indices[i] = (int)(((Next() >> 32) * n) >> 32);
        }
    }
}
