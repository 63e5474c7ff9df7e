using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.State;

/// <summary>Numbers that a strategy keeps from step to step. They lie in a buffer of its module, in double precision and in main memory,
/// so that they are saved and loaded with the network, and a training that continues has the bits that it would have had.</summary>
public sealed class StateArray
{
    private readonly Tensor buffer;

    private StateArray(Tensor buffer) => this.buffer = buffer;

    /// <summary>The numbers, to be read and written in place.</summary>
    public Span<double> Values => MemoryMarshal.Cast<byte, double>(buffer.bytes);

    internal static StateArray Register(nn.Module module, string name, int length, double value)
    {
        var buffer = full(length, value, dtype: ScalarType.Float64).DetachFromDisposeScope();
        module.register_buffer(name, buffer);
        return new(buffer);
    }
}
