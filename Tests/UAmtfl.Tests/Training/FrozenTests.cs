using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Penalties;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A parameter with <c>requires_grad = false</c> keeps its bits.</summary>
public sealed class FrozenTests
{
    public static TheoryData<string, string> Networks => GeneratedNetworks.Names;

    public static TheoryData<OptimizerKind, double, bool> Optimizers => new()
    {
        { OptimizerKind.Adam, 0, true }, { OptimizerKind.Adam, 0, false }, { OptimizerKind.Sgd, 0, true }, { OptimizerKind.Sgd, 0.9, true }, { OptimizerKind.Sgd, 0.9, false },
    };

    /// <summary>Under decay and momentum, from the start or from a later step, and the others move as if it was not there.</summary>
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
            ParameterGroup[] groups = [new("all", parameters, Decay: 0.5)];
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

    /// <summary>Weights and biases of each generated network, in a training with all that it has: decay, penalties, weighting.</summary>
    [Theory, MemberData(nameof(Networks))]
    public void InATraining(string experiment, string name)
    {
        using var scope = NewDisposeScope();
        using var variant = GeneratedNetworks.Create(experiment, name, seed: 1);
        var parameters = variant.Network.named_parameters().Where(p => p.name.StartsWith("Trunk", StringComparison.Ordinal) || p.name.StartsWith("Head", StringComparison.Ordinal)).ToList();
        var frozen = parameters.Where((_, i) => i % 3 == 1).ToList();
        frozen.ForEach(p => p.parameter.requires_grad = false);
        var before = parameters.ToDictionary(p => p.name, p => p.parameter.detach().clone());
        var descriptor = GeneratedNetworks.Experiment(experiment);
        random.manual_seed(3);
        var inputs = randn([12, .. descriptor.Variants.Single(v => v.Name == name).Input!.Select(d => (long)d)]);
        var plan = new TrainingPlan { Epochs = 1, BatchSize = 6, LearningRate = 0.01 };
        using var optimizer = Trainer.CreateOptimizer(plan, variant.Groups);
        new Trainer(variant, plan, descriptor.Tasks, 1).Train(inputs, Labels(descriptor), null, optimizer, _ => { });
        Assert.All(frozen, p => Assert.True(p.parameter.eq(before[p.name]).all().item<bool>(), p.name));
        Assert.Contains(parameters.Except(frozen), p => !p.parameter.eq(before[p.name]).all().item<bool>());
    }

    private static Labels Labels(UAmtfl.Descriptors.ExperimentDescriptor experiment) => experiment.Dataset() is IPerTaskDataset
        ? new(zeros(12), null, arange(12, dtype: ScalarType.Int64).remainder(experiment.Tasks.Count))
        : new(zeros(12, experiment.Tasks.Count), null);
}
