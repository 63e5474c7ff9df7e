using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Losses;

/// <summary>Computes weights of labels that make up for their shares among the labels of the training set.</summary>
/// <remarks>Label 1 of a binary task gets w = n₀ / n₁. Class k of a classification gets w_k = N / (K n_k) with K classes that have labels,
/// so that the mean of the weights over the labels is 1 (King and Zeng, «Logistic regression in rare events data», Political Analysis 9,
/// 2001, section 4.2, with equal shares of the population; the factor is that of scikit-learn). Labels that are probabilities count as
/// such.</remarks>
public static class BalancedWeights
{
    /// <summary>Sets the weights of label 1 of neighbouring binary tasks; 1 for a task that does not have both labels.</summary>
    /// <param name="weights">The weights [T] of all tasks, in which those of the G tasks are replaced.</param>
    /// <param name="labels">All labels of the training set.</param>
    /// <param name="first">The index of the first of the G tasks.</param>
    /// <param name="count">The number G of tasks.</param>
    public static void Binary(Tensor weights, Labels labels, long first, long count)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var all = labels.Counts(weights.shape[0]).narrow(0, first, count);
        var ones = (labels.Owner is { } owner
            ? zeros_like(weights, dtype: labels.Values.dtype).index_add_(0, owner, labels.Values, 1)
            : labels.Values.sum(dim: 0)).narrow(0, first, count);
        weights.narrow(0, first, count).copy_(where(ones.gt(0).logical_and(ones.lt(all)), (all - ones) / ones, ones_like(ones)));
    }

    /// <summary>Sets the weights of the classes of neighbouring classifications with K classes each; 1 for a class without a
    /// label.</summary>
    /// <param name="weights">The weights [M] of all outputs, in which those of the G tasks are replaced.</param>
    /// <param name="labels">All labels of the training set.</param>
    /// <param name="first">The index of the first of the G tasks.</param>
    /// <param name="count">The number G of tasks.</param>
    /// <param name="column">The first output of the first of these tasks.</param>
    /// <param name="classes">The number K of classes of each task.</param>
    public static void Classes(Tensor weights, Labels labels, long first, long count, long column, long classes)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var ofClasses = stack([.. Enumerable.Range(0, (int)count).Select(g => CountsOf(labels, first + g, classes))]);   // n_k  [G, K]
        var (present, all) = (ofClasses.gt(0), ofClasses.sum([1L], keepdim: true));
        var balanced = all / (ofClasses * present.sum([1L], keepdim: true));
        weights.narrow(0, column, count * classes).copy_(where(present, balanced, ones_like(balanced)).flatten());
    }

    /// <summary>The number of labels of each class of a task, [K], float64.</summary>
    private static Tensor CountsOf(Labels labels, long task, long classes)
    {
        if (labels.Owner is { } owner)
        {
            return labels.Values.masked_select(owner.eq(task)).to(ScalarType.Int64).bincount(null, classes).to(ScalarType.Float64);
        }

        var observed = labels.Observed?.select(1, task).to(ScalarType.Float64);
        if (labels.Probabilities is { } probabilities)
        {
            var own = probabilities.select(1, task).narrow(1, 0, classes).to(ScalarType.Float64);
            return (observed is null ? own : own * observed.unsqueeze(1)).sum(dim: 0);
        }

        return labels.Values.select(1, task).to(ScalarType.Int64).bincount(observed, classes).to(ScalarType.Float64);
    }
}
