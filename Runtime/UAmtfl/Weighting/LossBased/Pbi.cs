using TorchSharp;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Minimises the length of the losses along a preference and their distance from its ray: penalty-based boundary intersection,
/// PBI, d₁ + θ d₂ with d₁ = Lᵀr/‖r‖, d₂ = ‖L − d₁ r/‖r‖‖ and the ideal point 0 (Zhang and Li 2007, <i>MOEA/D</i>, IEEE Trans. Evolutionary
/// Computation 11(6)).</summary>
/// <remarks>Scale: the weights r/‖r‖ of d₁ have the norm 1; a common factor of the losses is a factor of the value. θ = 0 is only the
/// projection. d₂ has no gradient on the ray, where 0 is used. Entries of tasks without a label are left out of both vectors. It equals
/// TorchJD's PBI.</remarks>
public sealed class Pbi : LossWeighting
{
    private static readonly Scalar Minus = -1.0;

    private readonly Scalar theta;
    private readonly StateTensor factors;

    /// <summary>Sets the preference and the weight of the distance.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="preference">The preference r, T numbers above 0; null for 1/T each.</param>
    /// <param name="theta">The weight θ of the distance, at least 0; 5 in the paper.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the preference is not one number above 0 for each
    /// task.</exception>
    public Pbi(int tasks, double[]? preference, double theta)
        : base(tasks)
    {
        this.theta = WeightingArguments.In<PbiAttribute>(theta);
        var r = WeightingArguments.Preference(tasks, preference);
        var length = Math.Sqrt(r.Sum(value => value * value));
        factors = KeepTensor("ray", tensor([.. r.Select(value => value / length)]));
    }

    /// <inheritdoc/>
    /// <remarks>A common factor of the losses is a factor of the value, so that the value is the product of the losses and the gradient
    /// (Euler); only that product is in the graph.</remarks>
    public override Tensor forward(Tensor input) => input.dot(Gradient(input));

    /// <summary>Returns the gradient r/‖r‖ + θ e/‖e‖ with e = L − d₁ r/‖r‖, which is orthogonal to r.</summary>
    private Tensor Gradient(Tensor input)
    {
        using var frozen = no_grad();
        var ray = Present is null ? factors.Value : nn.functional.normalize(Filled(factors.Value, Absent.Zero), dim: 0, eps: Absent.Tiny);
        var away = input.addcmul(ray, input.dot(ray), Minus);
        return ray.addcdiv(away, away.norm().clamp_min(Absent.Least), theta);
    }
}
