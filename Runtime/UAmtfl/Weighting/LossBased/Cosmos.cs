using TorchSharp;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Minimises a weighted sum of the losses and their angle to a preference, rᵀL − λ cos(r, L): COSMOS (Ruchte and Grabocka 2021,
/// <i>Scalable Pareto Front Approximation for Deep Multi-Objective Learning</i>, ICDM). λ = 0 is the weighted sum.</summary>
/// <remarks>Scale: the weights are near r, by default 1/T. The cosine has no unit, so that λ has that of the losses. Entries of tasks
/// without a label are left out of both vectors. The paper also feeds a random r to the network; here, as in TorchJD, r is fixed. A
/// large λ may give a task a negative weight, which is part of the method.</remarks>
public sealed class Cosmos : LossWeighting
{
    private static readonly Scalar Minus = -1.0;

    private readonly Scalar length, share;
    private readonly StateTensor factors;

    /// <summary>Sets the preference and the weight of the cosine.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="preference">The preference r, T numbers above 0; null for 1/T each.</param>
    /// <param name="lambda">The weight λ of the cosine, at least 0.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the preference is not one number above 0 for each
    /// task.</exception>
    public Cosmos(int tasks, double[]? preference, double lambda)
        : base(tasks)
    {
        var r = WeightingArguments.Preference(tasks, preference);
        var norm = Math.Sqrt(r.Sum(value => value * value));
        (length, share) = (norm, -WeightingArguments.In<CosmosAttribute>(lambda) / norm);
        factors = KeepTensor("preference", tensor(r));
    }

    /// <inheritdoc/>
    /// <remarks>A common factor of the losses is a factor of rᵀL and does not change the cosine, whose gradient is therefore orthogonal
    /// to the losses. The value is the product of the losses and the gradient, minus λ cos; only that product is in the graph.</remarks>
    public override Tensor forward(Tensor input)
    {
        var (gradient, projection) = Gradient(input);
        return input.dot(gradient).add(projection, share);
    }

    /// <summary>Returns the gradient r − λ/(‖r‖‖L‖) (r − cL/‖L‖) with c = rᵀL/‖L‖, and c, relative to ‖r‖ over all tasks even if some
    /// have no label.</summary>
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
