using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;
using UAmtfl.Weighting.LossBased;
using static TorchSharp.torch;
using static UAmtfl.Testing.LossWeightingToys;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>On two quadratics, weightings that need only losses or whole gradients end at a Pareto optimum. (Those on inner products are
/// tested with their properties.)</summary>
public sealed class ParetoTests
{
    /// <summary>The largest length of the shortest combination that counts as an optimum; at the starts it is between 1 and 10. Noise,
    /// and weights that grow as a loss falls, keep it above 0.</summary>
    private const double Stationary = 0.03;

    private const int Steps = 2000;
    private const int Epoch = 100;

    private static readonly Dictionary<string, Func<LossWeighting>> OfLosses = new()
    {
        ["Equal"] = () => new Equal(2, mean: false),
        ["Constant"] = () => new Constant(2, [1, 3]),
        ["RandomWeights"] = () => new RandomWeights(2),
        ["RevisedUncertainty"] = () => new RevisedUncertainty(2),
        ["Dwa"] = () => new Dwa(2, 2),
        ["GeometricMean"] = () => new GeometricMean(2),
        ["ImtlL"] = () => new ImtlL(2),
        ["Famo"] = () => new Famo(2, 0.025, 0.001),
        ["Stch"] = () => new Stch(2, 0.1),
        ["LogStch"] = () => new LogStch(2, 1, 2),
        ["Cosmos"] = () => new Cosmos(2, null, 0.1),
        ["Pbi"] = () => new Pbi(2, null, 0.1),
        ["Lbtw"] = () => new Lbtw(2, 0.5, everyEpoch: false),
    };

    private static readonly Dictionary<string, Func<JacobianWeighting>> OfGradients = new()
    {
        ["GradDrop"] = () => new GradDrop(2),
        ["TrimmedMean"] = () => new TrimmedMean(2, 0),
        ["DbMtl"] = () => new DbMtl(2, 0.9, 0),
        ["MoCo"] = () => new MoCo(2, 0.5, 0.5, 0.1, 0.5, 0),
        ["ExcessMtl"] = () => new ExcessMtl(2, 0.01),
    };

    public static TheoryData<string> Losses => [.. OfLosses.Keys];

    public static TheoryData<string> Gradients => [.. OfGradients.Keys];

    [Theory]
    [MemberData(nameof(Losses))]
    public void AWeightingOfLossesSettles(string name)
    {
        var quadratics = new Quadratics(2);
        foreach (var start in quadratics.Starts)
        {
            random.manual_seed(4);
            using var weighting = Double(OfLosses[name]());
            var step = 0;
            var end = quadratics.Descend(
                (j, losses) => Testing.Gradients.Direction(j, OneStep(weighting, losses, step++)), start, Falling, Steps);
            Assert.InRange(end, 0, Stationary);
        }
    }

    [Theory]
    [MemberData(nameof(Gradients))]
    public void AWeightingOfGradientsSettles(string name)
    {
        var quadratics = new Quadratics(2);
        foreach (var start in quadratics.Starts)
        {
            random.manual_seed(4);
            using var weighting = Double(OfGradients[name]());
            weighting.Allocate(3, ScalarType.Float64, CPU);
            var logs = weighting is ILossTransform;
            var end = quadratics.Descend((j, losses) => weighting.Step(logs ? Logs(j, losses) : j, losses), start, Falling, Steps);
            Assert.InRange(end, 0, Stationary);
        }
    }

    /// <summary>A falling learning rate, because random weights and averages over steps settle only if the rate falls.</summary>
    private static double Falling(int step) => 0.05 / (1 + (step / 100.0));

    /// <summary>The gradients of the logarithms of the losses.</summary>
    private static double[][] Logs(double[][] j, double[] losses) => [.. j.Select((row, t) => row.Select(g => g / losses[t]).ToArray())];

    /// <summary>Runs one step, in which the weighting may learn, and returns its weights.</summary>
    private static double[] OneStep(LossWeighting weighting, double[] losses, int step)
    {
        var weights = weighting.Weights(losses);
        using var scope = NewDisposeScope();
        foreach (var parameter in weighting.parameters())
        {
            var gradient = autograd.grad([weighting.call(tensor(losses))], [parameter])[0];
            using var frozen = no_grad();
            parameter.sub_(gradient * Falling(step));
        }

        if (weighting is ILossesAfterStep after)
        {
            after.EndStep([.. losses.Select(l => l * 0.999)]);
        }

        if (step % Epoch == Epoch - 1)
        {
            weighting.EndEpoch(losses);
        }

        return weights;
    }
}
