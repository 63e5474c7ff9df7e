using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

public sealed class FusedOptimizerTests
{
    [Fact]
    public void This_libtorch_has_the_fused_operators() => Assert.Null(FusedOptimizer.Problem);

    [Theory]
    [InlineData(OptimizerKind.Adam, 0.0, 0.0)]
    [InlineData(OptimizerKind.Adam, 0.0, 0.1)]
    [InlineData(OptimizerKind.Sgd, 0.0, 0.1)]
    [InlineData(OptimizerKind.Sgd, 0.9, 0.1)]
    public void Steps_as_TorchSharp_does(OptimizerKind kind, double momentum, double decay)
    {
        using var scope = NewDisposeScope();
        var plan = new TrainingPlan { Optimizer = kind, LearningRate = 0.01, Momentum = momentum };
        var (fused, managed) = (Parameters(), Parameters());
        using var optimizer = new FusedOptimizer(plan, Groups(fused, decay));
        using var reference = new ManagedOptimizer(plan, Groups(managed, decay));
        for (var step = 0; step < 20; step++)
        {
            Step(optimizer, fused);
            Step(reference, managed);
        }

        for (var i = 0; i < fused.Length; i++)
        {
            Assert.True(fused[i].allclose(managed[i], rtol: 1e-5, atol: 1e-6), $"parameter {i}");
        }
    }

    private static Parameter[] Parameters()
    {
        using var random = new Generator(7);
        return [new(randn([3, 4], generator: random)), new(randn([4], generator: random)), new(randn([2, 3, 5, 5], generator: random))];
    }

    private static ParameterGroup[] Groups(Parameter[] p, double decay) => [new("decayed", [p[0], p[2]], decay), new("fast", [p[1]], LearningRateScale: 3)];

    private static void Step(IOptimizer optimizer, Parameter[] p)
    {
        using var scope = NewDisposeScope();
        optimizer.ZeroGradients();
        (p[0].matmul(p[1]).square().sum() + (p[2] - 1).pow(4).mean()).backward();
        optimizer.Step(0.01);
    }
}
