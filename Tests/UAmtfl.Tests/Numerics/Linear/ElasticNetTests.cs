using UAmtfl.LinearModels;
using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Linear;

public sealed class ElasticNetTests
{
    [Fact]
    public void ReferenceValues()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.Problem(Synthetic.Mirrored([1, 2, -1], [2, 3, 0.5]));
        Assert.Equal(0.956521739130, Synthetic.Numbers(ElasticNet.Fit(problem, 0.6, 0.5).Weights)[0], 1e-11);
        // The lasso min ‖y − bx‖² + 1.5 |b| has λ = 1.5 / (2N) in units of the mean loss.
        Assert.Equal(1.125, Synthetic.Numbers(ElasticNet.Fit(problem, 0.25, 1).Weights)[0], 1e-12);
    }

    [Fact]
    public void OrthonormalInputsAreSoftThresholded()
    {
        using var scope = NewDisposeScope();
        // The inputs are columns of a Hadamard matrix, which have mean 0 and XᵀX/N = I.
        var task = Synthetic.Task(new double[,] { { 1, 1, 1 }, { 1, -1, -1 }, { -1, 1, -1 }, { -1, -1, 1 } }, [4, 1, -2, 2]);
        double[] z = [1.25, -0.25, 1.75];
        var (lambda, ratio) = (0.8, 0.5);
        var expected = z.Select(v => Math.Sign(v) * Math.Max(Math.Abs(v) - (lambda * ratio), 0) / (1 + (lambda * (1 - ratio)))).ToArray();
        var model = ElasticNet.Fit(Synthetic.Problem(task), lambda, ratio);
        Synthetic.Close(expected, Synthetic.Numbers(model.Weights), 1e-12);
        Assert.Equal(0, Synthetic.Numbers(model.Weights)[1]);
        Assert.Equal(1.25, Synthetic.Numbers(model.Biases)[0], 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    public void TheLargestStrengthGivesExactlyZero(double ratio)
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(40, 12, 4, 0.2, 20);
        var largest = ElasticNet.LambdaMax(problem, ratio);
        double[] ratios = [.. largest.Select(_ => ratio)];
        Assert.All(
            Synthetic.Numbers(ElasticNet.Fit(problem, [.. largest.Select(l => l * (1 + 1e-9))], ratios).Weights), w => Assert.Equal(0, w));
        var below = ElasticNet.Fit(problem, [.. largest.Select(l => l * 0.999)], ratios);
        for (var t = 0; t < problem.Count; t++)
        {
            Assert.Single(Synthetic.Row(below.Weights, t), w => w != 0);
            var (x, y) = Synthetic.Centred(problem.Tasks[t]);
            Assert.Equal(x.t().matmul(y).abs().max().item<double>() / problem.Tasks[t].Count / ratio, largest[t], 1e-12);
        }
    }

    [Theory]
    [InlineData(60, 10, 0.05, 0.5)]
    [InlineData(60, 10, 0.001, 1)]
    [InlineData(30, 80, 0.05, 0.9)]      // more inputs than rows
    [InlineData(30, 80, 0.002, 0.5)]
    [InlineData(30, 80, 0.01, 1)]
    public void OptimalityIsCertified(int rows, int dimension, double lambda, double ratio)
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(rows, dimension, 4, 0.15, 21);
        var model = ElasticNet.Fit(problem, lambda, ratio);
        Assert.All(KktResidual(problem, model, lambda, ratio), r => Assert.True(r < 1e-8, $"{r}"));
        Assert.Contains(Synthetic.Numbers(model.Weights), w => w != 0);
    }

    [Fact]
    public void TheCertificateSeesAWrongModel()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(30, 6, 2, 0, 22);
        var model = ElasticNet.Fit(problem, 0.05, 0.5);
        Assert.All(KktResidual(problem, model with { Weights = model.Weights * 1.01 }, 0.05, 0.5), r => Assert.True(r > 1e-4));
        Assert.All(KktResidual(problem, model with { Biases = model.Biases + 0.1 }, 0.05, 0.5), r => Assert.True(r > 0.09));
    }

    [Fact]
    public void AlmostWithoutL1ItIsRidge()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(40, 8, 3, 0.1, 23);
        Synthetic.Close(Ridge.Fit(problem, 0.3), ElasticNet.Fit(problem, 0.3, 1e-11), 1e-9);
    }

    [Fact]
    public void WithoutStrengthItIsLeastSquares()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(50, 6, 3, 0.1, 24);
        Synthetic.Close(LeastSquares.Fit(problem), ElasticNet.Fit(problem, 1e-10, 0.5), 1e-7);
    }

    [Fact]
    public void ScalingLabelsAndStrengthScalesTheLasso()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(40, 15, 3, 0.1, 25);
        var scaled = new LinearProblem([.. problem.Tasks.Select(t => t with { Labels = t.Labels * 1000.0 })]);
        var (model, large) = (ElasticNet.Fit(problem, 0.05, 1), ElasticNet.Fit(scaled, 50, 1));
        Synthetic.Close(new(model.Weights * 1000.0, model.Biases * 1000.0), large, 1e-5);
    }

    [Fact]
    public void SharingRowsAndTheOrderOfTasksDoNotChangeTheFit()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(30, 20, 4, 0.3, 26);
        var model = ElasticNet.Fit(problem, 0.05, 0.5);
        Synthetic.Close(model, ElasticNet.Fit(Synthetic.Apart(problem), 0.05, 0.5), 1e-8);
        var reversed = ElasticNet.Fit(Synthetic.Permuted(problem, [3, 2, 1, 0]), 0.05, 0.5);
        Synthetic.Close(new(model.Weights.flip(0), model.Biases.flip(0)), reversed, 1e-12);
    }

    [Fact]
    public void ConstantLabelsAndInputsHaveNoWeights()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.Problem(
            Synthetic.Task(new[,] { { 1, 0.1 }, { 2, 0.1 }, { 4, 0.1 } }, [0.7, 0.7, 0.7]),
            Synthetic.Task(new[,] { { 1, 0.1 }, { 2, 0.1 }, { 4, 0.1 } }, [1, 2, 4]));
        var model = ElasticNet.Fit(problem, 1e-9, 0.5);
        Synthetic.Close([0, 0, 1, 0], Synthetic.Numbers(model.Weights), 1e-8);
        Assert.Equal(0.7, Synthetic.Numbers(model.Biases)[0], 1e-12);
    }

    [Fact]
    public void NumbersOutOfRangeAreRefused()
    {
        using var scope = NewDisposeScope();
        var task = Synthetic.Task(new double[,] { { 1 }, { 2 } }, [1, 0]);
        Assert.Equal(
            "The elastic net: ratio = 1.5 is out of range: give a number above 0 and at most 1.",
            Assert.Throws<UAmtflException>(() => ElasticNet.Fit(Synthetic.Problem(task), 1, 1.5)).Message);
        Assert.Throws<UAmtflException>(() => ElasticNet.Fit(Synthetic.Problem(task), 1, 0));
        Assert.Throws<UAmtflException>(() => ElasticNet.Fit(Synthetic.Problem(task), -1, 0.5));
        Assert.Throws<UAmtflException>(() => ElasticNet.Fit(Synthetic.Problem(task with { Kind = TaskKind.Binary }), 1, 0.5));
    }

    /// <summary>The largest distance of 0 from the subdifferential of each task [T], over all inputs and the intercept. It is computed
    /// from the data, not from what the solver kept.</summary>
    private static IReadOnlyList<double> KktResidual(LinearProblem problem, LinearModel model, double lambda, double ratio)
    {
        var (dimension, all, biases) = ((int)problem.Dimension, model.Weights.ToArray(), model.Biases.ToArray());
        return [.. problem.Tasks.Select((task, t) =>
        {
            var (inputs, labels) = (task.Inputs.ToArray(), task.Labels.ToArray());
            var weights = all.AsSpan(t * dimension, dimension);
            var slopes = new double[dimension];
            var sum = 0.0;
            for (var n = 0; n < labels.Length; n++)
            {
                var row = inputs.AsSpan(n * dimension, dimension);
                var residual = labels[n] - biases[t] - Vectors.Dot(row, weights);
                sum += residual;
                Vectors.AddScaled(slopes, residual / labels.Length, row);
            }

            var worst = Math.Abs(sum / labels.Length);
            for (var j = 0; j < dimension; j++)
            {
                var slope = slopes[j] - (lambda * (1 - ratio) * weights[j]);
                worst = Math.Max(worst, CoordinateDescent.Violation(slope, weights[j], lambda * ratio, nonNegative: false));
            }

            return worst;
        })];
    }
}
