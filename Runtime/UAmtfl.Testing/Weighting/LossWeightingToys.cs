using UAmtfl.Trunks;
using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Testing;

/// <summary>Helpers of the tests of loss-based weightings.</summary>
internal static class LossWeightingToys
{
    public static readonly double[] Three = [2, 0.5, 1];

    public static T Double<T>(T weighting)
        where T : nn.Module => Layout.Placed(weighting, ScalarType.Float64, CPU);

    /// <summary>The objective for given losses, where a loss of 0 means a task without a label.</summary>
    public static double Value(this LossWeighting weighting, params double[] losses)
    {
        using var scope = NewDisposeScope();
        return weighting.Combine(tensor(losses), Present(losses)).item<double>();
    }

    /// <summary>A tensor with 0 for each loss of 0 and 1 for all others; null if no loss is 0.</summary>
    public static Tensor? Present(double[] losses) =>
        Array.Exists(losses, l => l == 0) ? tensor([.. losses.Select(l => l == 0 ? 0.0 : 1)]) : null;

    /// <summary>The weights of the tasks: the derivatives of the objective with respect to the losses.</summary>
    public static double[] Weights(this LossWeighting weighting, params double[] losses)
    {
        using var scope = NewDisposeScope();
        var input = tensor(losses, requires_grad: true);
        return Numbers(autograd.grad([weighting.Combine(input, Present(losses))], [input])[0]);
    }

    /// <summary>The gradient of the only parameter that the weighting registers.</summary>
    public static double[] OwnGradient(this LossWeighting weighting, params double[] losses)
    {
        using var scope = NewDisposeScope();
        return Numbers(autograd.grad([weighting.Combine(tensor(losses), Present(losses))], [Assert.Single(weighting.parameters())])[0]);
    }

    /// <summary>Sets the only parameter that the weighting registers.</summary>
    public static void SetOwn(this LossWeighting weighting, params double[] values)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Assert.Single(weighting.parameters()).copy_(tensor(values));
    }

    public static void EndEpoch(this IWeighting weighting, params double[] means)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        weighting.EpochEnded(tensor(means));
    }

    public static void EndStep(this ILossesAfterStep weighting, params double[] losses)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        weighting.StepEnded(tensor(losses));
    }

    /// <summary>The numbers that the weighting saves under a name.</summary>
    public static double[] Saved(this nn.Module weighting, string name) => Numbers(weighting.state_dict()[name]);

    public static double[] Numbers(Tensor tensor) => tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray();

    public static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance = 1e-9)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
