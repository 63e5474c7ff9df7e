using System.Runtime.InteropServices;
using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.State;

/// <summary>Random numbers of a strategy's own. The state, one number, is a buffer of a module below the strategy's; it stays in main memory.</summary>
public sealed class StateRandom : nn.Module
{
    /// <summary>What a draw of <see cref="SplitMix64"/> adds to its state.</summary>
    private const long Increment = unchecked((long)0x9E3779B97F4A7C15);

    private readonly Tensor buffer;

    private StateRandom()
        : base(nameof(StateRandom))
    {
        buffer = randint(0, long.MaxValue, [1], dtype: ScalarType.Int64).DetachFromDisposeScope();
        register_buffer("state", buffer);
    }

    /// <summary>A number in [0, 1), each multiple of 2⁻⁵³ equally likely.</summary>
    public double Uniform() => UniformOf(Take(1));

    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    public double Normal() => NormalOf(Take(2));

    /// <summary>As many standard normal numbers as <see cref="Normal"/> would give one by one, at a fraction of the time.</summary>
    /// <param name="count">How many.</param>
    public double[] Normals(int count)
    {
        var (numbers, source) = (new double[count], Take(2 * count));
        for (var i = 0; i < count; i++)
        {
            numbers[i] = NormalOf(source);
        }

        return numbers;
    }

    /// <summary>0 … count − 1 in a random order, each order equally likely.</summary>
    /// <param name="count">How many.</param>
    public int[] Permutation(int count)
    {
        int[] items = [.. Enumerable.Range(0, count)];
        return new SplitMix64(unchecked((long)Take(1).Next())).Sample<int>(items, count);
    }

    /// <summary>A generator for numbers that are drawn on a device.</summary>
    /// <param name="device">Where.</param>
    public Generator Generator(Device device) => new(Take(1).Next() >> 1, device);

    internal static StateRandom Register(nn.Module module, string name)
    {
        var state = new StateRandom();
        module.register_module(name, state);
        return state;
    }

    /// <inheritdoc/>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
    }

    private static double UniformOf(SplitMix64 source) => (source.Next() >> 11) * (1.0 / (1L << 53));

    private static double NormalOf(SplitMix64 source)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - UniformOf(source)));
        return radius * Math.Cos(2 * Math.PI * UniformOf(source));
    }

    /// <summary>A source of the next draws, beyond which the state moves at once: reading the buffer costs more than a draw.</summary>
    private SplitMix64 Take(int draws)
    {
        var state = MemoryMarshal.Cast<byte, long>(buffer.bytes);
        var source = new SplitMix64(state[0]);
        state[0] = unchecked(state[0] + (draws * Increment));
        return source;
    }
}
