using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Pupils of four schools, two of which have nearly the same weights. Each row is of one school.</summary>
public sealed class FourSchools : IPerTaskDataset
{
    public Splits Load(DataRequest request)
    {
        using var generator = new Generator((ulong)(100 + request.Seed));
        return new(Make(80, generator), Make(40, generator), Make(60, generator), SharedTest: false);
    }

    private static Samples Make(int rows, Generator generator)
    {
        using var scope = NewDisposeScope();
        var weights = tensor(new float[,] { { 1, 0, 2, 0, 0, 0 }, { 1, 0, 2.1f, 0, 0, 0 }, { -1, 0, 0, 1, 0, 0 }, { 0, 0, 1, 1, 0, 0 } });
        var inputs = randn(rows, 6, generator: generator);
        var owner = arange(rows) % 4;
        var labels = (inputs * weights.index_select(0, owner)).sum(1) + (randn(rows, generator: generator) * 0.3f) + 3;
        return new(inputs.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope(), owner.MoveToOuterDisposeScope());
    }
}

/// <summary>Every exact solver, and every penalty on the heads of all tasks, for rows of one task each.</summary>
[Experiment("linear-family", Seeds = 1)]
[Dataset<FourSchools>, Metric(TaskMetric.Rmse)]
[Training(Epochs = 200, BatchSize = 80, EvaluateEvery = 200), Adam(0.05)]
public static partial class LinearFamily
{
    [Regression]
    public enum School { A, B, C, D }

    [Input(6)]
    public partial class Raw;

    [Input(6), Linear(3, Bias = false)]
    public partial class Bases;

    [Input(6), Linear(6, Bias = false)]
    public partial class Full;

    [Input(6), Linear(8), ReLU]
    public partial class Net;

    [Reference, MeanPredictor]
    public partial class Mean;

    [Reference, LinearModel]
    public partial class Ols;

    [Baseline, Ridge]
    public partial class Stl;

    [ElasticNet]
    public partial class Elastic;

    [LinearModel, GroupLasso(0.3)]
    public partial class Sparse;

    [LinearModel, TraceNorm(0.1), L2(0.01), MeanConstraint(0.1, 0.5), TaskGraph(0.05)]
    public partial class Smooth;

    [LinearModel, Dirty(0.3, 0.2)]
    public partial class Dirty;

    [GoMtl(2), Grid("Mu", 10, 0.01, Tied = "Lambda")]
    public partial class GoMtl;

    [Amtl]
    public partial class Amtl;

    [HardSharing, L1(0.01, On = Part.Heads), L2(0.02, On = Part.Trunk), Network(nameof(Bases))]
    public partial class GoMtlNet;

    [DeepAmtl(Floor = 0), Network(nameof(Raw))]
    public partial class AmtlNet;

    [DeepAmtl(Floor = 0, OnInputs = true), Network(nameof(Bases))]
    public partial class Naive;

    [DeepAmtl(Floor = 0, OnInputs = true), Network(nameof(Full))]
    public partial class NaiveFull;

    [HardSharing, SampleWeighting, Network(nameof(Net))]
    public partial class Nn;

    [HardSharing, GroupLasso(0.3), Network(nameof(Raw)), Training(Epochs = 300), Sgd(0.05)]
    public partial class SparseNet;

    [HardSharing, TraceNorm(0.5), Network(nameof(Net))]
    public partial class LowRankNet;

    [Amtfl(Ramp = 0.5), SparseLowRank(0.05, 0.05), Network(nameof(Net))]
    public partial class TwoParts;

    [HardSharing, L1(0.2, On = Part.Heads), Network(nameof(Raw))]
    public partial class Proximal;

    [HardSharing, L1(0.2, On = Part.Heads, Subgradient = true), Network(nameof(Raw))]
    public partial class Subgradient;

    [SingleTask, Network(nameof(Net))]
    public partial class Networks;
}
