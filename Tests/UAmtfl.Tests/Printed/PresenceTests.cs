using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Numerics;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Printed;

/// <summary>A task takes part in a step if and only if the batch has a label of it: a task without a label has no part, a task that is
/// fitted perfectly has all of it.</summary>
public sealed class PresenceTests
{
    private static readonly ExperimentDescriptor[] Experiments =
    [
        Everything.Descriptor, EverythingSingle.Descriptor, EverythingClasses.Descriptor,
    ];

    public static TheoryData<string, string> Variants => Built.Variants(Experiments);

    /// <summary>A task without a label has no gradient. The network has two binary tasks first, then two regressions and one
    /// classification.</summary>
    [Theory]
    [MemberData(nameof(Variants))]
    public void ParametersOfATaskWithoutALabelHaveNoGradient(string experiment, string name)
    {
        using var scope = NewDisposeScope();
        var declared = Experiments.Single(e => e.Name == experiment);
        for (var task = 0; task < declared.Tasks.Count; task++)
        {
            using var built = new Built(declared, name, without: task);
            Assert.True(double.IsFinite(built.Accumulate()));
            var count = declared.Tasks.Count;
            foreach (var (path, parameter) in built.Named
                .Where(p =>
                    p.Parameter.dim() == 1
                    && p.Parameter.shape[0] == count
                    && (p.Name == "LogVariance" || p.Name.StartsWith("Weighting", StringComparison.Ordinal))))
            {
                var gradient = parameter.grad!.data<double>().ToArray();
                Assert.Equal(0, gradient[task]);
                Assert.All(gradient.Where((_, t) => t != task), g => Assert.NotEqual(0, g));
            }

            if (built.Has("HeadBias")
                && built.Descriptor.Composition.Split(" + ") is [var sharing, ..]
                && sharing is "HardSharing" or "SingleTask")
            {
                // Penalties do not apply to intercepts, except L2, which is weight decay or part of the objective.
                var (first, width) = Columns(declared, task);
                if (!built.Descriptor.Composition.Contains("L2", StringComparison.Ordinal))
                {
                    Assert.Equal(0, built["HeadBias"].grad!.narrow(0, first, width).abs().max().item<double>());
                }
            }
        }
    }

    /// <summary>The number in the place of a missing label changes neither the objective nor any gradient. The tolerance is for the last
    /// digit of products, which depends on where numbers lie in memory.</summary>
    [Theory]
    [MemberData(nameof(Variants))]
    public void WhatStandsInThePlaceOfAMissingLabelChangesNothing(string experiment, string name)
    {
        using var scope = NewDisposeScope();
        var declared = Experiments.Single(e => e.Name == experiment);
        using var plain = new Built(declared, name, without: 1);
        using var other = new Built(declared, name, without: 1, garbage: 1);
        Assert.Equal(plain.Accumulate(), other.Accumulate(), 1e-12);
        Assert.All(
            plain.Named.Zip(other.Named),
            pair => Assert.InRange((pair.First.Parameter.grad! - pair.Second.Parameter.grad!).abs().max().item<double>(), 0, 1e-12));
    }

    public static TheoryData<string> Asymmetric =>
        [
            .. Everything.Descriptor.Variants.Where(
                v => v.Composition.StartsWith("Amtfl", StringComparison.Ordinal) && v.Weighting is not null).Select(v => v.Name),
        ];

    /// <summary>A task with a loss as small as 1e-12 still pays for its transfer, although in single precision the loss vanishes beside
    /// δ_t.</summary>
    [Theory]
    [MemberData(nameof(Asymmetric))]
    public void AFittedTaskPaysForItsTransfer(string name)
    {
        using var scope = NewDisposeScope();
        using var built = new Built(Everything.Descriptor, name, dtype: ScalarType.Float32);
        dynamic variant = built.Variant, network = built.Variant.Network;
        var (batch, task) = (built.Batches[0], 2);
        Tensor outputs = network.Forward(batch.Prepared).Values;
        var values = batch.Labels.Values.clone();
        values.select(1, task).copy_(outputs.detach().select(1, task) + 1e-6f);
        var labels = batch.Labels with { Values = values };
        dynamic targets = new Everything.Targets(labels), losses = variant.TaskLosses(network.Forward(batch.Prepared), targets);
        Tensor data = losses.Values;
        Assert.InRange(data[task].item<float>(), 0.01f, 0.1f);      // δ_t
        var asymmetric = 1 + (0.3f * built["Feedback"].abs().sum(1));
        if (built.Variant.GetType().GetMethod("TaskTerms") is not null)
        {
            Tensor terms = variant.TaskTerms(losses);
            var gradient = autograd.grad([terms[task]], [built["Feedback"]], allow_unused: true)[0];
            Assert.True(gradient[task].abs().max().item<float>() > 1e-4);
        }
        else
        {
            Tensor objective = built.Variant.Value(batch.Prepared, labels, out _);
            var withoutPrice = autograd.grad([objective], [built["Feedback"]])[0];
            Assert.True(withoutPrice[task].abs().max().item<float>() > 1e-5);
        }

        Assert.True(asymmetric[task].item<float>() > 1);
    }

