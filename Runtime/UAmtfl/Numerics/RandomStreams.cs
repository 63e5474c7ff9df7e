using TorchSharp;

namespace UAmtfl.Numerics;

/// <summary>Derives every random number of a training from its seed, the purpose and the epoch. A change to one purpose, such as another
/// layer to initialise, then changes no other, such as the order of the batches, and a training that resumes after an epoch needs no
/// state of a generator.</summary>
public static class RandomStreams
{
    /// <summary>Returns the seed of a stream of random numbers, a 64-bit mix (SplitMix64's finaliser) of the run's seed and the stream's
    /// name.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">The name of the stream, for example <c>initialisation</c>.</param>
    /// <returns>A number from 0 to 2⁶³ − 1.</returns>
    public static long Derive(int seed, string stream)
    {
        var hash = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL);
        foreach (var c in stream)
        {
            hash = Mix(hash ^ c);
        }

        return (long)(Mix(hash) >> 1);
    }

    /// <summary>Returns the seed of a stream of random numbers in one epoch. It depends on no earlier epoch, so that a training can
    /// resume after any.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">The name of the stream, for example <c>batches</c>.</param>
    /// <param name="epoch">The epoch: 0, 1, …</param>
    /// <returns>A number from 0 to 2⁶³ − 1.</returns>
    public static long Derive(int seed, string stream, int epoch) =>
        (long)(Mix(unchecked((ulong)Derive(seed, stream) + ((ulong)(uint)epoch * 0x9E3779B97F4A7C15UL))) >> 1);

    /// <summary>Seeds libtorch's global generator, which draws initial values and dropout.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">The name of the stream, for example <c>initialisation</c>.</param>
    public static void Start(int seed, string stream) => torch.random.manual_seed(Derive(seed, stream));

    /// <summary>Seeds libtorch's global generator for one epoch.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">The name of the stream, for example <c>dropout</c>.</param>
    /// <param name="epoch">The epoch: 0, 1, …</param>
    public static void Start(int seed, string stream, int epoch) => torch.random.manual_seed(Derive(seed, stream, epoch));

    /// <summary>Makes a generator, apart from libtorch's global one, for a stream of random numbers in one epoch.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">The name of the stream, for example <c>batches</c>.</param>
    /// <param name="epoch">The epoch: 0, 1, …</param>
    public static torch.Generator Generator(int seed, string stream, int epoch) => new((ulong)Derive(seed, stream, epoch));

    private static ulong Mix(ulong z) => new SplitMix64(unchecked((long)z)).Next();
}
