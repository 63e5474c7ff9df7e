namespace UAmtfl.Tests.Training;

/// <summary>Variants that take every kind of training step with a trunk that changes in place what the backward pass needs.</summary>
[Experiment("untrainable-inplace", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class InPlace
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<InPlaceTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // the test is about one backward pass for each task
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

/// <summary>Variants that take every kind of training step with a trunk that passes no gradient on.</summary>
[Experiment("untrainable-detached", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Detached
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<DetachedTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // the test is about one backward pass for each task
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

/// <summary>Variants that take every kind of training step with a trunk that is given and not trained.</summary>
[Experiment("untrainable-given", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Given
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<GivenTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // the test is about one backward pass for each task
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

/// <summary>Variants that take every kind of training step with a trunk that computes in double precision.</summary>
[Experiment("untrainable-double", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Double
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<DoubleTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // the test is about one backward pass for each task
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

/// <summary>Variants that take every kind of training step with a trunk that disposes of its input.</summary>
[Experiment("untrainable-disposing", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Disposing
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<DisposingTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // the test is about one backward pass for each task
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

/// <summary>Variants that take every kind of training step with a trunk that throws an exception.</summary>
[Experiment("untrainable-throwing", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Throwing
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<ThrowingTrunk>(6)]
    public partial class Net;

#pragma warning disable UAM032   // the test is about one backward pass for each task
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

/// <summary>Variants with trunks that return something that is not one row of features for each sample.</summary>
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
