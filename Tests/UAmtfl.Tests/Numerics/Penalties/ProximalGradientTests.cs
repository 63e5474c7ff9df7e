using UAmtfl.LinearModels;
using UAmtfl.Penalties;
using UAmtfl.Tasks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Numerics.Penalties.Catalogue;

namespace UAmtfl.Tests.Numerics.Penalties;

/// <summary>Linear models with structured penalties: optimality, closed forms and limit cases.</summary>
public sealed class ProximalGradientTests
{
    public static TheoryData<string> All => Catalogue.All;

    /// <summary>The certificate of optimality is zero. Its gradients come from differentiating the losses as they are defined, not from
    /// the solver.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void EveryPenaltyReachesItsMinimum(string name)
    {
        foreach (var kinds in new TaskKind[][] { [TaskKind.Regression], [TaskKind.Binary], [TaskKind.Regression, TaskKind.Binary] })
        {
            using var scope = NewDisposeScope();
            var (problem, penalty) = (Problem(11, kinds: kinds), Structured(name, 0.08));
            var fit = ProximalGradient.Fit(problem, penalty);
            Assert.Equal(StopReason.Tolerance, fit.Stop);
            Assert.InRange(fit.Gap, 0, 1e-8);

            var (value, weights, biases) = Differentiated(problem, fit.Model);
            Assert.InRange(penalty.OptimalityGap(fit.Components, weights), 0, 2e-8);
            Assert.InRange(biases.abs().max().Number(), 0, 2e-8);
            Assert.Equal(value + penalty.Value(fit.Components).Number(), fit.Objective, 1e-10);
            Near(fit.Model.Weights, fit.Components.Aggregate((a, b) => a + b), 1e-14);
        }
    }

    /// <summary>No weights near the solution have a lower objective, whatever the certificate says.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void NothingNearbyIsBetter(string name)
    {
        using var scope = NewDisposeScope();
        var (problem, penalty) = (Problem(12, kinds: [TaskKind.Regression, TaskKind.Binary]), Structured(name, 0.15));
        var fit = ProximalGradient.Fit(problem, penalty);
        Assert.Equal(StopReason.Tolerance, fit.Stop);
        for (var seed = 0; seed < 20; seed++)
        {
            Tensor[] moved =
            [
                .. fit.Components.Select(
                    (component, c) => component + (Math.Pow(10, -(seed % 4)) * Gaussian(100 + (40 * c) + seed, 5, 8))),
            ];
            var model = new LinearModel(moved.Aggregate((a, b) => a + b), fit.Model.Biases);
            Assert.True(Differentiated(problem, model).Value + penalty.Value(moved).Number() >= fit.Objective - 1e-12);
        }
    }

    [Theory]
    [InlineData("l1", false)]
    [InlineData("group-2", true)]
    [InlineData("trace", false)]
    [InlineData("dirty", true)]
    public void StrengthZeroIsLeastSquares(string name, bool shared)
    {
        using var scope = NewDisposeScope();
        var problem = Problem(13, shared);
        var fit = ProximalGradient.Fit(problem, Structured(name, 0), new() { Tolerance = 1e-11 });
        Assert.Equal(StopReason.Tolerance, fit.Stop);
        for (var t = 0; t < problem.Count; t++)
        {
            var task = problem.Tasks[t];
            var augmented = cat([task.Inputs, ones(task.Count, 1, dtype: ScalarType.Float64)], 1);
            var expected = linalg.solve(augmented.t().matmul(augmented), augmented.t().matmul(task.Labels));
            Near(expected.narrow(0, 0, 8), fit.Model.Weights[t], 1e-9);
            Near(expected[8], fit.Model.Biases[t], 1e-9);
        }
    }

