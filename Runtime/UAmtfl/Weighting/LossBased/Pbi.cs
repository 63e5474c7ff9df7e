using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>d₁ + θ d₂ with d₁ = Lᵀr/‖r‖ the way along the preference r, and d₂ = ‖L − d₁ r/‖r‖‖ the distance from its ray: the penalty-based boundary
/// intersection, with the ideal point 0 (Zhang and Li 2007, <i>MOEA/D</i>, IEEE Trans. Evolutionary Computation 11(6)).</summary>
/// <remarks>Scale: d₁'s weights r/‖r‖ have the norm 1; a common factor of the losses goes through. θ = 0 is the projection alone. On the ray d₂ has no
/// gradient, and gets 0. Entries of tasks without a label are left out of both vectors. As TorchJD's PBI.</remarks>
public sealed class Pbi : LossWeighting
{
    private readonly double theta;
    private readonly StateTensor factors;

    /// <summary>Takes the preference.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="preference">r, T numbers above 0; 1/T each where left out.</param>
    /// <param name="theta">θ, at least 0; the paper's is 5.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the preference is not one number above 0 a task.</exception>
    public Pbi(int tasks, double[]? preference, double theta)
        : base(tasks)
    {
        this.theta = StrategyArguments.In<PbiAttribute>(theta);
        factors = KeepTensor("preference", tensor(StrategyArguments.Preference(tasks, preference)));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var r = Filled(factors.Value, Absent.Zero);
        var ray = r / r.norm().clamp_min(Absent.Tiny);
        var along = input.dot(ray);
        return along + ((input - (along * ray)).norm() * theta);
    }
}
