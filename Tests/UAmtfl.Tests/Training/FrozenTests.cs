using TorchSharp.Modules;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Penalties;
using UAmtfl.Tests.Training.Weighting;
using UAmtfl.Training;
using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A parameter with <c>requires_grad = false</c> keeps its bits in training.</summary>
public sealed class FrozenTests
{
    public static TheoryData<string, string> Networks => GeneratedNetworks.Names;

    public static TheoryData<OptimizerKind, double, bool> Optimizers => new()
    {
        { OptimizerKind.Adam, 0, true }, { OptimizerKind.Adam, 0, false }, { OptimizerKind.Sgd, 0, true },
        { OptimizerKind.Sgd, 0.9, true }, { OptimizerKind.Sgd, 0.9, false },
    };

    /// <summary>Decay and momentum do not move a frozen parameter, frozen from the start or later, and the other parameters move as if it
    /// were not there.</summary>
    [Theory, MemberData(nameof(Optimizers))]
    public void UnderEveryOptimizer(OptimizerKind kind, double momentum, bool fused)
    {
        using var scope = NewDisposeScope();
        var plan = new TrainingPlan { Optimizer = kind, LearningRate = 0.1, Momentum = momentum };
        Parameter[] weights = [new(ones(3)), new(ones(3)), new(ones(3))];
        Parameter alone = new(ones(3));
        using var optimizer = Create(weights);
        using var other = Create([alone]);
        weights[0].requires_grad = false;
        for (var step = 0; step < 4; step++)
        {
            weights[1].requires_grad = step < 2;
            var before = weights.Select(w => w.data<float>().ToArray()).ToArray();
            foreach (var (o, ws) in ((IOptimizer, Parameter[])[])[(optimizer, weights), (other, [alone])])
            {
                o.ZeroGradients();
                ws.Select(w => w.square().sum()).Aggregate((a, b) => a + b).backward();
                o.Step(0.1);
            }

            Assert.Equal(before[0], weights[0].data<float>().ToArray());
            Assert.Equal(step >= 2, before[1].SequenceEqual(weights[1].data<float>().ToArray()));
            Assert.Equal(alone.data<float>().ToArray(), weights[2].data<float>().ToArray());
        }

        IOptimizer Create(Parameter[] parameters)
        {
            ParameterGroup[] groups = [new(Owner.AllTasks, parameters, Decay: 0.5)];
            return fused ? new FusedOptimizer(plan, groups) : new ManagedOptimizer(plan, groups);
        }
    }

