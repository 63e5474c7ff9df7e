using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The squared loss computed from Gram matrices: Σ_t ½ w_tᵀ A_t w_t − w_tᵀ c_t + f_t y_tᵀ y_t with A_t = 2 f_t X_tᵀ X_t,
/// c_t = 2 f_t X_tᵀ y_t and f_t the factor of a sample. A step costs T products of [d, d], whatever the number of samples; tasks with the
/// same rows share one A.</summary>
internal sealed class GramLoss : LinearLoss
{
    private readonly bool shared;
    private readonly Tensor gram;
    private readonly Tensor correlation;
    private readonly Tensor noBiases;

    /// <summary>Computes the Gram matrices from the data.</summary>
    /// <param name="data">Regression tasks.</param>
    public GramLoss(CentredData data)
    {
        shared = data.Shared;
        var (grams, correlations, squares) = (new List<Tensor>(), new List<Tensor>(), 0.0);
        for (var t = 0; t < data.Tasks; t++)
        {
            using var scope = NewDisposeScope();
            var (inputs, labels, factor) = (data.Inputs(t), data.Labels(t), data.Factors[t]);
            if (!shared || t == 0)
            {
                grams.Add((inputs.t().matmul(inputs) * (2 * factor)).MoveToOuterDisposeScope());
            }

            correlations.Add((inputs.t().matmul(labels) * (2 * factor)).MoveToOuterDisposeScope());
            squares += factor * labels.square().sum().item<double>();
        }

        (gram, correlation, AtZero) = (shared ? grams[0] : stack(grams), stack(correlations), squares);
        noBiases = zeros(data.Tasks, dtype: ScalarType.Float64);
    }

    /// <inheritdoc/>
    public override double AtZero { get; }

    /// <inheritdoc/>
    public override (Tensor Value, Tensor Weights, Tensor Biases) At(Tensor weights, Tensor biases)
    {
        // The best intercepts of centred data are 0.
        var product = shared ? weights.matmul(gram) : gram.bmm(weights.unsqueeze(2)).squeeze(2);
        var value = (weights * ((product * 0.5) - correlation)).sum() + AtZero;
        return (value, product - correlation, noBiases.alias());
    }
}
