using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A fault of a hand-written trunk.</summary>
public enum Fault
{
    /// <summary>The trunk changes in place what the backward pass needs.</summary>
    InPlace,

    /// <summary>The trunk passes no gradient on, although its parameters require one.</summary>
    Detached,

    /// <summary>The trunk's parameters are not trained, which is an error only for a weighting that needs the trunk's
    /// gradients.</summary>
    Frozen,

    /// <summary>The trunk computes in double precision from inputs in single precision.</summary>
    OtherPrecision,

    /// <summary>The trunk disposes of its input, which is allowed.</summary>
    DisposesOfItsInput,

    /// <summary>The trunk throws an exception of its own.</summary>
    Throws,

    /// <summary>The trunk returns null.</summary>
    GivesNothing,

    /// <summary>The trunk returns one row of features for all samples.</summary>
    GivesOneRow,

    /// <summary>The trunk returns a tensor that it has disposed of.</summary>
    GivesADisposedTensor,
}

/// <summary>A trunk with the fault that the running test asks for, so that one declaration serves all faults.</summary>
public sealed class FaultyTrunk : nn.Module<Tensor, Tensor>
{
    private static readonly AsyncLocal<Fault> Asked = new();

    private readonly Fault fault = Asked.Value;
    private readonly Linear layer = nn.Linear(8, 6);

    public FaultyTrunk()
        : base(nameof(FaultyTrunk))
    {
        RegisterComponents();
        (layer.weight.requires_grad, layer.bias!.requires_grad) = (fault != Fault.Frozen, fault != Fault.Frozen);
    }

    /// <summary>Gives a fault to every trunk that this test creates from now on.</summary>
    public static void Ask(Fault fault) => Asked.Value = fault;

    public override Tensor forward(Tensor input)
    {
        switch (fault)
        {
            case Fault.InPlace:
                return layer.forward(input).sigmoid().mul_(2);
            case Fault.Detached:
                using (no_grad())
                {
                    return layer.forward(input).relu();
                }

            case Fault.OtherPrecision:
                return layer.forward(input).relu().to(float64);
            case Fault.DisposesOfItsInput:
                using (input)
                {
                    return layer.forward(input).relu();
                }

            case Fault.Throws:
                throw new NotSupportedException("my trunk cannot do that");
            case Fault.GivesNothing:
                return null!;
            case Fault.GivesOneRow:
                return input.narrow(0, 0, 1).narrow(1, 0, 6);
            case Fault.GivesADisposedTensor:
                var features = input.narrow(1, 0, 6) * 2;
                features.Dispose();
                return features;
            default:
                return layer.forward(input).relu();
        }
    }
}
