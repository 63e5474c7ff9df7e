using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>Runs single steps of weightings that need whole gradients.</summary>
internal static class JacobianToys
{
    /// <summary>Returns the direction of one step in double precision. Losses that are not given are 1.</summary>
    public static double[] Step(this JacobianWeighting weighting, double[][] jacobian, params double[] losses)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var rows = tensor(jacobian.SelectMany(r => r).ToArray()).view(jacobian.Length, -1);
        return LossWeightingToys.Numbers(
            weighting.Direction(rows, losses.Length == 0 ? ones(jacobian.Length, dtype: ScalarType.Float64) : tensor(losses)));
    }
}
