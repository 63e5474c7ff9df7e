using System.Runtime.InteropServices;
using TorchSharp;
using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.State;

/// <summary>Random numbers of a strategy's own. The state, one number, is a buffer of its module.</summary>
public sealed class StateRandom
{
    private readonly Tensor buffer;

    private StateRandom(Tensor buffer) => this.buffer = buffer;

    /// <summary>A number in [0, 1), each multiple of 2⁻⁵³ equally likely.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        return radius * Math.Cos(2 * Math.PI * Uniform());
    }

    /// <summary>0 … count − 1 in a random order, each order equally likely.</summary>
    /// <param name="count">How many.</param>
    public int[] Permutation(int count)
    {
        int[] items = [.. Enumerable.Range(0, count)];
        return new SplitMix64(unchecked((long)Next())).Sample<int>(items, count);
    }

    /// <summary>A generator for numbers that are drawn on a device.</summary>
    /// <param name="device">Where.</param>
    public Generator Generator(Device device) => new(Next() >> 1, device);

    internal static StateRandom Register(nn.Module module, string name)
    {
        var buffer = randint(0, long.MaxValue, [1], dtype: ScalarType.Int64).DetachFromDisposeScope();
        module.register_buffer(name, buffer);
        return new(buffer);
    }

    /// <summary>A draw moves the state on by one draw of the generator that it seeds.</summary>
    private ulong Next()
    {
        var state = MemoryMarshal.Cast<byte, long>(buffer.bytes);
        var drawn = new SplitMix64(state[0]).Next();
        state[0] = unchecked(state[0] + (long)0x9E3779B97F4A7C15);
        return drawn;
    }
}
