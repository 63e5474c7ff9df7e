using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.State;

/// <summary>Numbers that a weighting keeps from step to step. They lie in a buffer of a module below the weighting's, so that they are
/// saved and loaded with the network, and a training that continues has the bits that it would have had.</summary>
/// <remarks>The numbers stay in double precision and in main memory, whatever type and device the network moves to.</remarks>
public sealed class StateArray : nn.Module
{
    private readonly Tensor buffer;

    private StateArray(int length, double value)
        : base(nameof(StateArray))
    {
        buffer = full(length, value, dtype: ScalarType.Float64).DetachFromDisposeScope();
        register_buffer("numbers", buffer);
    }

    /// <summary>The numbers, which can be read and written in place.</summary>
    public Span<double> Values => MemoryMarshal.Cast<byte, double>(buffer.bytes);

    internal static StateArray Register(nn.Module module, string name, int length, double value)
    {
        if (length < 0)
        {
            throw new UAmtflException(
                $"the weighting {module.GetType().Name} keeps {length} numbers as '{name}'; the length must be at least 0");
        }

        var state = new StateArray(length, value);
        module.register_module(name, state);
        return state;
    }

    /// <inheritdoc/>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
    }
}
