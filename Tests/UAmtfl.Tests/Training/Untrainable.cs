namespace UAmtfl.Tests.Training;

/// <summary>Variants that take every kind of training step with a trunk that has a fault.</summary>
[Experiment("untrainable", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 24), Adam(1e-2)]
public static partial class Untrainable
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Trunk<FaultyTrunk>(6)]
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
