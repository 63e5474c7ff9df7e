using TorchSharp.Modules;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Gradients are clipped as PyTorch clips them, over all parameters that belong to tasks.</summary>
public sealed class ClipTests
{
    private const double Learning = 0.1;

    [Theory]
    [InlineData(0.5)]
    [InlineData(1e6)]
    public void ByNorm(double norm)
    {
        using var scope = NewDisposeScope();
        var (expected, actual) = (Parameters(), Parameters());
        Backward(expected);
        nn.utils.clip_grad_norm_(expected, norm);
        Step(new() { ClipNorm = norm }, actual);
        RequireEqual(expected, actual);
    }

    [Fact]
    public void ByValue()
    {
        using var scope = NewDisposeScope();
        var (expected, actual) = (Parameters(), Parameters());
        Backward(expected);
        nn.utils.clip_grad_value_(expected, 0.3);
        Step(new() { ClipValue = 0.3 }, actual);
        RequireEqual(expected, actual);
    }

    /// <summary>The norm of (3, 4) is 5, and it is scaled to 1; a frozen parameter and one of a weighting have no part in it.</summary>
    [Fact]
    public void OnlyTrainedParametersOfTasksCount()
    {
        using var scope = NewDisposeScope();
        var weights = Enumerable.Range(0, 4).Select(_ => new Parameter(zeros(1, dtype: ScalarType.Float64))).ToArray();
        var (trunk, head, frozen, weighting) = (weights[0], weights[1], weights[2], weights[3]);
        using var optimizer = new FusedOptimizer(
            new() { Optimizer = OptimizerKind.Sgd, ClipNorm = 1 },
            [new(Owner.AllTasks, [trunk, frozen]), new(Owner.OneTask, [head]), new(Owner.NoTask, [weighting])]);
        ((3 * trunk) + (4 * head) + (100 * frozen) + (100 * weighting)).sum().backward();
        frozen.requires_grad = false;
        optimizer.Step(Learning);
        Assert.Equal(
            [-0.6 * Learning, -0.8 * Learning, 0, -100 * Learning],
            weights.Select(w => w.item<double>()),
            (a, b) => Math.Abs(a - b) < 1e-6);
    }

    /// <summary>The decay is added to the clipped gradient.</summary>
    [Fact]
    public void TheDecayIsNotClipped()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(ones(1, dtype: ScalarType.Float64));
        using var optimizer = new FusedOptimizer(
            new() { Optimizer = OptimizerKind.Sgd, ClipValue = 0.5 }, [new(Owner.AllTasks, [weight], Decay: 10)]);
        (4 * weight).sum().backward();
        optimizer.Step(Learning);
        Assert.Equal(1 - (Learning * 10.5), weight.item<double>(), 1e-15);
    }

    private static Parameter[] Parameters()
    {
        random.manual_seed(3);
        return [new(randn(3, 4, dtype: ScalarType.Float64)), new(randn(5, dtype: ScalarType.Float64))];
    }

    private static void Backward(Parameter[] parameters) => parameters.Select(p => p.square().sum()).Aggregate((a, b) => a + b).backward();

    private static void Step(TrainingPlan plan, Parameter[] parameters)
    {
        using var optimizer = new FusedOptimizer(plan with { Optimizer = OptimizerKind.Sgd }, [new(Owner.AllTasks, parameters)]);
        Backward(parameters);
        optimizer.Step(Learning);
    }

    private static void RequireEqual(Parameter[] clipped, Parameter[] stepped)
    {
        for (var i = 0; i < clipped.Length; i++)
        {
            using var frozen = no_grad();
            Assert.Equal(
                (clipped[i] - (Learning * clipped[i].grad!)).data<double>().ToArray(),
                stepped[i].data<double>().ToArray(),
                (a, b) => Math.Abs(a - b) < 1e-14);
        }
    }
}
