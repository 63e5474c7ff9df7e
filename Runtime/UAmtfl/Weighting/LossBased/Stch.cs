using TorchSharp;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>μ log Σ_t exp(λ_t L_t / μ): the smooth Tchebycheff scalarisation, STCH, with the ideal point 0 (Lin, Zhang, Yang, Liu, Wang and Zhang 2024,
/// <i>Smooth Tchebycheff Scalarization for Multi-Objective Optimization</i>, ICML). As μ falls to 0 it becomes max_t λ_t L_t.</summary>
/// <remarks>Scale: the weights are λ_t softmax(λL/μ)_t, which sum to 1/T where λ is left out; the value is in the units of the losses, and
/// so is μ. A task without a label is left out of the sum. This is the paper's function, and TorchJD's of the losses; what LibMTL calls STCH is
/// another function, <see cref="LogStch"/>.</remarks>
public sealed class Stch : LossWeighting
{
    private readonly Scalar negative;
    private readonly StateTensor factors, exponents;

    /// <summary>Takes the preference.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="smoothing">μ, above 0.</param>
    /// <param name="preference">λ, T numbers above 0; 1/T each where left out.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the preference is not one number above 0 a task.</exception>
    public Stch(int tasks, double smoothing, double[]? preference = null)
        : base(tasks)
    {
        negative = -WeightingArguments.In<StchAttribute>(smoothing);
        var lambda = WeightingArguments.Preference(tasks, preference);
        factors = KeepTensor("preference", tensor(lambda));
        exponents = KeepTensor("exponents", tensor([.. lambda.Select(value => value / smoothing)]));
    }

    /// <inheritdoc/>
    /// <remarks>μ log Σ exp x = Σ p_t μ x_t − μ Σ p_t log p_t with p = softmax(x), where μ x_t = λ_t L_t and the gradient is λ_t p_t: the graph has the product with that alone.</remarks>
    public override Tensor forward(Tensor input)
    {
        var (gradient, entropy) = Gradient(input);
        return input.dot(gradient).add(entropy, negative);
    }

    /// <summary>λ p, and Σ p_t log p_t, which is 0 where no task has a label.</summary>
    private (Tensor Gradient, Tensor Entropy) Gradient(Tensor input)
    {
        using var frozen = no_grad();
        var logarithms = nn.functional.log_softmax(Filled(input * exponents.Value, Absent.Never), 0);
        var shares = Filled(logarithms.exp(), Absent.Zero);
        return (shares * factors.Value, shares.dot(logarithms));
    }
}
