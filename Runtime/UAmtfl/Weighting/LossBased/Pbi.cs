using TorchSharp;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>d₁ + θ d₂ with d₁ = Lᵀr/‖r‖ the way along the preference r, and d₂ = ‖L − d₁ r/‖r‖‖ the distance from its ray: the penalty-based boundary
/// intersection, with the ideal point 0 (Zhang and Li 2007, <i>MOEA/D</i>, IEEE Trans. Evolutionary Computation 11(6)).</summary>
/// <remarks>Scale: d₁'s weights r/‖r‖ have the norm 1; a common factor of the losses goes through. θ = 0 is the projection alone. On the ray d₂ has no
/// gradient, and gets 0. Entries of tasks without a label are left out of both vectors. As TorchJD's PBI.</remarks>
public sealed class Pbi : LossWeighting
{
    private static readonly Scalar Minus = -1.0;

    private readonly Scalar theta;
    private readonly StateTensor factors;

    /// <summary>Takes the preference.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="preference">r, T numbers above 0; 1/T each where left out.</param>
    /// <param name="theta">θ, at least 0; the paper's is 5.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the preference is not one number above 0 a task.</exception>
    public Pbi(int tasks, double[]? preference, double theta)
        : base(tasks)
    {
        this.theta = WeightingArguments.In<PbiAttribute>(theta);
        var r = WeightingArguments.Preference(tasks, preference);
        var length = Math.Sqrt(r.Sum(value => value * value));
        factors = KeepTensor("ray", tensor([.. r.Select(value => value / length)]));
    }

    /// <inheritdoc/>
    /// <remarks>A common factor of the losses goes through, so that the value is the product of the losses and the gradient (Euler): the graph has that product alone.</remarks>
    public override Tensor forward(Tensor input) => input.dot(Gradient(input));

    /// <summary>r/‖r‖ + θ e/‖e‖ with e = L − d₁ r/‖r‖, which is orthogonal to r.</summary>
    private Tensor Gradient(Tensor input)
    {
        using var frozen = no_grad();
        var ray = Present is null ? factors.Value : nn.functional.normalize(Filled(factors.Value, Absent.Zero), dim: 0, eps: Absent.Tiny);
        var away = input.addcmul(ray, input.dot(ray), Minus);
        return ray.addcdiv(away, away.norm().clamp_min(Absent.Least), theta);
    }
}
