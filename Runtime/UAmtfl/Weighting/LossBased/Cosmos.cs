using TorchSharp;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>rᵀL − λ cos(r, L): a weighted sum, and the angle between the losses and the preference (Ruchte and Grabocka 2021, <i>Scalable Pareto Front
/// Approximation for Deep Multi-Objective Learning</i>, ICDM). λ = 0 is the weighted sum.</summary>
/// <remarks>Scale: the weights are near r, 1/T each where it is left out; the cosine has no units, so that λ is in those of the losses. Entries of
/// tasks without a label are left out of both vectors. The paper feeds a random r to the network, too; here, as in TorchJD, r is
/// fixed. A large λ may give a task a negative weight: that is the method.</remarks>
public sealed class Cosmos : LossWeighting
{
    private static readonly Scalar Minus = -1.0;

    private readonly Scalar length, share;
    private readonly StateTensor factors;

    /// <summary>Takes the preference.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="preference">r, T numbers above 0; 1/T each where left out.</param>
    /// <param name="lambda">λ, at least 0.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the preference is not one number above 0 a task.</exception>
    public Cosmos(int tasks, double[]? preference, double lambda)
        : base(tasks)
    {
        var r = WeightingArguments.Preference(tasks, preference);
        var norm = Math.Sqrt(r.Sum(value => value * value));
        (length, share) = (norm, -WeightingArguments.In<CosmosAttribute>(lambda) / norm);
        factors = KeepTensor("preference", tensor(r));
    }

    /// <inheritdoc/>
    /// <remarks>A common factor of the losses goes through rᵀL and not through the cosine, whose gradient is therefore orthogonal to the losses: the value is the product of the losses and
    /// the gradient, less λ cos. The graph has that product alone.</remarks>
    public override Tensor forward(Tensor input)
    {
        var (gradient, projection) = Gradient(input);
        return input.dot(gradient).add(projection, share);
    }

    /// <summary>r − λ/(‖r‖‖L‖) (r − cL/‖L‖) with c = rᵀL/‖L‖, and c; in units of ‖r‖ over all tasks where some have no label.</summary>
    private (Tensor Gradient, Tensor Projection) Gradient(Tensor input)
    {
        using var frozen = no_grad();
        var (r, size) = (Filled(factors.Value, Absent.Zero), input.norm().clamp_min(Absent.Least));
        var unit = input / size;
        var projection = unit.dot(r);
        var across = r.addcmul(unit, projection, Minus);
        if (Present is not null)
        {
            var part = (r.norm() / length).clamp_min(Absent.Least);
            (size, projection) = (size * part, projection / part);
        }

        return (r.addcdiv(across, size, share), projection);
    }
}
