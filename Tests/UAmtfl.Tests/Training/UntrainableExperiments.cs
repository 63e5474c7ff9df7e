namespace UAmtfl.Tests.Training;

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
