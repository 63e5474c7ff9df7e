using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Weighting;

/// <summary>The step of generated code with a weighting of weights 1, 2, … T equals one backward pass for each task in double
/// precision.</summary>
public sealed class GradientStepTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string, bool> OneBatch => new()
    {
        { "AtTrunk", false }, { "AtTrunkWeighted", true }, { "AtLastLayer", false }, { "AtRepresentation", false },
        { "AtRepresentationWeighted", true }, { "Logs", true },
        { "Parts", false }, { "PartlyFrozen", false }, { "OneByOne", false }, { "OneByOneLast", false }, { "Rows", false },
        { "RowsOneByOne", false }, { "RowsAtRepresentation", false },
    };

    /// <summary>The trunk gets Σ_t t ∂L_t and the unweighted gradient of the other terms. The heads get the same, or the unweighted
    /// ∂L_t.</summary>
    [Theory]
    [MemberData(nameof(OneBatch))]
    public void ParametersGetTheWeightedGradients(string name, bool weightedHeads)
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Balanced.Descriptor, name);
        var objective = step.Variant.Accumulate([step.Batch], out var losses);
        Assert.Equal(6, losses.shape[0]);
        Assert.False(objective.requires_grad);
        foreach (var (parameter, trunk, gradient) in step.Accumulated())
        {
            var expected = step.Expected(parameter, t => trunk || weightedHeads ? t + 1 : 1);
            Close(expected, gradient);
        }
    }

    [Theory]
    [InlineData("AtTrunk", "Trunk.")]
    [InlineData("AtTrunkWeighted", "Trunk.")]
    [InlineData("AtLastLayer", "Trunk.Linear1.")]
    [InlineData("OneByOne", "Trunk.")]
    [InlineData("OneByOneLast", "Trunk.Linear2.")]
    [InlineData("AtRepresentation", null)]
    public void TheGramianIsThatOfTheSite(string name, string? prefix)
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Balanced.Descriptor, name);
        step.Variant.Accumulate([step.Batch], out _);
        var jacobian = prefix is null ? step.FeatureJacobian() : step.Jacobian(prefix);
        Close(jacobian.matmul(jacobian.t()), Matrix(step.Weighting<Counting>().Seen!));
    }

    [Fact]
    public void TheGramianOfHeadsIsOfEachTasksOwn()
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(BalancedHeads.Descriptor, "AtHeads");
        step.Variant.Accumulate([step.Batch], out _);
        var whole = step.Jacobian("HeadWeight").view(3, 3, 6);
        var own = stack([.. Enumerable.Range(0, 3).Select(t => whole[t, t])]);
        Close(own.matmul(own.t()), Matrix(step.Weighting<Counting>().Seen!));
    }

    /// <summary>MGDA-UB equals MGDA if the trunk is one linear map of orthonormal inputs, because then ⟨Δ_sᵀX, Δ_tᵀX⟩ = ⟨Δ_s,
    /// Δ_t⟩.</summary>
    [Fact]
    public void OnOrthonormalInputsTheRepresentationSaysWhatTheTrunkDoes()
    {
        using var scope = NewDisposeScope();
        var (rows, _) = linalg.qr(randn([8, 8], float64, generator: new Generator(5)));
        Gramian Seen(string name)
        {
            using var step = new OneStep(BalancedHeads.Descriptor, name);
            step.Variant.Accumulate([new(rows, step.Batch.Labels.Rows(0, 8))], out _);
            return step.Weighting<Counting>().Seen!;
        }

        Close(Matrix(Seen("MapAtTrunk")), Matrix(Seen("MapAtRepresentation")));
    }

    [Fact]
    public void RoomIsMadeForTheTrunksParameters()
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Balanced.Descriptor, "Rows");
        Assert.Equal(step.Jacobian("Trunk.").shape[1], step.Weighting<CountingRows>().Room);
    }

    [Fact]
    public void TwoFurtherBatchesGiveTheWeights()
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Balanced.Descriptor, "Twice");
        Assert.Equal(3, step.Variant.Batches);
        var (first, second) = (step.Other(16), step.Other(32));
        var (j, k) = (step.Jacobian("Trunk.", first), step.Jacobian("Trunk.", second));
        step.Variant.Accumulate([step.Batch, first, second], out _);
        Close(j.matmul(k.t()), Matrix(step.Weighting<CountingTwice>().Seen!));
        foreach (var (parameter, trunk, gradient) in step.Accumulated())
        {
            Close(step.Expected(parameter, t => trunk ? t + 1 : 1), gradient);
        }
    }

    /// <summary>The gradients of the upper losses after a trial step, ∂U_k(θ′)/∂λ_t = −η ⟨∇U_k(θ′), ∇L_t(θ)⟩, agree with central
    /// differences in λ.</summary>
    [Theory]
    [InlineData("Levels")]
    [InlineData("LevelsOfParts")]
    [InlineData("LevelsPartlyFrozen")]
    public void HyperGradientsAreThoseOfATrialStep(string name)
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Balanced.Descriptor, name);
        var upper = step.Other(16);
        var before = step.Parameters().Select(p => p.detach().clone()).ToList();
        var cross = step.Jacobian("", upper).matmul(step.Jacobian("").t());
        step.Variant.Accumulate([step.Batch, upper], out _);
        Assert.All(before.Zip(step.Parameters()), pair => Assert.Equal(pair.First, pair.Second.detach()));
        var weighting = step.Weighting<CountingLevels>();
        Close(cross, Matrix(weighting.Cross!));
        Close(Matrix(weighting.Products!), Matrix(weighting.Again!));
        const double h = 1e-2;
        for (var t = 0; t < 6; t++)
        {
            double[] Shifted(double by) => [.. Enumerable.Range(0, 6).Select(i => i + 1 + (i == t ? by : 0))];
            var (up, down) = (
                step.LossesAfter(upper, Shifted(h), CountingLevels.Rate), step.LossesAfter(upper, Shifted(-h), CountingLevels.Rate));
            for (var k = 0; k < 6; k++)
            {
                Assert.Equal((up[k] - down[k]) / (2 * h), -CountingLevels.Rate * weighting.Products![k, t], 1e-8);
            }
        }

        foreach (var (parameter, _, gradient) in step.Accumulated())
        {
            Close(step.Expected(parameter, t => t + 1) + step.Expected(parameter, t => (t + 1) / 2.0, upper), gradient);
        }
    }

    /// <summary>Unweighted heads are trained by their own gradients on the lower batch alone; the upper batch only affects the
    /// trunk.</summary>
    [Fact]
    public void TheUpperBatchLeavesUnweightedHeadsAlone()
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Balanced.Descriptor, "LevelsAlone");
        var upper = step.Other(16);
        step.Variant.Accumulate([step.Batch, upper], out _);
        foreach (var (parameter, trunk, gradient) in step.Accumulated())
        {
            Close(
                trunk
                    ? step.Expected(parameter, t => t + 1) + step.Expected(parameter, t => (t + 1) / 2.0, upper)
                    : step.Expected(parameter, _ => 1),
                gradient);
        }
    }

    /// <summary>If tasks pay for transfer, the weighting sees a loss of 0 for a task without a label, and not the δ_t that remains of its
    /// term.</summary>
    [Fact]
    public void ATaskWithoutALabelHasNoTermInAnAsymmetricScheme()
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Balanced.Descriptor, "LookAtTransfer");
        var labels = step.Batch.Labels;
        var none = labels with { Values = labels.Values.clone(), Observed = labels.Observed!.clone() };
        none.Values.select(1, 2).zero_();
        none.Observed!.select(1, 2).zero_();
        step.Variant.Accumulate([step.Batch with { Labels = none }], out _);
        var seen = step.Weighting<Looking>().Before!;
        Assert.Equal(0, seen[2]);
        Assert.All(seen.Where((_, t) => t != 2), loss => Assert.True(loss > 0));
    }

    /// <summary>After the trainer's step, the weighting gets the losses of the same batch with the new parameters.</summary>
    [Fact]
    public void LossesAfterTheStepAreOfTheSameBatch()
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Balanced.Descriptor, "Look");
        step.Variant.Accumulate([step.Batch], out var losses);
        using (no_grad())
        {
            step.Variant.StepEnded(step.Batch);
        }

        var seen = step.Weighting<Looking>();
        Assert.Equal(seen.Before, seen.After);
        Assert.Equal(losses.data<double>().ToArray(), seen.After);
    }

    private static Tensor Matrix(Gramian gramian) => tensor(gramian.Values.ToArray()).view(gramian.Count, gramian.Count);

    private static void Close(Tensor expected, Tensor actual)
    {
        var scale = Math.Max(1e-2, expected.abs().max().item<double>());
        var difference = (expected - actual).abs().max().item<double>();
        Assert.True(difference <= Tolerance * scale, $"{difference} of {scale}");
    }
}
