using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Weighting;

/// <summary>Trainings in which the gradient of a task is zero, missing or not finite.</summary>
public sealed class BadGradientTests
{
    public static TheoryData<string> GradientBased =>
    [
        "AtTrunk", "AtTrunkWeighted", "AtLastLayer", "AtRepresentation", "OneByOne", "Twice", "Levels",
    ];

    public static TheoryData<string> All => [.. Balanced.Descriptor.Variants.Select(v => v.Name)];

    /// <summary>A label that overflows single precision gives an infinite loss, and the training stops with the name of the
    /// task.</summary>
    [Theory]
    [MemberData(nameof(GradientBased))]
    public void ALossThatIsNotFiniteStopsAWeightingOfGradients(string name)
    {
        var message = Assert.Throws<UAmtflException>(() => Train(name, labels => labels[.., 3] = labels[.., 3] * 1e30)).Message;
        Assert.StartsWith("training diverged in epoch 1: the loss of task Level is no longer finite; lower the learning rate", message);
        Assert.DoesNotContain('\n', message);
    }

    /// <summary>A gradient that is not finite is named even if the loss is finite: its inner product with itself overflows double
    /// precision.</summary>
    [Fact]
    public void AGradientThatIsNotFiniteIsNamed()
    {
        using var scope = NewDisposeScope();
        var weighting = new Counting(3);
        double[] gramian = [1, 0, 0, 0, double.PositiveInfinity, 0, 0, 0, 1];
        Assert.Equal((1, "gradient"), Named(() => weighting.Balance(gramian, [1, 1, 1])));
        Assert.Equal((2, "gradient"), Named(() => new CountingTwice(3).Balance([1, 0, 0, 0, 1, 0, 0, double.NaN, 1], [1, 1, 1])));
    }

    /// <summary>A loss that is not finite also stops a weighting that needs only losses, at the end of the epoch.</summary>
    [Fact]
    public void ALossThatIsNotFiniteStopsWithTheTasksName()
    {
        var message = Assert.Throws<UAmtflException>(() => Train("Look", labels => labels[.., 3] = labels[.., 3] * 1e30)).Message;
        Assert.StartsWith("training diverged in epoch 1: the loss of task Level is no longer finite", message);
    }

    /// <summary>A training goes on if a task has a label in only one row, so that nearly no batch has one.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void TrainingGoesOnWhereATaskHasNoLabelInMostBatches(string name)
    {
        var result = Train(name, labels => labels.narrow(0, 1, labels.shape[0] - 1).select(1, 3).fill_(float.NaN));
        Assert.All(result.TaskErrors, e => Assert.True(double.IsFinite(e)));
    }

    /// <summary>If the trunk has no gradient at all, as in a network that starts at zero, the trunk stays as it is and the heads
    /// learn.</summary>
    [Fact]
    public void NetworksWithoutAnyGradientOfTheTrunkLeaveIt()
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Balanced.Descriptor, "AtTrunkWeighted");
        using (no_grad())
        {
            step.Parameters().Single(p => p.shape.SequenceEqual([10L, 10L])).zero_();
        }

        step.Variant.Accumulate([step.Batch], out _);
        var gradients = step.Accumulated().ToDictionary(g => g.Name, g => g.Gradient);
        Assert.Equal(0, gradients["Trunk.Linear1.weight"].abs().max().item<double>());
        Assert.True(gradients["HeadWeight"].abs().max().item<double>() > 0);
    }

    /// <summary>A weighting of one's own that does not return one finite weight for each task is refused with its name.</summary>
    [Fact]
    public void WhatIsNotOneWeightATaskIsRefusedByName()
    {
        static string Said(Action step)
        {
            var message = Assert.Throws<UAmtflException>(step).Message;
            Assert.DoesNotContain('\n', message);
            return message;
        }

        double[] unit = [1, 0, 0, 1];
        Assert.Equal("the weighting Odd gave 1 weights for 2 tasks; give one for each", Said(() => new Odd([1]).Balance(unit, [1, 1])));
        Assert.StartsWith(
            "the weighting Odd gave a weight that is not finite", Said(() => new Odd([1, double.NaN]).Balance(unit, [1, 1])));
        using var scope = NewDisposeScope();
        Assert.StartsWith(
            "the weighting OddRows gave a direction of shape [2, 5]; give [5]", Said(() => new OddRows(j => j).Step(ones(2, 5), ones(2))));
        Assert.StartsWith(
            "the weighting OddRows gave a direction of shape []; give [5]",
            Said(() => new OddRows(j => j.sum()).Step(ones(2, 5), ones(2))));
    }

    private sealed class Odd(double[] weights) : GramianWeighting(2)
    {
        public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => weights;
    }

    private sealed class OddRows(Func<Tensor, Tensor> direction) : JacobianWeighting(2)
    {
        public override Tensor Direction(Tensor jacobian, Tensor losses) => direction(jacobian);
    }

    private static (int Task, string What) Named(Func<double[]> balance)
    {
        var exception = Assert.Throws<NotFiniteException>(() => { balance(); });
        return (exception.Task, exception.What);
    }

    private static CellResult Train(string name, Action<Tensor> spoil)
    {
        var experiment = Balanced.Descriptor with { Dataset = () => new Spoilt(spoil) };
        var variant = experiment.Variants.First(v => v.Name == name);
        return TestCell.Run(
            experiment,
            variant,
            variant.Bind(TestSettings.Empty),
            variant.Plan with { Epochs = 2 },
            new(null, 1),
            _ => { },
            default);
    }

    /// <summary>The tiny images with changed training labels.</summary>
    private sealed class Spoilt(Action<Tensor> spoil) : IDataset
    {
        public Splits Load(DataRequest request)
        {
            var splits = new TinyImages().Load(request);
            spoil(splits.Train.Labels);
            return splits;
        }
    }
}