    [Fact]
    public void UnderProximalSteps()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        Parameter frozen = new(ones(3, 4), requires_grad: false), free = new(ones(3, 4));
        Penalty.Shrink([frozen, free], 0.25);
        Penalty.Step(frozen, new GroupLasso(1), 0.1);
        Penalty.Step(frozen, new TraceNorm(1), 0.1);
        Assert.True(frozen.eq(1).all().item<bool>());
        Assert.True(free.eq(0.75).all().item<bool>());
    }

    /// <summary>In the training of each generated network, with decay, penalties and weightings, frozen weights and biases do not
    /// move.</summary>
    [Theory, MemberData(nameof(Networks))]
    public void InATraining(string experiment, string name)
    {
        using var scope = NewDisposeScope();
        using var variant = GeneratedNetworks.Create(experiment, name, seed: 1);
        var parameters = variant.Network.named_parameters()
            .Where(
                p => p.name.StartsWith("Trunk", StringComparison.Ordinal) || p.name.StartsWith("Head", StringComparison.Ordinal)).ToList();
        var frozen = parameters.Where((_, i) => i % 3 == 1).ToList();
        frozen.ForEach(p => p.parameter.requires_grad = false);
        var before = parameters.ToDictionary(p => p.name, p => p.parameter.detach().clone());
        Train(GeneratedNetworks.Experiment(experiment), name, variant);
        Assert.All(frozen, p => Assert.True(p.parameter.eq(before[p.name]).all().item<bool>(), p.name));
        Assert.Contains(parameters.Except(frozen), p => !p.parameter.eq(before[p.name]).all().item<bool>());
    }

    /// <summary>A frozen matrix of transfers keeps entries that the projection would change: those below 0, and those from a task to
    /// itself.</summary>
    [Theory, InlineData(nameof(Asymmetric.Amtl)), InlineData(nameof(Asymmetric.Signed))]
    public void UnderProjection(string name)
    {
        using var scope = NewDisposeScope();
        using var variant = GeneratedNetworks.Create(Asymmetric.Descriptor.Name, name, seed: 1);
        var transfer = variant.Network.named_parameters().Single(p => p.name == "Transfer").parameter;
        using (no_grad())
        {
            transfer.fill_(-0.5);
        }

        transfer.requires_grad = false;
        Train(Asymmetric.Descriptor, name, variant);
        Assert.True(transfer.eq(-0.5).all().item<bool>());
        transfer.requires_grad = true;
        Train(Asymmetric.Descriptor, name, variant);
        Assert.True(transfer.diagonal().eq(0).all().item<bool>());
    }

    /// <summary>A weighting that compares gradients of the heads refuses heads that are frozen.</summary>
    [Fact]
    public void AtTheHeads()
    {
        using var scope = NewDisposeScope();
        using var variant = GeneratedNetworks.Create(BalancedHeads.Descriptor.Name, nameof(BalancedHeads.AtHeads), seed: 1);
        variant.Network.named_parameters().Single(p => p.name == "HeadWeight").parameter.requires_grad = false;
        var wrong = Assert.Throws<UAmtflException>(() => Train(BalancedHeads.Descriptor, nameof(BalancedHeads.AtHeads), variant));
        Assert.Contains(
            "the heads, whose weight is not trained: set requires_grad of it, or use another Site",
            wrong.Message,
            StringComparison.Ordinal);
    }

    /// <summary>In a bilevel step frozen heads take no part in the inner products, and trial steps do not move them.</summary>
    [Theory, InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public void InTwoLevels(bool weight, bool bias)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(6);
        Parameter trunk = new(randn(3, 4, dtype: ScalarType.Float64));
        Parameter headWeight = new(randn(2, 3, dtype: ScalarType.Float64));
        Parameter headBias = new(randn(2, dtype: ScalarType.Float64));
        using var network = new TrunkOf(trunk);
        (headWeight.requires_grad, headBias.requires_grad) = (weight, bias);
        var (x, y) = (randn(5, 4, dtype: ScalarType.Float64), randn(5, 2, dtype: ScalarType.Float64));
        var step = new BilevelStep(Pass, Pass);

        var losses = nn.functional.linear(x.matmul(trunk.t()), headWeight, headBias).sub(y).square().mean([0L]);
        Parameter[] trained = [trunk, .. weight ? [headWeight] : (Parameter[])[], .. bias ? [headBias] : (Parameter[])[]];
        var rows = Enumerable.Range(0, 2)
            .Select(t => cat([.. autograd.grad([losses[t]], trained, retain_graph: true).Select(g => g.flatten())])).ToArray();
        var jacobian = stack(rows);
        Assert.Equal(jacobian.matmul(jacobian.t()).data<double>().ToArray(), Numbers(step.Lower()), (a, b) => Math.Abs(a - b) < 1e-10);

        var rate = 0.1;
        var expected = Numbers(step.AfterStep([0.3, 0.7], rate));
        using (no_grad())
        {
            var direction = tensor([0.3, 0.7]).matmul(jacobian);
            var start = 0L;
            foreach (var parameter in trained)
            {
                parameter.sub_(direction.narrow(0, start, parameter.numel()).view(parameter.shape) * rate);
                start += parameter.numel();
            }
        }

        var moved = new BilevelStep(Pass, Pass).Lower();
        var after = nn.functional.linear(x.matmul(trunk.t()), headWeight, headBias).sub(y).square().mean([0L]);
        Tensor Gradient(int task) => cat([.. autograd.grad([after[task]], trained, retain_graph: true).Select(g => g.flatten())]);
        var gradients = stack([Gradient(0), Gradient(1)]);
        Assert.Equal(gradients.matmul(gradients.t()).data<double>().ToArray(), Numbers(moved), (a, b) => Math.Abs(a - b) < 1e-10);
        Assert.Equal(gradients.matmul(jacobian.t()).data<double>().ToArray(), expected, (a, b) => Math.Abs(a - b) < 1e-10);

        ITaskGradients Pass()
        {
            var features = x.matmul(trunk.t());
            var cut = features.detach().requires_grad_(true);
            var outputs = nn.functional.linear(cut, headWeight, headBias);
            return new LinearHeadGradients(features, cut, outputs, headWeight, new TaskColumns((2, 1)), outputs.sub(y).square().mean([0L]))
            {
                Trunk = new OneByOneBackward(network),
                Heads = new([headWeight], headBias),
            };
        }

        static double[] Numbers(Gramian gramian) =>
            [.. Enumerable.Range(0, 2).SelectMany(i => Enumerable.Range(0, 2).Select(j => gramian[i, j]))];
    }

    private static void Train(ExperimentDescriptor experiment, string name, Objective variant)
    {
        random.manual_seed(3);
        var inputs = GeneratedNetworks.Drawn(experiment.Name, name, rows: 12);
        var epochs = variant.Search is null ? 1 : 2;   // one more than a network trains before it branches
        var plan = new TrainingPlan { Epochs = epochs, BatchSize = 6, LearningRate = 0.01 };
        using var optimizer = Trainer.CreateOptimizer(plan, variant);
        new Trainer(variant, plan, experiment.Tasks, 1).Train(inputs, Labels(experiment), null, optimizer, _ => { });
    }

    private static Labels Labels(ExperimentDescriptor experiment) => experiment.Dataset() is IPerTaskDataset
        ? new(zeros(12), null, arange(12, dtype: ScalarType.Int64).remainder(experiment.Tasks.Count))
        : new(zeros(12, experiment.Tasks.Count), null);

    private sealed class TrunkOf : nn.Module
    {
        public TrunkOf(Parameter weight)
            : base(nameof(TrunkOf)) => register_parameter("weight", weight);
    }
}
