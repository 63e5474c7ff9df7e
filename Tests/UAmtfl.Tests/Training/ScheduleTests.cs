using UAmtfl.Training;

namespace UAmtfl.Tests.Training;

/// <summary>The learning rate of each epoch equals the closed form that PyTorch documents for its schedulers.</summary>
public sealed class ScheduleTests
{
    private const double Rate = 0.2;

    /// <summary>CosineAnnealingLR(T_max = 10, eta_min = 0.02): η_min + (η − η_min)(1 + cos(π e / T_max)) / 2.</summary>
    [Fact]
    public void Cosine()
    {
        var plan = new TrainingPlan { Epochs = 10, LearningRate = Rate, Schedule = ScheduleKind.Cosine, DecayFloor = 0.1 };
        for (var epoch = 0; epoch < 10; epoch++)
        {
            Assert.Equal(0.02 + ((Rate - 0.02) * (1 + Math.Cos(Math.PI * epoch / 10)) / 2), plan.LearningRateAt(epoch), 1e-15);
        }

        Assert.Equal((Rate, 0.11), (plan.LearningRateAt(0), Math.Round(plan.LearningRateAt(5), 15)));
    }

    /// <summary>SequentialLR of a warm-up and CosineAnnealingLR(T_max = epochs − warm-up).</summary>
    [Fact]
    public void ACosineBeginsAfterTheWarmUp()
    {
        var plan = new TrainingPlan { Epochs = 10, LearningRate = Rate, Schedule = ScheduleKind.Cosine, WarmUp = 2 };
        Assert.Equal([Rate, Rate, Rate], Enumerable.Range(0, 3).Select(plan.LearningRateAt));
        Assert.Equal(Rate * (1 + Math.Cos(Math.PI * 3 / 8)) / 2, plan.LearningRateAt(5), 1e-15);
    }

    /// <summary>ExponentialLR(gamma = 0.9): η γ^e, here not below a tenth.</summary>
    [Fact]
    public void Exponential()
    {
        var plan = new TrainingPlan
        {
            Epochs = 40, LearningRate = Rate, Schedule = ScheduleKind.Exponential, DecayFactor = 0.9, DecayFloor = 0.1, WarmUp = 1,
        };
        Assert.Equal([Rate, Rate, Rate * 0.9], Enumerable.Range(0, 3).Select(plan.LearningRateAt), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(Rate * Math.Pow(0.9, 19), plan.LearningRateAt(20), 1e-15);
        Assert.Equal(Rate * 0.1, plan.LearningRateAt(39), 1e-15);
    }

    /// <summary>MultiStepLR(milestones = [5, 8], gamma = 0.5); the order in which the times are written does not matter.</summary>
    [Theory]
    [InlineData(0.5, 0.8)]
    [InlineData(0.8, 0.5)]
    public void AListOfSteps(double at, double also)
    {
        var plan = new TrainingPlan { Epochs = 10, LearningRate = Rate, DecayAt = at, DecayAlsoAt = [also], DecayFactor = 0.5 };
        double[] expected = [1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25];
        Assert.Equal(expected.Select(share => Rate * share), Enumerable.Range(0, 10).Select(plan.LearningRateAt));
    }

    /// <summary>LinearLR(start_factor = 1 / 6, total_iters = 5) over steps: (s + 1) / 6 in step s of a warm-up of 6 steps.</summary>
    [Fact]
    public void TheWarmUpRisesInEachStep()
    {
        var plan = new TrainingPlan { Epochs = 10, WarmUp = 2 };
        var shares = from epoch in Enumerable.Range(0, 3) from step in Enumerable.Range(0, 3) select plan.WarmUpAt(epoch, step, 3);
        Assert.Equal([1d / 6, 2d / 6, 3d / 6, 4d / 6, 5d / 6, 1, 1, 1, 1], shares);
    }

    /// <summary>ReduceLROnPlateau(factor = 0.5, patience = 2, threshold = 0.1): the number of bad epochs must exceed the
    /// patience.</summary>
    [Fact]
    public void APlateauLowersTheRateAfterMoreEpochsThanThePatience()
    {
        var plan = new TrainingPlan
        {
            Schedule = ScheduleKind.Plateau, DecayFactor = 0.5, DecayFloor = 0.2, PlateauPatience = 2, PlateauThreshold = 0.1,
        };
        using var plateau = new Plateau(plan);
        double?[] errors = [1, 0.95, 0.91, 0.92, 0.5, 0.5, null, double.NaN, 0.49, 0.46, 0.46, 0.46, 0.46, 0.46];
        double[] factors = [1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2];
        for (var i = 0; i < errors.Length; i++)
        {
            plateau.Offer(i + 1, errors[i]);
            Assert.Equal((i, factors[i]), (i, plateau.Factor));
        }
    }

    [Fact]
    public void ThePatienceBeginsAfterTheWarmUp()
    {
        var plan = new TrainingPlan { Schedule = ScheduleKind.Plateau, DecayFactor = 0.5, PlateauPatience = 1, WarmUp = 3 };
        using var plateau = new Plateau(plan);
        double[] factors = [1, 1, 1, 1, 1, 0.5];
        for (var i = 0; i < factors.Length; i++)
        {
            plateau.Offer(i + 1, i == 0 ? 0.1 : 1);
            Assert.Equal((i, factors[i]), (i, plateau.Factor));
        }
    }

    /// <summary>Without a schedule the plan computes the rate that it has, so that no bit of a training changes.</summary>
    [Fact]
    public void WithoutAScheduleTheRateIsTheDeclaredOne() => Assert.All(
        Enumerable.Range(0, 40), epoch => Assert.Equal(0.3, new TrainingPlan { LearningRate = 0.3 }.LearningRateAt(epoch)));

    [Fact]
    public void PlansAreComparedByTheTimesOfTheirSteps()
    {
        Assert.Equal(new TrainingPlan { DecayAlsoAt = [0.5, 0.7] }, new TrainingPlan { DecayAlsoAt = new List<double> { 0.5, 0.7 } });
        Assert.NotEqual(new TrainingPlan { DecayAlsoAt = [0.5, 0.7] }, new TrainingPlan { DecayAlsoAt = [0.5, 0.8] });
    }
}