    public static TheoryData<string> OfRows => [.. EverythingRows.Descriptor.Variants.Select(v => v.Name)];

    /// <summary>If each row has the label of one task, the mean objective over batches of equal size is the objective of all rows: δ_t
    /// and log σ_t count as often as the task has rows. A task without a row in a batch has no gradient.</summary>
    [Theory]
    [MemberData(nameof(OfRows))]
    public void TheMeanOverBatchesIsTheObjective(string name)
    {
        using var scope = NewDisposeScope();
        RandomStreams.Start(3, "initialisation");
        random.manual_seed(4);
        var labels = new Labels(randint(0, 2, [12]).to(float64), null, tensor(new long[] { 0, 0, 1, 2, 2, 2, 3, 3, 4, 4, 4, 0 }));
        using var variant = ((BoundNetwork)EverythingRows.Descriptor.Variants.Single(v => v.Name == name).Bind(TestSettings.Empty))
            .Create(labels.Counts(5));
        using (no_grad())
        {
            foreach (var parameter in variant.Network.parameters())
            {
                parameter.add_(randn_like(parameter) * 0.3);
            }
        }

        var inputs = randn(12, Built.Inputs, dtype: float64);
        var own = variant.Network.named_parameters()
            .Where(p => p.name == "LogVariance" || p.name.StartsWith("Weighting", StringComparison.Ordinal))
            .Select(p => p.parameter).SingleOrDefault();
        double whole = variant.Value(inputs, labels, out _).item<double>(), mean = 0;
        for (var start = 0; start < 12; start += 3)
        {
            variant.Network.zero_grad();
            var part = labels.Rows(start, 3);
            var objective = variant.Value(inputs.narrow(0, start, 3), part, out _);
            objective.backward();
            mean += objective.item<double>() / 4;
            if (own is not null && own.shape[0] == 5)
            {
                var present = part.Owner!.data<long>().ToArray();
                Assert.All(own.grad!.data<double>().ToArray().Index(), g => Assert.Equal(present.Contains(g.Index), g.Item != 0));
            }
        }

        if (name != "Impartial")      // this weighting is not linear in the losses of a batch
        {
            Assert.Equal(whole, mean, 1e-12);
        }
    }

    /// <summary>Without a label the gradient of log σ_t is 0, and plain gradient descent does not move it. Adam's running means still
    /// move it, less and less, as they move the heads. A task that never had a label stays at 0 to the bit.</summary>
    [Fact]
    public void OptimisersAndATaskWithoutALabel()
    {
        using var scope = NewDisposeScope();
        foreach (var kind in new[] { OptimizerKind.Sgd, OptimizerKind.Adam })
        {
            using var built = new Built(Everything.Descriptor, "Approximate");
            using var absent = new Built(Everything.Descriptor, "Approximate", without: 2);
            using (no_grad())
            {
                built["LogVariance"].zero_();
                built["LogVariance"].grad!.zero_();
            }

            using var optimizer = Trainer.CreateOptimizer(new() { Optimizer = kind, LearningRate = 0.01 }, built.Variant);
            double Step(Batch batch)
            {
                var before = built["LogVariance"][2].item<double>();
                optimizer.ZeroGradients();
                built.Variant.Accumulate([batch], out _);
                optimizer.Step(0.01);
                return Math.Abs(built["LogVariance"][2].item<double>() - before);
            }

            Assert.Equal(0, Step(absent.Batches[0]));
            Assert.Equal(0, built["LogVariance"][2].item<double>());
            Assert.NotEqual(0, Step(built.Batches[0]));
            var moved = Enumerable.Range(0, 60).Select(_ => Step(absent.Batches[0])).ToList();
            if (kind == OptimizerKind.Sgd)
            {
                Assert.All(moved, m => Assert.Equal(0, m));
            }
            else
            {
                Assert.All(moved.Zip(moved.Skip(1)), pair => Assert.True(pair.Second < pair.First));
                Assert.True(moved[^1] < 0.01 * moved[0]);
            }
        }
    }

    private static (int First, int Width) Columns(ExperimentDescriptor experiment, int task) =>
        (experiment.Tasks.Tasks.Take(task).Sum(t => t.Outputs), experiment.Tasks.Tasks[task].Outputs);
}
