using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>What is wrong with a hand-written trunk.</summary>
public enum Fault
{
    /// <summary>It changes in place what the backward pass needs.</summary>
    InPlace,

    /// <summary>No gradient goes through it, though its parameters ask for one.</summary>
    Detached,

    /// <summary>Its parameters are meant to stay as they are, which is no fault for most variants.</summary>
    Frozen,

    /// <summary>It computes in double precision from inputs in single precision.</summary>
    OtherPrecision,

    /// <summary>It disposes of its input, which is no fault either.</summary>
    DisposesOfItsInput,

    /// <summary>It throws an exception of its own.</summary>
    Throws,

    /// <summary>It gives null.</summary>
    GivesNothing,

    /// <summary>It gives one row of features for all samples.</summary>
    GivesOneRow,

    /// <summary>It gives a tensor that it has disposed of.</summary>
    GivesADisposedTensor,
}

/// <summary>A trunk with the fault that the test in progress asks for, so that one declaration serves them all.</summary>
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

    /// <summary>Gives every trunk that this test makes from now on a fault.</summary>
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
