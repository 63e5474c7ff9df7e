using TorchSharp;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Minimises a smooth maximum of the losses: the smooth Tchebycheff scalarisation, STCH, μ log Σ_t exp(λ_t L_t / μ) with the
/// ideal point 0 (Lin, Zhang, Yang, Liu, Wang and Zhang 2024, <i>Smooth Tchebycheff Scalarization for Multi-Objective Optimization</i>,
/// ICML). As μ falls to 0 it becomes max_t λ_t L_t.</summary>
/// <remarks>Scale: the weights are λ_t softmax(λL/μ)_t, which sum to 1/T for the default λ. The value and μ have the unit of the
/// losses. A task without a label is left out of the sum. This is the function of the paper and of TorchJD; LibMTL's STCH is another
/// function, <see cref="LogStch"/>.</remarks>
public sealed class Stch : LossWeighting
{
    private readonly Scalar negative;
    private readonly StateTensor factors, exponents;

    /// <summary>Sets the smoothing and the preference.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="smoothing">The smoothing μ, above 0.</param>
    /// <param name="preference">The preference λ, T numbers above 0; null for 1/T each.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the preference is not one number above 0 for each
    /// task.</exception>
    public Stch(int tasks, double smoothing, double[]? preference = null)
        : base(tasks)
    {
        negative = -WeightingArguments.In<StchAttribute>(smoothing);
        var lambda = WeightingArguments.Preference(tasks, preference);
        factors = KeepTensor("preference", tensor(lambda));
        exponents = KeepTensor("exponents", tensor([.. lambda.Select(value => value / smoothing)]));
    }

    /// <inheritdoc/>
    /// <remarks>μ log Σ exp x = Σ p_t μ x_t − μ Σ p_t log p_t with p = softmax(x), where μ x_t = λ_t L_t and the gradient is λ_t p_t.
    /// Only the product with that gradient is in the graph.</remarks>
    public override Tensor forward(Tensor input)
    {
        var (gradient, entropy) = Gradient(input);
        return input.dot(gradient).add(entropy, negative);
    }

    /// <summary>Returns the gradient λ p, and Σ p_t log p_t, which is 0 if no task has a label.</summary>
    private (Tensor Gradient, Tensor Entropy) Gradient(Tensor input)
    {
        using var frozen = no_grad();
        var logarithms = nn.functional.log_softmax(Filled(input * exponents.Value, Absent.Never), 0);
        var shares = Filled(logarithms.exp(), Absent.Zero);
        return (shares * factors.Value, shares.dot(logarithms));
    }
}
