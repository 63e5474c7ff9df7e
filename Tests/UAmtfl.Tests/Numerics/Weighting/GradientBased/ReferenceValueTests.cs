using UAmtfl.Numerics;
using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;

namespace UAmtfl.Tests.Numerics.Weighting.GradientBased;

/// <summary>Weights for J = [[−4, 1, 1], [6, 1, 1]] equal those that another program computed to nine digits.</summary>
public sealed class ReferenceValueTests
{
    private const double Digits = 1e-9;

    public static TheoryData<GramianWeighting, double, double> Values => new()
    {
        { new Mgda(2, MgdaNormalisation.None), 0.6, 0.4 },
        { new DualProj(2), 0.6111111111, 0.5 },
        { new UpGrad(2), 1.1111111111, 0.7894736842 },
        { new PcGrad(2), 2.2222222222, 1.5789473684 },
        { new GradVac(2, beta: 0.5), 2.2222222222, 1.5789473684 },
        { new CaGrad(2, 0.5, rescale: false), 0.7041241452, 0.5 },
        { new CaGrad(2, 0.5, rescale: true), 0.7041241452 / 1.25, 0.5 / 1.25 },
        { new ImtlG(2), 0.5923303169, 0.4076696831 },
        { new NashMtl(2, 1, 0), 0.5914611522, 0.4070714829 },
        { new FairGrad(2, 2), 0.4713629223, 0.3194542282 },
        { new FairGrad(2, 0.5), 0.7428282517, 0.5253926087 },
        { new FairGrad(2, 0), 1, 1 },
        { new AlignedMtl(2, AlignedScale.Minimum, mean: true), 0.5590719157, 0.4082610681 },
        { new AlignedMtl(2, AlignedScale.Minimum, mean: false), 2 * 0.5590719157, 2 * 0.4082610681 },
        { new FocusedLearning(2, 0, FocusSelect.Soft, 0), 1, 0 },
        { new FocusedLearning(2, 0, FocusSelect.Best, 0), 1, 0 },
        { new FocusedLearning(2, 0, FocusSelect.Subset, 0), 1, 0 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void TheWeightsAre(GramianWeighting weighting, double first, double second)
    {
        var w = weighting.Balance([18, -22, -22, 38], [1, 1]);
        Assert.Equal(first, w[0], Digits);
        Assert.Equal(second, w[1], Digits);
    }

    [Fact]
    public void TheConFigDirectionIs()
    {
        var direction = Gradients.Direction(Gradients.J2, new ConFig(2).Balance([18, -22, -22, 38], [1, 1]));
        Assert.Equal(0.1588089758, direction[0], Digits);
        Assert.Equal(2.0706067581, direction[1], Digits);
        Assert.Equal(2.0706067581, direction[2], Digits);
    }

    /// <summary>The projections of IMTL-G's step on both unit gradients are equal.</summary>
    [Fact]
    public void TheEqualProjectionsAre()
    {
        var g = Gradients.Gramian(Gradients.J2);
        var products = g.Times(new ImtlG(2).Balance([18, -22, -22, 38], [1, 1]));
        Assert.Equal(0.3990940554, products[0] / g.Norm(0), Digits);
        Assert.Equal(0.3990940554, products[1] / g.Norm(1), Digits);
    }

    /// <summary>In the second step on the same gradients GradVac's target is half of their cosine.</summary>
    [Fact]
    public void TheSecondStepOfGradVacIs()
    {
        var vaccine = new GradVac(2, beta: 0.5);
        vaccine.Balance([18, -22, -22, 38], [1, 1]);
        Assert.Equal(-0.4205955121, vaccine.state_dict()["targets.numbers"].ToArray()[1], Digits);
        var w = vaccine.Balance([18, -22, -22, 38], [1, 1]);
        Assert.Equal(1.8579878052, w[0], Digits);
        Assert.Equal(1.4064152762, w[1], Digits);
    }

    /// <summary>For r = [1.2, 0.8] and α = 0 or 1 the weights w_t ∝ r_t^α/‖g_t‖ with the sum 2 meet both targets. Adam comes as near as
    /// the size of its steps.</summary>
    [Theory]
    [InlineData(0, 1.1846606339)]
    [InlineData(1, 1.3709602817)]
    public void GradNormComesToItsFixedPoint(double alpha, double first)
    {
        var w = AfterManySteps(alpha);
        Assert.Equal(first, w[0], 2e-3);
        Assert.Equal(2 - first, w[1], 2e-3);
    }

    /// <summary>For α = 1.5 the targets do not sum to the norms, so that not all can be met. The weights end between the points at which
    /// one target is met, around r_t^1.5/‖g_t‖ with the sum 2, which is [1.4549323876, 0.5450676124].</summary>
    [Fact]
    public void GradNormEndsWhereOneTargetIsMet()
    {
        var w = AfterManySteps(1.5);
        double[] norms = [w[0] * Math.Sqrt(18), w[1] * Math.Sqrt(38)];
        var ratio = 2 * norms[0] / norms.Sum();
        Assert.InRange(ratio, 2 - Math.Pow(0.8, 1.5) - 2e-3, Math.Pow(1.2, 1.5) + 2e-3);
        Assert.InRange(Math.Abs(w[0] - 1.4549323876), 0, 0.02);
    }

    [Fact]
    public void TheMoDoWeightsAre()
    {
        var w = new MoDo(2, 0.1, 0.1).Balance([18, -22, -22, 38], [1, 1]);
        Assert.Equal(1, w[0], Digits);
        Assert.Equal(0, w[1], Digits);
    }

    /// <summary>At the rates that two libraries use, the inner steps of SDMGrad do not converge but end in a corner of the
    /// simplex.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public void TheSdmGradWeightsAre(double rate)
    {
        var w = new SdmGrad(2, 0.3, rate, 20).Balance([18, -22, -22, 38], [1, 1]);
        Assert.Equal(0.1153846154, w[0], Digits);
        Assert.Equal(0.8846153846, w[1], Digits);
    }

    private static double[] AfterManySteps(double alpha)
    {
        var norm = new GradNorm(2, alpha, 1e-4);
        norm.Balance([18, -22, -22, 38], [1, 1]);
        double[] w = [];
        for (var step = 0; step < 30_000; step++)
        {
            w = norm.Balance([18, -22, -22, 38], [1.2, 0.8]);
        }

        return w;
    }

    /// <summary>Weights from tensors, as the training step calls the weighting, are the same: losses in single precision, inner products
    /// in double.</summary>
    [Fact]
    public void TensorsGiveTheSame()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var gramian = new double[] { 18, -22, -22, 38 }.ToTensor(2, 2);
        var w = new Mgda(2, MgdaNormalisation.None).Balance(gramian, TorchSharp.torch.tensor([1f, 1f]));
        Assert.Equal(TorchSharp.torch.ScalarType.Float32, w.dtype);
        Assert.Equal([0.6f, 0.4f], w.data<float>().ToArray());
    }
}
