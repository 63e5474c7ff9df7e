using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>A penalty Σ_c Ω_c(W_c) + Σ_s Ω_s(W) on weights W = Σ_c W_c: a single penalty, a penalty with smooth ones beside it, or a
/// decomposition of the weights into components with a penalty each («dirty» models).</summary>
public class StructuredPenalty
{
    /// <summary>Makes a penalty from those of its components and of their sum.</summary>
    /// <param name="components">The penalties Ω_c, one for each component; at least one.</param>
    /// <param name="smooth">The penalties Ω_s on the sum of the components; null for none.</param>
    /// <exception cref="UAmtflException">There is no component.</exception>
    public StructuredPenalty(IReadOnlyList<ProximalPenalty> components, IReadOnlyList<SmoothPenalty>? smooth = null)
    {
        if (components.Count == 0)
        {
            throw new UAmtflException(
                "A structured penalty has no component: give one penalty for each, new RidgePenalty(0) for weights that are free.");
        }

        (Components, Smooth) = (components, smooth ?? []);
    }

    /// <summary>The penalties Ω_c, one for each component of the weights.</summary>
    public IReadOnlyList<ProximalPenalty> Components { get; }

    /// <summary>The penalties Ω_s on the sum of the components.</summary>
    public IReadOnlyList<SmoothPenalty> Smooth { get; }

    /// <summary>Makes a structured penalty of a single component.</summary>
    /// <param name="penalty">The penalty Ω on the weights.</param>
    public static implicit operator StructuredPenalty(ProximalPenalty penalty) => new([penalty]);

    /// <summary>Returns the value of the penalty.</summary>
    /// <param name="components">The weights W_cᵀ [T, d], one for each of <see cref="Components"/>.</param>
    /// <returns>The penalty [].</returns>
    public Tensor Value(IReadOnlyList<Tensor> components)
    {
        using var scope = NewDisposeScope();
        var value = Components[0].Value(components[0]);
        for (var c = 1; c < components.Count; c++)
        {
            value += Components[c].Value(components[c]);
        }

        var weights = Sum(components);
        foreach (var smooth in Smooth)
        {
            value += smooth.Value(weights);
        }

        return value.MoveToOuterDisposeScope();
    }

    /// <summary>Measures how far the components are from minimising f(W) plus the penalty: the largest
    /// <see cref="ProximalPenalty.OptimalityGap"/> of a component.</summary>
    /// <param name="components">The weights W_cᵀ [T, d], one for each of <see cref="Components"/>.</param>
    /// <param name="gradient">The gradient ∇f(W) [T, d], without the penalty.</param>
    /// <returns>The distance, at least 0, in units of the gradient.</returns>
    public double OptimalityGap(IReadOnlyList<Tensor> components, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var weights = Sum(components);
        var total = Smooth.Aggregate(gradient, (sum, smooth) => sum + smooth.Gradient(weights));
        return Components.Zip(components, (penalty, component) => penalty.OptimalityGap(component, total)).Max();
    }

    private static Tensor Sum(IReadOnlyList<Tensor> components) =>
        components.Count == 1 ? components[0] : components.Aggregate((sum, next) => sum + next);
}
