using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Changes in place what the backward pass needs.</summary>
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

/// <summary>No gradient goes through it, though its parameters ask for one.</summary>
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

/// <summary>A backbone that is meant to stay as it is.</summary>
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

/// <summary>Computes in another precision.</summary>
public sealed class DoubleTrunk : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 6);

    public DoubleTrunk()
        : base(nameof(DoubleTrunk)) => RegisterComponents();

    public override Tensor forward(Tensor input) => layer.forward(input).relu().to(float64);
}

/// <summary>Disposes of its input.</summary>
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

/// <summary>Fails.</summary>
public sealed class ThrowingTrunk : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 6);

    public ThrowingTrunk()
        : base(nameof(ThrowingTrunk)) => RegisterComponents();

    public override Tensor forward(Tensor input) => throw new NotSupportedException("my trunk cannot do that");
}

/// <summary>Hands back nothing.</summary>
public sealed class NullTrunk() : nn.Module<Tensor, Tensor>(nameof(NullTrunk))
{
    public override Tensor forward(Tensor input) => null!;
}

/// <summary>Hands back one row for all.</summary>
public sealed class OneRowTrunk() : nn.Module<Tensor, Tensor>(nameof(OneRowTrunk))
{
    public override Tensor forward(Tensor input) => input.narrow(0, 0, 1).narrow(1, 0, 6);
}

/// <summary>Hands back a tensor that it has disposed.</summary>
public sealed class DisposedTrunk() : nn.Module<Tensor, Tensor>(nameof(DisposedTrunk))
{
    public override Tensor forward(Tensor input)
    {
        var features = input.narrow(1, 0, 6) * 2;
        features.Dispose();
        return features;
    }
}