    /// <summary>Ridge regression without an intercept solves the normal equations (XᵀX/N + λI) w = Xᵀy/N.</summary>
    [Fact]
    public void RidgeIsItsClosedForm()
    {
        using var scope = NewDisposeScope();
        var problem = Problem(14);
        var fit = ProximalGradient.Fit(problem, new RidgePenalty(0.3), new() { Intercept = false, Tolerance = 1e-11 });
        Assert.Equal(new double[5], fit.Model.Biases.Numbers());
        for (var t = 0; t < problem.Count; t++)
        {
            var (x, y, _) = problem.Tasks[t];
            var left = (x.t().matmul(x) / y.shape[0]) + (0.3 * eye(8, dtype: ScalarType.Float64));
            Near(linalg.solve(left, x.t().matmul(y) / y.shape[0]), fit.Model.Weights[t], 1e-10);
        }
    }

    /// <summary>If all tasks have the same rows, the problem splits into two ridge regressions: of the mean labels with strength/T, and
    /// of the deviations from it with λ · strength/T.</summary>
    [Fact]
    public void MeanConstraintSeparatesOnSharedRows()
    {
        using var scope = NewDisposeScope();
        var problem = Problem(15, shared: true);
        var fit = ProximalGradient.Fit(problem, new MeanConstraint(0.5, 4), new() { Intercept = false, Tolerance = 1e-11 });
        var (x, n) = (problem.Tasks[0].Inputs, problem.Tasks[0].Count);
        var labels = stack([.. problem.Tasks.Select(task => task.Labels)], 1);
        var mean = labels.mean([1L], keepdim: true);
        var expected = ridge(0.5 / 5, mean) + ridge(4 * 0.5 / 5, labels - mean);
        Near(expected.t(), fit.Model.Weights, 1e-10);

        Tensor ridge(double strength, Tensor y) =>
            linalg.solve((x.t().matmul(x) / n) + (strength * eye(8, dtype: ScalarType.Float64)), x.t().matmul(y) / n);
    }

