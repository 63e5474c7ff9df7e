using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Data;
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

/// <summary>InPlace trunks with every kind of step.</summary>
[Experiment("untrainable-inplace", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class InPlace
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<InPlaceTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // one backward pass a task is what is tested
    [HardSharing, Baseline]
    public partial class Plain;

    [SingleTask]
    public partial class Separate;

    [HardSharing, PcGrad]
    public partial class Surgery;

    [HardSharing, GradNorm(Site = GradientSite.Representation)]
    public partial class Norms;

    [HardSharing, GradNorm(Site = GradientSite.Trunk)]
    public partial class NormsAtTrunk;

    [HardSharing, Mgda(Site = GradientSite.Representation)]
    public partial class MinNorm;

    [HardSharing, GradDrop]
    public partial class Signs;

    [HardSharing, MoCo]
    public partial class Stochastic;

    [HardSharing, MoDo]
    public partial class Three;

    [HardSharing, DbMtl]
    public partial class Balance;

    [HardSharing, Moml]
    public partial class Levels;

    [HardSharing, Famo]
    public partial class Fast;

    [Amtfl, Uncertainty]
    public partial class Asymmetric;
#pragma warning restore UAM032
}

/// <summary>Detached trunks with every kind of step.</summary>
[Experiment("untrainable-detached", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Detached
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<DetachedTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // one backward pass a task is what is tested
    [HardSharing, Baseline]
    public partial class Plain;

    [SingleTask]
    public partial class Separate;

    [HardSharing, PcGrad]
    public partial class Surgery;

    [HardSharing, GradNorm(Site = GradientSite.Representation)]
    public partial class Norms;

    [HardSharing, GradNorm(Site = GradientSite.Trunk)]
    public partial class NormsAtTrunk;

    [HardSharing, Mgda(Site = GradientSite.Representation)]
    public partial class MinNorm;

    [HardSharing, GradDrop]
    public partial class Signs;

    [HardSharing, MoCo]
    public partial class Stochastic;

    [HardSharing, MoDo]
    public partial class Three;

    [HardSharing, DbMtl]
    public partial class Balance;

    [HardSharing, Moml]
    public partial class Levels;

    [HardSharing, Famo]
    public partial class Fast;

    [Amtfl, Uncertainty]
    public partial class Asymmetric;
#pragma warning restore UAM032
}

/// <summary>Given trunks with every kind of step.</summary>
[Experiment("untrainable-given", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Given
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<GivenTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // one backward pass a task is what is tested
    [HardSharing, Baseline]
    public partial class Plain;

    [SingleTask]
    public partial class Separate;

    [HardSharing, PcGrad]
    public partial class Surgery;

    [HardSharing, GradNorm(Site = GradientSite.Representation)]
    public partial class Norms;

    [HardSharing, GradNorm(Site = GradientSite.Trunk)]
    public partial class NormsAtTrunk;

    [HardSharing, Mgda(Site = GradientSite.Representation)]
    public partial class MinNorm;

    [HardSharing, GradDrop]
    public partial class Signs;

    [HardSharing, MoCo]
    public partial class Stochastic;

    [HardSharing, MoDo]
    public partial class Three;

    [HardSharing, DbMtl]
    public partial class Balance;

    [HardSharing, Moml]
    public partial class Levels;

    [HardSharing, Famo]
    public partial class Fast;

    [Amtfl, Uncertainty]
    public partial class Asymmetric;
#pragma warning restore UAM032
}

/// <summary>Double trunks with every kind of step.</summary>
[Experiment("untrainable-double", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Double
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<DoubleTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // one backward pass a task is what is tested
    [HardSharing, Baseline]
    public partial class Plain;

    [SingleTask]
    public partial class Separate;

    [HardSharing, PcGrad]
    public partial class Surgery;

    [HardSharing, GradNorm(Site = GradientSite.Representation)]
    public partial class Norms;

    [HardSharing, GradNorm(Site = GradientSite.Trunk)]
    public partial class NormsAtTrunk;

    [HardSharing, Mgda(Site = GradientSite.Representation)]
    public partial class MinNorm;

    [HardSharing, GradDrop]
    public partial class Signs;

    [HardSharing, MoCo]
    public partial class Stochastic;

    [HardSharing, MoDo]
    public partial class Three;

    [HardSharing, DbMtl]
    public partial class Balance;

    [HardSharing, Moml]
    public partial class Levels;

    [HardSharing, Famo]
    public partial class Fast;

    [Amtfl, Uncertainty]
    public partial class Asymmetric;
#pragma warning restore UAM032
}

/// <summary>Disposing trunks with every kind of step.</summary>
[Experiment("untrainable-disposing", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Disposing
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<DisposingTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // one backward pass a task is what is tested
    [HardSharing, Baseline]
    public partial class Plain;

    [SingleTask]
    public partial class Separate;

    [HardSharing, PcGrad]
    public partial class Surgery;

    [HardSharing, GradNorm(Site = GradientSite.Representation)]
    public partial class Norms;

    [HardSharing, GradNorm(Site = GradientSite.Trunk)]
    public partial class NormsAtTrunk;

    [HardSharing, Mgda(Site = GradientSite.Representation)]
    public partial class MinNorm;

    [HardSharing, GradDrop]
    public partial class Signs;

    [HardSharing, MoCo]
    public partial class Stochastic;

    [HardSharing, MoDo]
    public partial class Three;

    [HardSharing, DbMtl]
    public partial class Balance;

    [HardSharing, Moml]
    public partial class Levels;

    [HardSharing, Famo]
    public partial class Fast;

    [Amtfl, Uncertainty]
    public partial class Asymmetric;
#pragma warning restore UAM032
}

/// <summary>Throwing trunks with every kind of step.</summary>
[Experiment("untrainable-throwing", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Throwing
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<ThrowingTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // one backward pass a task is what is tested
    [HardSharing, Baseline]
    public partial class Plain;

    [SingleTask]
    public partial class Separate;

    [HardSharing, PcGrad]
    public partial class Surgery;

    [HardSharing, GradNorm(Site = GradientSite.Representation)]
    public partial class Norms;

    [HardSharing, GradNorm(Site = GradientSite.Trunk)]
    public partial class NormsAtTrunk;

    [HardSharing, Mgda(Site = GradientSite.Representation)]
    public partial class MinNorm;

    [HardSharing, GradDrop]
    public partial class Signs;

    [HardSharing, MoCo]
    public partial class Stochastic;

    [HardSharing, MoDo]
    public partial class Three;

    [HardSharing, DbMtl]
    public partial class Balance;

    [HardSharing, Moml]
    public partial class Levels;

    [HardSharing, Famo]
    public partial class Fast;

    [Amtfl, Uncertainty]
    public partial class Asymmetric;
#pragma warning restore UAM032
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

/// <summary>Trunks that hand back what is no features.</summary>
[Experiment("untrainable-results", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class WrongResults
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<NullTrunk>(6)]
    public partial class Nothing;

    [Input(8), Trunk<OneRowTrunk>(6)]
    public partial class OneRow;

    [Input(8), Trunk<DisposedTrunk>(6)]
    public partial class Disposed;

    [HardSharing, Network(nameof(Nothing)), Baseline]
    public partial class OnNothing;

    [HardSharing, Network(nameof(OneRow))]
    public partial class OnOneRow;

    [HardSharing, Network(nameof(Disposed))]
    public partial class OnDisposed;
}
