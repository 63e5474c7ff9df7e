using TorchSharp;
using UAmtfl.Data;

namespace UAmtfl.Numerics;

/// <summary>Independent random streams of one seed, by purpose, so that a change to one (another layer to initialise) does not
/// shift the others (the order of the batches).</summary>
public static class RandomStreams
{
    /// <summary>The seed of a stream: a 64-bit mix (SplitMix64's finaliser) of the run's seed and the name.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">For example <c>initialisation</c>.</param>
    /// <returns>From 0 to 2⁶³ − 1.</returns>
    public static long Derive(int seed, string stream)
    {
        var hash = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL);
        foreach (var c in stream)
        {
            hash = Mix(hash ^ c);
        }

        return (long)(Mix(hash) >> 1);
    }

    /// <summary>Starts the global stream anew: initialisers and dropout draw from it.</summary>
    public static void Start(int seed, string stream) => torch.random.manual_seed(Derive(seed, stream));

    /// <summary>A stream of its own.</summary>
    public static torch.Generator Generator(int seed, string stream) => new((ulong)Derive(seed, stream));

    private static ulong Mix(ulong z) => new SplitMix64(unchecked((long)z)).Next();
}
