using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A trunk that changes in place what the backward pass needs.</summary>
public sealed class InPlaceTrunk : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 6);

    public InPlaceTrunk()
        : base(nameof(InPlaceTrunk)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var y = layer.forward(input).sigmoid();
        y.mul_(2);
        return y;
    }
}

/// <summary>A trunk that passes no gradient on, although its parameters require one.</summary>
public sealed class DetachedTrunk : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 6);

    public DetachedTrunk()
        : base(nameof(DetachedTrunk)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        using var frozen = no_grad();
        return layer.forward(input).relu();
    }
}

/// <summary>A trunk with given parameters that are not trained.</summary>
public sealed class GivenTrunk : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 6);

    public GivenTrunk()
        : base(nameof(GivenTrunk))
    {
        RegisterComponents();
        (layer.weight.requires_grad, layer.bias!.requires_grad) = (false, false);
    }

    public override Tensor forward(Tensor input) => layer.forward(input).relu();
}

/// <summary>A trunk that computes in double precision from inputs in single precision.</summary>
public sealed class DoubleTrunk : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 6);

    public DoubleTrunk()
        : base(nameof(DoubleTrunk)) => RegisterComponents();

    public override Tensor forward(Tensor input) => layer.forward(input).relu().to(float64);
}

/// <summary>A trunk that disposes of its input.</summary>
public sealed class DisposingTrunk : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 6);

    public DisposingTrunk()
        : base(nameof(DisposingTrunk)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        using var x = input;
        return layer.forward(x).relu();
    }
}

/// <summary>A trunk that throws an exception.</summary>
public sealed class ThrowingTrunk : nn.Module<Tensor, Tensor>
{
    public ThrowingTrunk()
        : base(nameof(ThrowingTrunk)) => register_module("layer", nn.Linear(8, 6));

    public override Tensor forward(Tensor input) => throw new NotSupportedException("my trunk cannot do that");
}

/// <summary>A trunk that returns null.</summary>
public sealed class NullTrunk() : nn.Module<Tensor, Tensor>(nameof(NullTrunk))
{
    public override Tensor forward(Tensor input) => null!;
}

/// <summary>A trunk that returns one row of features for all samples.</summary>
public sealed class OneRowTrunk() : nn.Module<Tensor, Tensor>(nameof(OneRowTrunk))
{
    public override Tensor forward(Tensor input) => input.narrow(0, 0, 1).narrow(1, 0, 6);
}

/// <summary>A trunk that returns a tensor that it has disposed of.</summary>
public sealed class DisposedTrunk() : nn.Module<Tensor, Tensor>(nameof(DisposedTrunk))
{
    public override Tensor forward(Tensor input)
    {
        var features = input.narrow(1, 0, 6) * 2;
        features.Dispose();
        return features;
    }
}
