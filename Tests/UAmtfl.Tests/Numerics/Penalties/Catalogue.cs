using UAmtfl.LinearModels;
using UAmtfl.Penalties;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Penalties;

/// <summary>All penalties by name, with random weights and problems to test them on.</summary>
internal static class Catalogue
{
    /// <summary>Penalties with one component; the last three are smooth.</summary>
    public static TheoryData<string> Single =>
        ["l1", "group-1", "group-2", "group-inf", "tasks-2", "tasks-inf", "trace", "ridge", "mean", "graph"];

    /// <summary>Penalties that are norms, whose dual norm describes them completely.</summary>
    public static TheoryData<string> Norms => ["l1", "group-1", "group-2", "group-inf", "tasks-2", "tasks-inf", "trace"];

    /// <summary>Penalties that do not change if tasks or features change their order.</summary>
    public static TheoryData<string> Symmetric => ["l1", "group-2", "group-inf", "tasks-2", "trace", "mean"];

    /// <summary>Penalties with which a linear model can be fitted.</summary>
    public static TheoryData<string> All =>
    [
        "l1", "group-1", "group-2", "group-inf", "tasks-2", "tasks-inf", "trace", "ridge", "mean", "graph",
        "l1+graph", "l1+ridge", "dirty", "sparse-low-rank", "robust", "robust-features",
    ];

    public static ProximalPenalty Of(string name, double strength, int tasks = 5) => name switch
    {
        "l1" => new L1Penalty(strength),
        "group-1" => new GroupLasso(strength, GroupNorm.One),
        "group-2" => new GroupLasso(strength),
        "group-inf" => new GroupLasso(strength, GroupNorm.Infinity),
        "tasks-2" => new GroupLasso(strength, GroupNorm.Two, GroupBy.Task),
        "tasks-inf" => new GroupLasso(strength, GroupNorm.Infinity, GroupBy.Task),
        "trace" => new TraceNorm(strength),
        "ridge" => new RidgePenalty(strength),
        "mean" => new MeanConstraint(strength, 3),
        "graph" => new GraphSmoothness(strength, TaskGraph.Edges(tasks, [(0, 1, 1), (1, 2, 0.5), (0, 4, 2)])),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such penalty."),
    };

    public static StructuredPenalty Structured(string name, double strength, int tasks = 5) => name switch
    {
        "l1+graph" => new StructuredPenalty([new L1Penalty(strength)], [new GraphSmoothness(0.7, TaskGraph.Mean(tasks))]),
        "l1+ridge" => new StructuredPenalty([new L1Penalty(strength)], [new RidgePenalty(0.2)]),
        "dirty" => new Dirty(2.5 * strength, strength),
        "sparse-low-rank" => new SparseLowRank(2 * strength, strength),
        "robust" => RobustTasks.LowRank(1.5 * strength, 2 * strength),
        "robust-features" => RobustTasks.Features(1.5 * strength, 2 * strength),
        _ => Of(name, strength, tasks),
    };

    /// <summary>Standard normal numbers in double precision.</summary>
    public static Tensor Gaussian(int seed, params long[] shape)
    {
        random.manual_seed(seed);
        return randn(shape, dtype: ScalarType.Float64);
    }

    /// <summary>Five tasks of different sizes with 8 features, of which they share three. The kinds alternate between regression and
    /// binary tasks, whose labels are so noisy that no weights separate them.</summary>
    public static LinearProblem Problem(int seed, bool shared = false, params TaskKind[] kinds)
    {
        random.manual_seed(seed);
        TaskKind[] turns = kinds.Length == 0 ? [TaskKind.Regression] : kinds;
        var common = sample(1, 8) * tensor(new[] { 1.0, 1, 1, 0, 0, 0, 0, 0 });
        var rows = sample(40, 8) + 0.5;
        var tasks = new List<LinearTask>();
        for (var t = 0; t < 5; t++)
        {
            var kind = turns[t % turns.Length];
            var inputs = shared ? rows : sample(25 + (7 * t), 8) + (0.3 * t);
            var outputs = inputs.matmul((common + (0.3 * sample(1, 8))).flatten()) + t + (0.5 * sample(inputs.shape[0]));
            var labels = kind == TaskKind.Binary
                ? (outputs - outputs.mean() > 2 * sample(inputs.shape[0])).to(ScalarType.Float64)
                : outputs;
            tasks.Add(new LinearTask(inputs, labels, kind));
        }

        return new LinearProblem(tasks);

        static Tensor sample(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
    }

    public static double[] Numbers(this Tensor tensor) => tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray();

    public static double Number(this Tensor tensor) => tensor.to(ScalarType.Float64).item<double>();

    public static void Near(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected.to(ScalarType.Float64) - actual.to(ScalarType.Float64)).abs().max().item<double>(), 0, tolerance);
    }
}
