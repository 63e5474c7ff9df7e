using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Computes penalties on weights as terms of an objective, and the steps that apply them after a step of the optimiser.</summary>
public static partial class Penalty
{
    /// <summary>Returns strength · Σ |w| (Lee et al. 2018, eq. 3 to 7), whose gradient at 0 is taken as 0.</summary>
    /// <param name="weights">One or more tensors of weights, of any shapes.</param>
    /// <param name="strength">The strength μ, at least 0.</param>
    /// <returns>The penalty [].</returns>
    public static Tensor L1(IReadOnlyList<Tensor> weights, double strength)
    {
        var sum = weights[0].abs().sum();
        for (var i = 1; i < weights.Count; i++)
        {
            sum += weights[i].abs().sum();
        }

        return strength * sum;
    }

    /// <summary>Applies the proximal operator of threshold · Σ |w| in place: w becomes sign(w) max(|w| − threshold, 0). Parameters that
    /// are not trained stay as they are. Call it under no_grad.</summary>
    /// <param name="weights">Tensors of weights, of any shapes.</param>
    /// <param name="threshold">The learning rate times μ, at least 0.</param>
    public static void Shrink(IReadOnlyList<Tensor> weights, double threshold)
    {
        if (threshold == 0)
        {
            return;
        }

        foreach (var weight in weights.Where(w => !IsFrozen(w)))
        {
            weight.sub_(weight.clamp(-threshold, threshold));
        }
    }

    /// <summary>Returns decay/2 · Σ w², the term of the objective that the weight decay of a parameter group stands for. Only reports
    /// and tests use it, because in training the optimiser adds its gradient.</summary>
    /// <param name="weights">One or more tensors of weights, of any shapes.</param>
    /// <param name="decay">The strength λ, at least 0.</param>
    /// <returns>The penalty [].</returns>
    public static Tensor L2(IReadOnlyList<Tensor> weights, double decay)
    {
        var sum = weights[0].square().sum();
        for (var i = 1; i < weights.Count; i++)
        {
            sum += weights[i].square().sum();
        }

        return decay / 2 * sum;
    }

    /// <summary>True if a weight is a parameter that is not trained.</summary>
    private static bool IsFrozen(Tensor weight) => weight is TorchSharp.Modules.Parameter { requires_grad: false };
}
