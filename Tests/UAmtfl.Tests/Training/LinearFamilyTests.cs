using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.LinearModels;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using UAmtfl.Tests.Numerics;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Exact solvers and penalties on the heads of all tasks as variants, and the networks that equal them.</summary>
public sealed class LinearFamilyTests
{
    private static readonly IReadOnlyList<TaskKind> Kinds = [.. Enumerable.Repeat(TaskKind.Regression, 4)];

    public static TheoryData<string> Variants => [.. LinearFamily.Descriptor.Variants.Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryVariantBeatsTheMean(string name)
    {
        var result = Run(name);
        Assert.All(result.TaskErrors.Concat(result.TaskLosses).Append(result.ValidationError), e => Assert.True(double.IsFinite(e)));
        Assert.Equal([20, 20, 20, 20], result.TrainCounts);
        Assert.True(name == "Mean" || result.OverallError < 0.9 * Run("Mean").OverallError, $"{name}: {result.OverallError}");
    }

    [Fact]
    public void AFittedVariantIsItsSolver()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels, problem) = Problem();
        foreach (var (name, model) in new[] { ("Ols", LeastSquares.Fit(problem)), ("Amtl", Amtl.Fit(problem, 0.1, 0.01).Model) })
        {
            using var fitted = Fitted(name, inputs, labels);
            Assert.True((fitted.Predict(inputs) - model.Predict(inputs)).abs().max().item<double>() < 1e-12, name);
        }

