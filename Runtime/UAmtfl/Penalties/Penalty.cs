using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Penalties on weights.</summary>
public static partial class Penalty
{
    /// <summary>strength · Σ |w| (Lee et al. 2018, eq. 3 to 7). Its gradient at 0 is taken as 0.</summary>
    /// <param name="weights">Weights of any shapes; at least one.</param>
    /// <param name="strength">μ, at least 0.</param>
    /// <returns>[]</returns>
    public static Tensor L1(IReadOnlyList<Tensor> weights, double strength)
    {
        var sum = weights[0].abs().sum();
        for (var i = 1; i < weights.Count; i++)
        {
            sum += weights[i].abs().sum();
        }

        return strength * sum;
    }

    /// <summary>The proximal operator of threshold · Σ |w|, in place: w becomes sign(w) max(|w| − threshold, 0). Parameters that are not
    /// trained stay as they are. To be called under no_grad.</summary>
    /// <param name="weights">Weights of any shapes.</param>
    /// <param name="threshold">Learning rate · μ, at least 0.</param>
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

    /// <summary>decay/2 · Σ w²: what the weight decay of a parameter group adds to the objective. Training does not compute it, since
    /// the optimiser adds its gradient; it is here for reports and tests.</summary>
    /// <param name="weights">Weights of any shapes; at least one.</param>
    /// <param name="decay">λ, at least 0.</param>
    /// <returns>[]</returns>
    public static Tensor L2(IReadOnlyList<Tensor> weights, double decay)
    {
        var sum = weights[0].square().sum();
        for (var i = 1; i < weights.Count; i++)
        {
            sum += weights[i].square().sum();
        }

        return decay / 2 * sum;
    }

    /// <summary>True for a parameter that is not trained.</summary>
    private static bool IsFrozen(Tensor weight) => weight is TorchSharp.Modules.Parameter { requires_grad: false };
}
