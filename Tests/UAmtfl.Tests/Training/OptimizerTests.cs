using TorchSharp.Modules;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>The fused optimisers agree with those of TorchSharp.</summary>
public sealed class OptimizerTests
{
    [Theory]
    [InlineData(OptimizerKind.Adam, 0, false)]
    [InlineData(OptimizerKind.AdamW, 0, false)]
    [InlineData(OptimizerKind.Sgd, 0, false)]
    [InlineData(OptimizerKind.Sgd, 0.9, false)]
    [InlineData(OptimizerKind.Sgd, 0.9, true)]
    public void FusedEqualsTorchSharp(OptimizerKind kind, double momentum, bool nesterov)
    {
        var plan = new TrainingPlan { Optimizer = kind, LearningRate = 0.03, Momentum = momentum, Nesterov = nesterov };
        Assert.Equal(
            Steps(plan, groups => new ManagedOptimizer(plan, groups)),
            Steps(plan, groups => new FusedOptimizer(plan, groups)),
            (a, b) => Math.Abs(a - b) < 1e-9);
    }

    /// <summary>The decay of AdamW is no part of the gradient: without a gradient a step multiplies the weight by 1 − ηλ.</summary>
    [Fact]
    public void TheDecayOfAdamWIsDecoupled()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor(new[] { 2.0 }));
        using var optimizer = new FusedOptimizer(new() { Optimizer = OptimizerKind.AdamW }, [new(Owner.AllTasks, [weight], Decay: 0.5)]);
        optimizer.Step(0.1);
        Assert.Equal(2 * (1 - (0.1 * 0.5)), weight.item<double>(), 1e-15);
    }

    /// <summary>Weight decay of λ adds λw to the gradient, as λ/2 ‖w‖² does, so that one step of SGD has a closed form.</summary>
    [Fact]
    public void DecayIsTheGradientOfL2()
    {
        using var scope = NewDisposeScope();
        var weights = new Parameter(tensor(new[] { 2.0, -3.0 }));
        var start = weights.data<double>().ToArray();
        var plan = new TrainingPlan { Optimizer = OptimizerKind.Sgd, LearningRate = 0.1 };
        using var optimizer = new FusedOptimizer(plan, [new(Owner.AllTasks, [weights], Decay: 0.5)]);
        optimizer.ZeroGradients();
        (weights * tensor(new[] { 1.0, 4.0 })).sum().backward();
        var penalty = autograd.grad([Penalties.Penalty.L2([weights], 0.5)], [weights])[0].data<double>().ToArray();
        optimizer.Step(0.1);
        Assert.Equal(
            [start[0] - (0.1 * (1 + penalty[0])), start[1] - (0.1 * (4 + penalty[1]))],
            weights.data<double>().ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([0.5 * start[0], 0.5 * start[1]], penalty);
    }

    /// <summary>A parameter that the backward pass does not reach moves by decay alone, also after a step that did reach it.</summary>
    [Fact]
    public void AParameterWithoutAGradientOnlyDecays()
    {
        using var scope = NewDisposeScope();
        var (reached, other) = (new Parameter(tensor(new[] { 2.0 })), new Parameter(tensor(new[] { -3.0 })));
        using var optimizer = new FusedOptimizer(
            new() { Optimizer = OptimizerKind.Sgd, LearningRate = 0.1 },
            [new(Owner.AllTasks, [reached], Decay: 0.5), new(Owner.AllTasks, [other], Decay: 0.5)]);
        Step((4 * reached).sum() + (2 * other).sum());
        Assert.Equal(-3 - (0.1 * (2 - 1.5)), other.item<double>(), 1e-15);
        var before = other.item<double>();
        Step((4 * reached).sum());
        Assert.Equal(before * (1 - (0.1 * 0.5)), other.item<double>(), 1e-15);
        Assert.Null(reached.grad);

        void Step(Tensor objective)
        {
            optimizer.ZeroGradients();
            objective.backward();
            optimizer.Step(0.1);
        }
    }

    private static double[] Steps(TrainingPlan plan, Func<IReadOnlyList<ParameterGroup>, IOptimizer> create)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var kernel = new Parameter(randn(4, 3, 2, 2, dtype: ScalarType.Float64));
        Trunks.Layout.ChannelsLast(kernel);
        var bias = new Parameter(randn(4, dtype: ScalarType.Float64));
        var images = randn(5, 3, 6, 6, dtype: ScalarType.Float64);
        var scale = new Parameter(randn(4, 1, 1, dtype: ScalarType.Float64));
        using var optimizer = create(
            [
                new(Owner.AllTasks, [kernel], Decay: 0.01),
                new(Owner.AllTasks, [bias], LearningRateScale: 10),
                new(Owner.AllTasks, [scale], Decay: 0.01),
            ]);
        for (var step = 0; step < 20; step++)
        {
            using var inner = NewDisposeScope();
            optimizer.ZeroGradients();
            ((nn.functional.conv2d(images, kernel, bias).square().sum() + scale.square().sum()) / (step + 1)).backward();
            optimizer.Step(plan.LearningRateAt(step));
        }

        return
        [
            .. kernel.contiguous().data<double>().ToArray(), .. bias.data<double>().ToArray(), .. scale.flatten().data<double>().ToArray(),
        ];
    }
}
