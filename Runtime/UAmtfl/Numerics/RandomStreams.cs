using TorchSharp;
using UAmtfl.Data;

namespace UAmtfl.Numerics;

/// <summary>Derives every random number of a training from its seed, the purpose and the epoch. A change to one purpose (another layer to
/// initialise) shifts no other (the order of the batches), and a training that goes on from an epoch needs no state of a generator.</summary>
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

    /// <summary>The seed of a stream in one epoch. It depends on no earlier epoch, so that a training can go on from the end of any.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">For example <c>batches</c>.</param>
    /// <param name="epoch">0, 1, …</param>
    /// <returns>From 0 to 2⁶³ − 1.</returns>
    public static long Derive(int seed, string stream, int epoch) =>
        (long)(Mix(unchecked((ulong)Derive(seed, stream) + ((ulong)(uint)epoch * 0x9E3779B97F4A7C15UL))) >> 1);

    /// <summary>Starts libtorch's global stream anew, from which initial values and dropout are drawn.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">For example <c>initialisation</c>.</param>
    public static void Start(int seed, string stream) => torch.random.manual_seed(Derive(seed, stream));

    /// <summary>Starts libtorch's global stream anew for one epoch.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">For example <c>dropout</c>.</param>
    /// <param name="epoch">0, 1, …</param>
    public static void Start(int seed, string stream, int epoch) => torch.random.manual_seed(Derive(seed, stream, epoch));

    /// <summary>A generator of one epoch's stream, apart from the global one.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">For example <c>batches</c>.</param>
    /// <param name="epoch">0, 1, …</param>
    public static torch.Generator Generator(int seed, string stream, int epoch) => new((ulong)Derive(seed, stream, epoch));

    private static ulong Mix(ulong z) => new SplitMix64(unchecked((long)z)).Next();
}
