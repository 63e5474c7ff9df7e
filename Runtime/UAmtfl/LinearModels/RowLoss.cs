using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>Computes squared and logistic losses from the rows, in one product for all tasks, which are padded to the longest; tasks
/// with the same rows share one matrix.</summary>
internal sealed class RowLoss : LinearLoss
{
    private readonly bool intercept;
    private readonly bool shared;
    private readonly Tensor inputs;
    private readonly Tensor labels;
    private readonly Tensor logistic;
    private readonly Tensor squared;

    /// <summary>Copies the data into one tensor for all tasks.</summary>
    /// <param name="data">Regression and binary tasks.</param>
    public RowLoss(CentredData data)
    {
        (intercept, shared) = (data.Intercept, data.Shared);
        var rows = data.Longest;
        inputs = shared ? data.Inputs(0) : zeros(data.Tasks, rows, data.Dimension, dtype: ScalarType.Float64);
        labels = zeros(data.Tasks, rows, dtype: ScalarType.Float64);
        logistic = zeros_like(labels);
        squared = zeros_like(labels);
        for (var t = 0; t < data.Tasks; t++)
        {
            using var scope = NewDisposeScope();
            var own = data.Labels(t);
            labels[t].narrow(0, 0, own.shape[0]).copy_(own);
            (data.IsBinary(t) ? logistic : squared)[t].narrow(0, 0, own.shape[0]).fill_(data.Factors[t]);
            if (!shared)
            {
                inputs[t].narrow(0, 0, own.shape[0]).copy_(data.Inputs(t));
            }
        }

        using var once = NewDisposeScope();
        AtZero = At(
            zeros(data.Tasks, data.Dimension, dtype: ScalarType.Float64),
            zeros(data.Tasks, dtype: ScalarType.Float64)).Value.item<double>();
    }

    /// <inheritdoc/>
    public override double AtZero { get; }

    /// <inheritdoc/>
    public override (Tensor Value, Tensor Weights, Tensor Biases) At(Tensor weights, Tensor biases)
    {
        var products = shared ? weights.matmul(inputs.t()) : inputs.bmm(weights.unsqueeze(2)).squeeze(2);
        var outputs = products + biases.unsqueeze(1);
        var residuals = outputs - labels;
        var entropy = nn.functional.binary_cross_entropy_with_logits(outputs, labels, reduction: nn.Reduction.None);
        var value = ((squared * residuals.square()) + (logistic * entropy)).sum();
        var slopes = (squared * residuals * 2) + (logistic * (outputs.sigmoid() - labels));
        var gradient = shared ? slopes.matmul(inputs) : slopes.unsqueeze(1).bmm(inputs).squeeze(1);
        return (value, gradient, intercept ? slopes.sum(dim: 1) : zeros_like(biases));
    }
}
