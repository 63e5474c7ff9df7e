using UAmtfl.Numerics;
using UAmtfl.Weighting.GradientBased;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Weighting.GradientBased;

/// <summary>What a weighting keeps between steps belongs to tasks, and survives steps in which a task is missing.</summary>
public sealed class StateTests
{
    private static readonly double[] Ones = [1, 1, 1];

    [Fact]
    public void NashKeepsItsWeightsUntilTheyAreDue()
    {
        var nash = new NashMtl(3, updateEvery: 3, maxNorm: 0);
        var first = nash.Balance(At(0), Ones);
        Assert.Equal(first, nash.Balance(At(1), Ones));
        Assert.Equal(first, nash.Balance(At(2), Ones));
        Assert.Equal(new NashMtl(3, 1, 0).Balance(At(3), Ones), nash.Balance(At(3), Ones));
    }

    /// <summary>If the weights that are kept were solved without a task, they are solved anew when the task is back.</summary>
    [Fact]
    public void NashSolvesAnewForATaskThatWasMissing()
    {
        var nash = new NashMtl(3, updateEvery: 100, maxNorm: 0);
        var without = Without(At(0), 0);
        nash.Balance(without, Ones);
        Assert.Equal(new NashMtl(3, 1, 0).Balance(At(1), Ones), nash.Balance(At(1), Ones));
    }

    /// <summary>A task that is missing in a step keeps its target, and the targets of the others stay their own.</summary>
    [Fact]
    public void GradVacKeepsTargetsByTask()
    {
        var vaccine = new GradVac(3, beta: 0.5);
        vaccine.Balance(At(0), Ones);
        var before = vaccine.state_dict()["targets.numbers"].ToArray();
        vaccine.Balance(Without(At(1), 1), Ones);
        var after = vaccine.state_dict()["targets.numbers"].ToArray();
        foreach (var pair in new[] { 1, 3, 5, 7 })
        {
            Assert.Equal(before[pair], after[pair]);
        }

        Assert.NotEqual(before[2], after[2]);
        Assert.NotEqual(before[6], after[6]);
    }

    /// <summary>The first loss of each task is that of the first batch in which the task has a gradient.</summary>
    [Fact]
    public void GradNormKeepsTheFirstLossOfEachTask()
    {
        var norm = new GradNorm(3, 1.5, 0.01);
        norm.Balance(Without(At(0), 2), [4, 5, 0]);
        norm.Balance(At(1), [1, 2, 3]);
        Assert.Equal([4, 5, 3.0], norm.state_dict()["first_losses.numbers"].ToArray());
    }

    /// <summary>One step of Adam moves each weight by the rate: down if the weighted norm is above its target.</summary>
    [Fact]
    public void GradNormMovesTowardsEqualNorms()
    {
        var norm = new GradNorm(2, 0, 0.1);
        double[] g = [1, 0, 0, 9];
        Assert.Equal([1, 1.0], norm.Balance(g, [1, 1]));
        var w = norm.Balance(g, [1, 1]);
        Assert.Equal(1.1, w[0], 1e-6);
        Assert.Equal(0.9, w[1], 1e-6);
    }

    /// <summary>IMTL-L's loss is e^s L − s with a trained parameter s for each task, whose gradient is 0 without a label.</summary>
    [Fact]
    public void ImtlTransformsLosses()
    {
        using var scope = NewDisposeScope();
        var impartial = new Imtl(3);
        var scales = Assert.Single(impartial.parameters());
        using (no_grad())
        {
            scales.copy_(tensor([0.5f, -1, 2]));
        }

        var terms = impartial.Transform(tensor([2f, 3, 0]), tensor([1f, 1, 0]));
        Assert.Equal(
            [(2 * Math.Exp(0.5)) - 0.5, (3 * Math.Exp(-1)) + 1, 0],
            terms.detach().to(ScalarType.Float64).ToArray().Select(v => Math.Round(v, 5)),
            new Near(1e-5));
        terms.sum().backward();
        Assert.Equal([(2 * Math.Exp(0.5)) - 1, (3 * Math.Exp(-1)) - 1, 0], scales.grad!.to(ScalarType.Float64).ToArray(), new Near(1e-5));
        Assert.Equal(new ImtlG(3).Balance(At(0), Ones), impartial.Balance(At(0), Ones));
    }

    [Fact]
    public void CrMogmRefusesAWeightingThatTransformsLosses() => Assert.Throws<ArgumentException>(() => new CrMogm(new Imtl(2), 0.5));

    private static double[] At(int step) => Gradients.Gramian(Gradients.Of("conflicting", 3, 70 + step)).Values.ToArray();

    private static double[] Without(double[] gramian, int task) => [.. gramian.Select((v, k) => k / 3 == task || k % 3 == task ? 0 : v)];

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double value) => 0;
    }
}
