using static TorchSharp.torch;

namespace UAmtfl.Weighting.State;

/// <summary>A tensor that a weighting keeps from step to step. It moves to the type and the device of the network, so that a step reads
/// nothing of it from the device, and it is saved and loaded with the network.</summary>
public sealed class StateTensor : nn.Module
{
    private const string Buffer = "numbers";

    private StateTensor(Tensor start)
        : base(nameof(StateTensor)) => register_buffer(Buffer, start.detach().clone().DetachFromDisposeScope());

    /// <summary>The tensor, which can be read and changed in place. Do not keep a reference to it, because it is another object after
    /// the network has moved.</summary>
    public Tensor Value => get_buffer(Buffer)!;

    internal static StateTensor Register(nn.Module module, string name, Tensor start)
    {
        var state = new StateTensor(start);
        module.register_module(name, state);
        return state;
    }
}