    /// <summary>For y = bx, ‖y − bx‖² + λ|b| or + λ/2 · b² with λ = 1.5 has the same solution whether the loss is a sum or a
    /// mean.</summary>
    [Theory]
    [InlineData(LossScale.Mean, 1.0 / 3)]
    [InlineData(LossScale.Sum, 0.5)]
    public void LassoAndRidgeOfOneNumber(LossScale scale, double factor)
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem([new LinearTask(tensor(new[,] { { 1.0 }, { 2 }, { -1 } }), tensor(new[] { 2, 3, 0.5 }))]);
        var options = new ProximalOptions { Intercept = false, Scale = scale, Tolerance = 1e-12 };
        Assert.Equal(1.125, ProximalGradient.Fit(problem, new L1Penalty(1.5 * factor), options).Model.Weights.Number(), 1e-12);
        Assert.Equal(
            1.111111111111, ProximalGradient.Fit(problem, new RidgePenalty(0.75 * factor), options).Model.Weights.Number(), 1e-12);
        Assert.Equal(0, ProximalGradient.Fit(problem, new L1Penalty(15.1 * factor), options).Model.Weights.Number());
    }

    /// <summary>The elastic net 1/(2N) · ‖y − bx‖² + λ(r|b| + (1 − r)/2 · b²) with λ = .6 and r = .5 is half of the mean squared loss
    /// with an ℓ₁ penalty of .6 and a ridge of .3.</summary>
    [Fact]
    public void ElasticNetOfOneNumber()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem([new LinearTask(tensor(new[,] { { 1.0 }, { 2 }, { -1 } }), tensor(new[] { 2, 3, 0.5 }))]);
        var penalty = new StructuredPenalty([new L1Penalty(0.6)], [new RidgePenalty(0.3)]);
        var fit = ProximalGradient.Fit(problem, penalty, new() { Intercept = false, Tolerance = 1e-12 });
        Assert.Equal(0.956521739130, fit.Model.Weights.Number(), 1e-11);
    }

    [Theory]
    [InlineData("l1")]
    [InlineData("group-2")]
    [InlineData("group-inf")]
    [InlineData("trace")]
    public void PastTheCriticalStrengthAllWeightsAreZero(string name)
    {
        using var scope = NewDisposeScope();
        var problem = Problem(16);
        var zero = new LinearModel(zeros(5, 8, dtype: ScalarType.Float64), stack([.. problem.Tasks.Select(task => task.Labels.mean())]));
        var gradient = Differentiated(problem, zero).Weights;
        var critical = (name switch
        {
            "l1" => gradient.abs().max(),
            "group-2" => gradient.square().sum(dim: 0).sqrt().max(),
            "group-inf" => gradient.abs().sum(dim: 0).max(),
            _ => linalg.svdvals(gradient).max(),
        }).Number();
        var fit = ProximalGradient.Fit(problem, Of(name, 1.001 * critical));
        Assert.Equal(0, fit.Model.Weights.abs().max().Number());
        Near(zero.Biases, fit.Model.Biases, 1e-13);
        Assert.InRange(ProximalGradient.Fit(problem, Of(name, 0.99 * critical)).Model.Weights.abs().max().Number(), 1e-4, 10);
    }

    [Fact]
    public void SelectionIsOfFeaturesOrRank()
    {
        using var scope = NewDisposeScope();
        var problem = Problem(17);
        var features = ProximalGradient.Fit(problem, new GroupLasso(2)).Model.Weights;
        var used = (features != 0).all(0).Numbers();
        Assert.Equal(used, (features != 0).any(0).Numbers());
        Assert.InRange(used.Sum(), 1, 7);

        var rank = linalg.svdvals(ProximalGradient.Fit(problem, new TraceNorm(1.5)).Model.Weights).Numbers().Count(s => s > 1e-9);
        Assert.InRange(rank, 1, 3);
    }

    /// <summary>Four tasks use features 0 to 2 and one uses 5 to 7, all with weights of 1. Let s be the price of a shared feature and q
    /// that of an outlier. The last task costs 3s as part of P and √3 q as an outlier; another task would cost √3 q as an outlier and
    /// save 3 (2 − √3) s.</summary>
    [Theory]
    [InlineData(1.2, 1)]
    [InlineData(2, 0)]
    public void OnlyTheTaskOnOtherFeaturesIsAnOutlier(double outliers, double last)
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem([.. Enumerable.Range(0, 5).Select(t =>
        {
            var inputs = Gaussian(30 + t, 200, 8);
            return new LinearTask(inputs, inputs.narrow(1, t < 4 ? 0 : 5, 3).sum(dim: 1) + (0.1 * Gaussian(40 + t, 200)));
        })]);
        var robust = ProximalGradient.Fit(problem, RobustTasks.Features(0.2, 0.2 * outliers));
        Assert.Equal([0, 0, 0, 0, last], (robust.Components[1] != 0).any(1).Numbers());
    }

    /// <summary>If the penalty of one component is very strong, that component is zero and the fit is that with the other penalty
    /// alone.</summary>
    [Fact]
    public void ComponentsCollapse()
    {
        using var scope = NewDisposeScope();
        var problem = Problem(18);
        var tight = new ProximalOptions { Tolerance = 1e-10 };
        Collapse(new Dirty(1e3, 0.1), new L1Penalty(0.1), zero: 0);
        Collapse(new Dirty(0.3, 1e3), new GroupLasso(0.3, GroupNorm.Infinity), zero: 1);
        Collapse(new SparseLowRank(1e3, 0.1), new L1Penalty(0.1), zero: 0);
        Collapse(new SparseLowRank(0.4, 1e3), new TraceNorm(0.4), zero: 1);
        Collapse(RobustTasks.LowRank(0.4, 1e3), new TraceNorm(0.4), zero: 1);
        Collapse(RobustTasks.Features(1e3, 0.3), new GroupLasso(0.3, GroupNorm.Two, GroupBy.Task), zero: 0);
        Collapse(Graph(0, 0.1), new L1Penalty(0.1), zero: null);
        Collapse(Graph(0.4, 0), new GraphSmoothness(0.4, TaskGraph.Mean(5)), zero: null);

        static StructuredPenalty Graph(double smoothness, double sparsity) =>
            new([new L1Penalty(sparsity)], [new GraphSmoothness(smoothness, TaskGraph.Mean(5))]);

        void Collapse(StructuredPenalty both, ProximalPenalty one, int? zero)
        {
            var (fit, expected) = (ProximalGradient.Fit(problem, both, tight), ProximalGradient.Fit(problem, one, tight));
            Near(expected.Model.Weights, fit.Model.Weights, 1e-8);
            Near(expected.Model.Biases, fit.Model.Biases, 1e-8);
            Assert.Equal(expected.Objective, fit.Objective, 1e-9);
            if (zero is { } c)
            {
                Assert.Equal(0, fit.Components[c].abs().max().Number());
            }
        }
    }

    /// <summary>The shared part of a dirty model is zero if the price of the own part is below shared/T, and the own part is zero if its
    /// price is above that of the shared part.</summary>
    [Fact]
    public void DirtyModelsAreMixedOnlyInBetween()
    {
        using var scope = NewDisposeScope();
        var problem = Problem(19);
        Assert.Equal(0, ProximalGradient.Fit(problem, new Dirty(0.51, 0.1)).Components[0].abs().max().Number());
        Assert.Equal(0, ProximalGradient.Fit(problem, new Dirty(0.5, 0.51)).Components[1].abs().max().Number());
        var mixed = ProximalGradient.Fit(problem, new Dirty(0.5, 0.2)).Components;
        Assert.All(mixed, component => Assert.InRange(component.abs().max().Number(), 0.01, 10));
    }

    /// <summary>A very strong graph penalty makes the weights of all tasks equal.</summary>
    [Fact]
    public void AStrongGraphMakesTasksEqual()
    {
        using var scope = NewDisposeScope();
        var problem = Problem(20);
        var weights = ProximalGradient.Fit(problem, new GraphSmoothness(1e6, TaskGraph.Chain(5))).Model.Weights;
        Assert.InRange((weights - weights.mean([0L], keepdim: true)).abs().max().Number(), 0, 1e-5);
        Assert.InRange(weights.abs().max().Number(), 0.3, 3);
    }

    [Theory]
    [InlineData("group-2")]
    [InlineData("dirty")]
    [InlineData("robust")]
    public void OrderOfTasksDoesNotMatter(string name)
    {
        using var scope = NewDisposeScope();
        var problem = Problem(21, kinds: [TaskKind.Regression, TaskKind.Binary]);
        int[] order = [3, 0, 4, 1, 2];
        var options = new ProximalOptions { Tolerance = 1e-10 };
        var permuted = new LinearProblem([.. order.Select(t => problem.Tasks[t])]);
        var fit = ProximalGradient.Fit(problem, Structured(name, 0.1), options);
        var turned = ProximalGradient.Fit(permuted, Structured(name, 0.1), options);
        var index = tensor(order.Select(t => (long)t).ToArray());
        Near(fit.Model.Weights.index_select(0, index), turned.Model.Weights, 1e-7);
        Near(fit.Model.Biases.index_select(0, index), turned.Model.Biases, 1e-7);
    }

    private static (double Value, Tensor Weights, Tensor Biases) Differentiated(LinearProblem problem, LinearModel model)
    {
        var (weights, biases) = (model.Weights.detach().clone().requires_grad_(true), model.Biases.detach().clone().requires_grad_(true));
        var loss = problem.Tasks.Select((task, t) =>
        {
            var outputs = task.Inputs.matmul(weights[t]) + biases[t];
            return task.Kind == TaskKind.Regression
                ? (outputs - task.Labels).square().mean()
                : nn.functional.binary_cross_entropy_with_logits(outputs, task.Labels);
        }).Aggregate((a, b) => a + b);
        var gradients = autograd.grad([loss], [weights, biases]);
        return (loss.Number(), gradients[0], gradients[1]);
    }
}
