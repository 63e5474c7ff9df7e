using UAmtfl.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Losses;

/// <summary>Computes the losses of all tasks of a kind at once, as means over the observed labels of each task. A missing label changes no
/// loss and no gradient; a task without any label in the batch has loss 0.</summary>
public static partial class Loss
{
    /// <summary>Returns the mean binary cross-entropy of each task, −w y log p − (1 − y) log(1 − p) with p = 1 / (1 + exp(−o)), stable for
    /// any logit (Lee et al. 2018, section 3, where w = 1).</summary>
    /// <param name="logits">The outputs o [N, T].</param>
    /// <param name="labels">The labels y [N, T], 0 or 1, or the probabilities of 1.</param>
    /// <param name="positive">The weights w [T] of label 1, above 0; null for 1.</param>
    /// <param name="smoothing">ε, at least 0 and below 1: y is replaced by (1 − ε) y + ε / 2 (Szegedy et al. 2016).</param>
    /// <returns>The losses [T].</returns>
    public static Tensor Binary(Tensor logits, Labels labels, Tensor? positive = null, double smoothing = 0) =>
        Mean(BinaryOf(logits, labels.Values, positive, smoothing), labels);

    /// <summary>Returns the mean squared error of each task, (o − y)².</summary>
    /// <param name="outputs">The outputs o [N, T].</param>
    /// <param name="labels">The labels y [N, T].</param>
    /// <returns>The losses [T].</returns>
    public static Tensor Squared(Tensor outputs, Labels labels) => Mean((outputs - labels.Values).square(), labels);

    /// <summary>Returns the mean softmax cross-entropy of each task, −(1 − ε) log softmax(o)_y − ε/K Σ_k log softmax(o)_k.</summary>
    /// <param name="logits">The outputs o [N, T, K].</param>
    /// <param name="labels">The labels y [N, T], 0, 1, … K − 1, or the probabilities p of the classes, with which the loss is its mean
    /// −(1 − ε) Σ_k p_k log softmax(o)_k − ε/K Σ_k log softmax(o)_k (noise-aware training, Ratner et al. 2019).</param>
    /// <param name="smoothing">ε, at least 0 and below 1 (Szegedy et al. 2016).</param>
    /// <param name="weights">The weights w [T, K] of the classes, above 0: log softmax(o)_k counts w_k times, and the mean is divided by
    /// that of the rows' w_y, as in PyTorch's cross_entropy. Null for 1.</param>
    /// <returns>The losses [T].</returns>
    public static Tensor Softmax(Tensor logits, Labels labels, double smoothing = 0, Tensor? weights = null)
    {
        var losses = labels.Probabilities is { } probabilities
            ? SoftOf(logits, probabilities.narrow(2, 0, logits.shape[2]), smoothing, weights)
            : SoftmaxOf(logits, labels.Values.to(ScalarType.Int64), smoothing, weights);
        var mean = Mean(losses, labels);
        return weights is null ? mean : mean / MeanWeight(weights, labels.Whole);
    }

    /// <summary>Sets a term of the objective that each task has once, such as δ_t or log σ_t, to 0 for the tasks without a label in the
    /// batch, so that such a task adds nothing to the objective and its parameters get no gradient.</summary>
    /// <param name="values">The terms [T], or [1] for all tasks; finite.</param>
    /// <param name="labels">The labels y [N, T].</param>
    /// <returns>The terms [T]; the values themselves if no label is missing.</returns>
    public static Tensor Present(Tensor values, Labels labels) =>
        labels.Observed is { } observed ? values * labels.Present(observed.shape[1])! : values;

    private static Tensor BinaryOf(Tensor logits, Tensor labels, Tensor? positive, double smoothing) => F.binary_cross_entropy_with_logits(
        logits,
        smoothing == 0 ? labels : (labels * (1 - smoothing)) + (smoothing / 2),
        reduction: nn.Reduction.None,
        pos_weights: positive);

    /// <summary>The losses of rows […, K] of logits with the classes […], int64.</summary>
    private static Tensor SoftmaxOf(Tensor logits, Tensor classes, double smoothing, Tensor? weights)
    {
        var logs = F.log_softmax(logits, -1);
        logs = weights is null ? logs : logs * weights;
        var losses = -logs.gather(-1, classes.unsqueeze(-1)).squeeze(-1);
        return smoothing == 0 ? losses : (losses * (1 - smoothing)) - (logs.mean([-1L]) * smoothing);
    }

    /// <summary>The losses of rows [N, T, K] of logits with the probabilities [N, T, K] of the classes.</summary>
    private static Tensor SoftOf(Tensor logits, Tensor probabilities, double smoothing, Tensor? weights)
    {
        var logs = F.log_softmax(logits, -1);
        logs = weights is null ? logs : logs * weights;
        var losses = -(logs * probabilities).sum([-1L]);
        return smoothing == 0 ? losses : (losses * (1 - smoothing)) - (logs.mean([-1L]) * smoothing);
    }

    /// <summary>The mean of w_y over the labels of each task, [T]; 1 for a task without any.</summary>
    private static Tensor MeanWeight(Tensor weights, Labels labels)
    {
        var ofRows = labels.Probabilities is { } probabilities
            ? (probabilities.narrow(2, 0, weights.shape[1]) * weights).sum([-1L])
            : weights.expand(labels.Values.shape[0], -1, -1).gather(2, labels.Values.to(ScalarType.Int64).unsqueeze(2)).squeeze(2);
        var mean = Mean(ofRows, labels);
        return mean + mean.eq(0);
    }

    private static Tensor Mean(Tensor losses, Labels labels) => labels.Observed is not { } observed
        ? losses.mean([0L])
        : (losses * observed).sum(dim: 0) / (labels.Divisors ?? observed.sum(dim: 0).clamp_min(1));
}
