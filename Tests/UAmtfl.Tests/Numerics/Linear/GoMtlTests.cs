using UAmtfl.LinearModels;
using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Linear;

public sealed class GoMtlTests
{
    private static readonly int[] Rows = [20, 35, 25, 40, 30];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0.01)]
    [InlineData(0.5, 0.5)]
    public void TheObjectiveNeverRises(double mu, double lambda)
    {
        using var scope = NewDisposeScope();
        var fit = GoMtl.Fit(Synthetic.OwnRows(Rows, 6, 3, 0.5, 70), 3, mu, lambda);
        Assert.True(fit.Objective.Count > 1);
        Assert.All(fit.Objective.Zip(fit.Objective.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1e-10));
    }

    [Fact]
    public void TheReportedObjectiveIsThatOfTheModel()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 6, 3, 0.5, 71);
        var fit = GoMtl.Fit(problem, 3, 0.1, 0.2);
        var penalty = (0.1 * fit.Coefficients.abs().sum().item<double>()) + (0.2 * fit.Basis.square().sum().item<double>());
        Assert.Equal(Synthetic.Errors(problem, fit.Model).Sum() + penalty, fit.Objective[^1], 1e-9);
        Synthetic.Close(Synthetic.Numbers(fit.Basis.matmul(fit.Coefficients).t()), Synthetic.Numbers(fit.Model.Weights), 1e-12);
        // Another basis of the same space gives the same weights.
        var turn = tensor(new[,] { { 2.0, 1, 0 }, { 0, 1, 0.5 }, { 0, 0, 3 } });
        Synthetic.Close(
            Synthetic.Numbers(fit.Basis.matmul(turn).matmul(linalg.inv(turn).matmul(fit.Coefficients)).t()),
            Synthetic.Numbers(fit.Model.Weights),
            1e-10);
    }

    [Theory]
    [InlineData(0.3)]     // solved by a factorisation
    [InlineData(0)]       // solved by conjugate gradients
    public void GivenTheCoefficientsTheBasisSolvesItsEquation(double lambda)
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 6, 3, 0.5, 72);
        var data = TaskCovariances.Of(problem);
        var coefficients = Synthetic.Numbers(Synthetic.Inputs(5, 3, 74));
        var cross = Vectors.Product(coefficients, data.Tasks, data.Cross, data.Dimension, transposeA: true);
        var basis = GoMtl.SystemSolver(data, coefficients, 3, lambda)(cross);
        var (left, right) = (Equation(problem, basis, coefficients, lambda));
        Synthetic.Close(Synthetic.Numbers(right), Synthetic.Numbers(left), 1e-8);
    }

    [Fact]
    public void GivenTheBasisEachTaskIsALasso()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 6, 3, 0.5, 75);
        var (basis, coefficients) = (Synthetic.Inputs(3, 6, 76), new double[15]);
        GoMtl.SolveCoefficients(TaskCovariances.Of(problem), Synthetic.Numbers(basis), coefficients, 0.8);
        // 1/N ‖y − Zs‖² + μ‖s‖₁ is twice the elastic net's objective for λ = μ/2 and r = 1, with the inputs Z = XL.
        var lassos = new LinearProblem([.. problem.Tasks.Select(t => t with { Inputs = t.Inputs.matmul(basis.t()) })]);
        Synthetic.Close(Synthetic.Numbers(ElasticNet.Fit(lassos, 0.4, 1).Weights), coefficients, 1e-8);
        Assert.Contains(0.0, coefficients);
    }

    [Fact]
    public void WithAsManyBasesAsTasksAndNoPenaltyItIsLeastSquares()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 6, 3, 0.5, 77);
        Synthetic.Close(LeastSquares.Fit(problem), GoMtl.Fit(problem, 5, 0, 0).Model, 1e-6);
        Synthetic.Close(LeastSquares.Fit(problem), GoMtl.Fit(problem, 7, 0, 0, seed: 3).Model, 1e-6);
    }

    [Fact]
    public void SharedBasesBeatSeparateFitsOfFewRows()
    {
        using var scope = NewDisposeScope();
        var few = Synthetic.OwnRows([.. Enumerable.Repeat(12, 20)], 10, 2, 1, 78);
        var many = Synthetic.OwnRows([.. Enumerable.Repeat(200, 20)], 10, 2, 1, 78);
        var shared = Synthetic.Errors(many, GoMtl.Fit(few, 2, 0.01, 0.01).Model).Average();
        Assert.True(shared < 0.5 * Synthetic.Errors(many, LeastSquares.Fit(few)).Average());
    }

    [Fact]
    public void TasksMayComeInAnyOrder()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 6, 3, 0.5, 79);
        var (fit, reversed) = (GoMtl.Fit(problem, 3, 0.05, 0.05), GoMtl.Fit(Synthetic.Permuted(problem, [4, 3, 2, 1, 0]), 3, 0.05, 0.05));
        Synthetic.Close(new(fit.Model.Weights.flip(0), fit.Model.Biases.flip(0)), reversed.Model, 1e-7);
    }

    [Fact]
    public void ManyInputsAreFittedThroughTheRows()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(40, 300, 4, 0.2, 80);
        Assert.IsType<PooledCovariances>(TaskCovariances.Of(problem));
        var fit = GoMtl.Fit(problem, 2, 0.1, 0.1, tolerance: 1e-9);
        Assert.True(fit.Certificate.Converged, fit.Certificate.Problem);
        Assert.All(fit.Objective.Zip(fit.Objective.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1e-10));
        var (left, right) = Equation(problem, Synthetic.Numbers(fit.Basis.t()), Synthetic.Numbers(fit.Coefficients.t()), 0.1);
        Synthetic.Close(Synthetic.Numbers(right), Synthetic.Numbers(left), 1e-7);
    }

    [Fact]
    public void BothWaysToMultiplyAgree()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(30, 7, 4, 0.3, 81);
        var (dense, pooled) = (new DenseCovariances(problem), new PooledCovariances(problem));
        var (weights, basis) = (Synthetic.Numbers(Synthetic.Inputs(4, 7, 82)), Synthetic.Numbers(Synthetic.Inputs(2, 7, 83)));
        Synthetic.Close(dense.Apply(weights), pooled.Apply(weights), 1e-11);
        Synthetic.Close(dense.Losses(weights), pooled.Losses(weights), 1e-10);
        Synthetic.Close(dense.Biases(weights), pooled.Biases(weights), 1e-11);
        Synthetic.Close([.. dense.Project(basis).SelectMany(p => p)], [.. pooled.Project(basis).SelectMany(p => p)], 1e-11);
    }

    [Fact]
    public void OtherTasksAndNumbersAreRefused()
    {
        using var scope = NewDisposeScope();
        var task = Synthetic.Task(new double[,] { { 1 }, { 2 } }, [1, 0]);
        Assert.Contains(
            "task 0 (counted from 0) is a binary task",
            Assert.Throws<UAmtflException>(() => GoMtl.Fit(Synthetic.Problem(task with { Kind = TaskKind.Binary }), 1, 0, 0)).Message,
            StringComparison.Ordinal);
        Assert.Throws<UAmtflException>(() => GoMtl.Fit(Synthetic.Problem(task), 0, 0, 0));
        Assert.Throws<UAmtflException>(() => GoMtl.Fit(Synthetic.Problem(task), 1, -1, 0));
        Assert.Throws<UAmtflException>(() => GoMtl.Fit(Synthetic.Problem(task), 1, 0, double.PositiveInfinity));
    }

    /// <summary>Both sides of the equation of the basis: Σ_t 2 C_t L s_t s_tᵀ + 2λL and Σ_t 2 q_t s_tᵀ, each [d, k].</summary>
    private static (Tensor Left, Tensor Right) Equation(LinearProblem problem, double[] basis, double[] coefficients, double lambda)
    {
        var d = problem.Dimension;
        var (l, s) = (tensor(basis, basis.Length / d, d).t(), tensor(coefficients, problem.Count, coefficients.Length / problem.Count));
        var (left, right) = (2 * lambda * l, zeros_like(l));
        for (var t = 0; t < problem.Count; t++)
        {
            var (x, y) = Synthetic.Centred(problem.Tasks[t]);
            var row = s[t].unsqueeze(0);
            left += 2.0 / problem.Tasks[t].Count * x.t().matmul(x.matmul(l.matmul(row.t()))).matmul(row);
            right += 2.0 / problem.Tasks[t].Count * x.t().matmul(y.unsqueeze(1)).matmul(row);
        }

        return (left, right);
    }
}