        using var sparse = Bind("Sparse");
        var fit = sparse.Fit((inputs, labels), LinearFamily.Descriptor.Tasks, 1);
        Assert.Equal([true, false, true, true, false, false], fit.Model.Weights.abs().sum(dim: 0).ne(0).data<bool>().ToArray());
    }

    [Fact]
    public void AGridSearchKeepsItsBestPoint()
    {
        var variant = LinearFamily.Descriptor.Variants.Single(v => v.Name == "GoMtl");
        var points = GridSearch.Points(variant.Grid);
        Assert.Equal([10, 0.01], points.Select(p => p["Mu"]));
        Assert.All(points, p => Assert.Equal(p["Mu"], p["Lambda"]));
    }

    /// <summary>Eq. 3: at the solution of the exact solver, the network [HardSharing, L1] on [Linear(k)] has the same
    /// objective.</summary>
    [Fact]
    public void GoMtlIsANetwork()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels, problem) = Problem();
        var fit = GoMtl.Fit(problem, 3, 0.01, 0.01);
        using var network = LinearFamily.GoMtlNet.Build(new(), labels.Counts(4)).Fill(
            ("Trunk.Linear1.weight", fit.Basis.t()), ("HeadWeight", fit.Coefficients.t()), ("HeadBias", fit.Model.Biases));
        var data = network.Value(inputs, labels, out _).item<double>();
        var penalties = (0.01 * fit.Coefficients.abs().sum().item<double>()) + (0.01 * fit.Basis.square().sum().item<double>());
        Assert.Equal(fit.Objective[^1], data + penalties, 1e-10);
    }

    /// <summary>Eq. 4: at the solution of the exact solver, [DeepAmtl] on the inputs has the same objective, and its gradient is near
    /// zero.</summary>
    [Fact]
    public void AmtlIsANetwork()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels, problem) = Problem();
        var fit = Amtl.Fit(problem, 0.1, 0.01);
        using var network = LinearFamily.AmtlNet
            .Build(new(), labels.Counts(4))
            .Fill(("HeadWeight", fit.Model.Weights), ("HeadBias", fit.Model.Biases), ("Transfer", fit.Transfer));
        var objective = network.Value(inputs, labels, out _);
        Assert.Equal(fit.Objective[^1], objective.item<double>(), 1e-10);
        objective.backward();
        Assert.True(network.Network.HeadWeight.grad!.abs().max().item<double>() < 1e-3);
    }

    /// <summary>Eq. 5, the naive combination, is eq. 3 plus γ‖LS‖² if B = 0, and eq. 4 if L = I.</summary>
    [Fact]
    public void TheNaiveCombinationHasBothAsLimits()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels, _) = Problem();
        random.manual_seed(8);
        var (basis, coefficients) = (randn(3, 6, dtype: float64), randn(4, 3, dtype: float64));
        using var naive = LinearFamily.Naive
            .Build(new(), labels.Counts(4))
            .Fill(("Trunk.Linear1.weight", basis), ("HeadWeight", coefficients));
        using var plain = LinearFamily.GoMtlNet
            .Build(new(), labels.Counts(4))
            .Fill(("Trunk.Linear1.weight", basis), ("HeadWeight", coefficients));
        var norm = coefficients.matmul(basis).square().sum().item<double>();
        Assert.Equal(
            plain.Value(inputs, labels, out _).item<double>() + (0.01 * norm), naive.Value(inputs, labels, out _).item<double>(), 1e-11);

        var (weights, transfer) = (randn(4, 6, dtype: float64), rand(4, 4, dtype: float64));
        using var full = LinearFamily.NaiveFull
            .Build(new(), labels.Counts(4))
            .Fill(("Trunk.Linear1.weight", eye(6, dtype: float64)), ("HeadWeight", weights), ("Transfer", transfer));
        using var amtl = LinearFamily.AmtlNet.Build(new(), labels.Counts(4)).Fill(("HeadWeight", weights), ("Transfer", transfer));
        Assert.Equal(amtl.Value(inputs, labels, out _).item<double>(), full.Value(inputs, labels, out _).item<double>(), 1e-11);
    }

    /// <summary>SGD with a proximal step converges to the solution of the exact solver.</summary>
    [Fact]
    public void TheProximalStepOfANetworkIsTheSolversPenalty()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels, _) = Problem();
        using var exact = Fitted("Sparse", inputs, labels);
        using var network = LinearFamily.SparseNet.Build(new(), labels.Counts(4));
        using var optimizer = Trainer
            .CreateOptimizer(LinearFamily.Descriptor.Variants.Single(v => v.Name == "SparseNet").Plan, network);
        for (var step = 0; step < 3000; step++)
        {
            using var inner = NewDisposeScope();
            optimizer.ZeroGradients();
            network.Value(inputs, labels, out _).backward();
            optimizer.Step(0.05);
            using var frozen = no_grad();
            network.Project(0.05, 0.05);
        }

        Assert.True((exact.Predict(inputs) - network.Network.Predict(inputs)).abs().max().item<double>() < 1e-6);
        Assert.Equal(
            [true, false, true, true, false, false], network.Network.HeadWeight.detach().abs().sum(dim: 0).ne(0).data<bool>().ToArray());
    }

    [Fact]
    public void ProximalStepsGiveExactZerosAndSubgradientsDoNot()
    {
        Assert.Contains(0f, Weights("Proximal").data<float>().ToArray());
        Assert.DoesNotContain(0f, Weights("Subgradient").data<float>().ToArray());
        using var heads = Weights("LowRankNet");
        Assert.True(linalg.svdvals(heads)[3].item<float>() < 1e-5f);
    }

    [Fact]
    public void TheRampGrowsFromNothing()
    {
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1, 1, 1], Enumerable.Range(0, 8).Select(e => UAmtfl.Sharing.Transfer.Ramp(e, 8, 0.5)));
        Assert.Equal(1, UAmtfl.Sharing.Transfer.Ramp(0, 8, 0));
        using var scope = NewDisposeScope();
        var (inputs, labels, _) = Problem();
        using var variant = LinearFamily.TwoParts.Build(new(), labels.Counts(4));
        variant.EpochStarted(0, 40);
        var without = variant.Value(inputs, labels, out var losses).item<double>();
        Assert.Equal(losses.sum().item<double>(), without, 1e-12);
        variant.EpochStarted(39, 40);
        Assert.True(variant.Value(inputs, labels, out _).item<double>() > without);
    }

    /// <summary>With sample weighting each label counts the same; without it each task does.</summary>
    [Fact]
    public void SampleWeightingIsTheSumOverSamples()
    {
        using var scope = NewDisposeScope();
        var inputs = randn(5, 6, dtype: float64);
        var labels = new Labels(randn(5, dtype: float64), null, tensor(new long[] { 0, 0, 0, 1, 2 }));
        using var variant = LinearFamily.Nn.Build(new(), tensor(new double[] { 3, 1, 1, 1e-9 }));
        var squares = (variant.Network.Forward(inputs).Values.gather(1, labels.Owner!.unsqueeze(1)).squeeze(1) - labels.Values).square();
        Assert.Equal(squares.sum().item<double>() * 4 / 5, variant.Value(inputs, labels, out _).item<double>(), 1e-6);
    }

    private static CellResult Run(string name)
    {
        var variant = LinearFamily.Descriptor.Variants.Single(v => v.Name == name);
        return TestCell.Run(
            LinearFamily.Descriptor, variant, variant.Bind(TestSettings.Empty), variant.Plan, new(null, 1), _ => { }, default);
    }

    private static FittedVariant Bind(string name) =>
        ((BoundSolver)LinearFamily.Descriptor.Variants.Single(v => v.Name == name).Bind(TestSettings.Empty)).Create();

    private static FittedVariant Fitted(string name, Tensor inputs, Labels labels)
    {
        var fitted = Bind(name);
        fitted.Fit((inputs, labels), LinearFamily.Descriptor.Tasks, 1);
        return fitted;
    }

    private static (Tensor Inputs, Labels Labels, LinearProblem Problem) Problem()
    {
        var samples = new FourSchools().Load(new(null, 1)).Train;
        var (inputs, labels) = (samples.Inputs.to(float64), new Labels(samples.Labels.to(float64), null, samples.Owner));
        return (inputs, labels, LinearProblem.From(inputs, labels.Values, labels.Owner!, Kinds));
    }

    private static Tensor Weights(string name)
    {
        using var scope = NewDisposeScope();
        var descriptor = LinearFamily.Descriptor.Variants.Single(v => v.Name == name);
        var samples = new FourSchools().Load(new(null, 1)).Train;
        var labels = new Labels(samples.Labels, null, samples.Owner);
        RandomStreams.Start(1, "initialisation");
        using var variant = ((BoundNetwork)descriptor.Bind(TestSettings.Empty)).Create(labels.Counts(4));
        using var optimizer = Trainer.CreateOptimizer(descriptor.Plan, variant);
        new Trainer(variant, descriptor.Plan, LinearFamily.Descriptor.Tasks, 1).Train(samples.Inputs, labels, null, optimizer, _ => { });
        return variant.Network.named_parameters().Single(p => p.name == "HeadWeight").parameter.detach().clone().MoveToOuterDisposeScope();
    }
}
