namespace UAmtfl.Tests.Printed;

/// <summary>Regressions with every exact solver that fits them.</summary>
[Experiment("solved", Seeds = 1)]
[Dataset<NoData>]
public static partial class Solved
{
    [Regression]
    public enum Label { First, Second, Third }

    [Input(4)]
    public partial class Raw;

    [MeanPredictor] public partial class Mean;
    [LinearModel] public partial class Ols;
    [Ridge(Strength = 0.3)] public partial class RidgeOf;
    [ElasticNet(Strength = 0.2, Ratio = 0.6)] public partial class Elastic;
    [GoMtl(2, Mu = 0.05, Lambda = 0.02)] public partial class Bases;
    [Amtl(Alpha = 0.2, Gamma = 0.4)] public partial class Asymmetric;
    [Amtl(Alpha = 0.2, Gamma = 0.4, NonNegative = false)] public partial class Signed;
    [LinearModel, L1(0.1), L2(0.2)] public partial class Sparse;
    [LinearModel, GroupLasso(0.2)] public partial class ByFeature;
    [LinearModel, GroupLasso(0.2, By = GroupBy.Task), MeanConstraint(0.2, 3)] public partial class ByTask;
    [LinearModel, TraceNorm(0.2), TaskGraph(0.1, Shape = GraphShape.Chain)] public partial class LowRank;
    [LinearModel, Dirty(0.2, 0.15), L2(0.1)] public partial class TwoParts;
    [LinearModel, SparseLowRank(0.2, 0.15)] public partial class SparseAndLow;
    [LinearModel, RobustTasks(0.2, 0.2)] public partial class Robust;
}

/// <summary>Binary tasks with every exact solver that fits them.</summary>
[Experiment("solved-binary", Seeds = 1)]
[Dataset<NoData>]
public static partial class SolvedBinary
{
    [Binary]
    public enum Label { First, Second, Third }

    [Input(4)]
    public partial class Raw;

    [MeanPredictor] public partial class Mean;
    [Ridge(Strength = 0.3)] public partial class RidgeOf;
    [LinearModel, L1(0.05), L2(0.1)] public partial class Sparse;
}
