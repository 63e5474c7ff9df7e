using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Losses;

// These are the losses of data sets whose rows belong to one task each: a row counts for its own task, by the output of that task's head.
//
// ℓ_t = 1/B Σ_i (N / N_t) ℓ(o_t,i, y_i) over the rows i of task t in a batch of B rows out of N. Over the whole training set it is the
// task's mean. Over a batch it is an unbiased estimate of that mean, even if most tasks have no row in the batch. The mean over the
// task's rows in the batch is not used, because a task would count less the fewer rows it has.
public static partial class Loss
{
    /// <summary>Returns N / N_t, the weight of each row of task t in a data set whose rows belong to one task each.</summary>
    /// <param name="counts">The number N_t of training rows of each task, [T]; above 0.</param>
    /// <returns>The weights [T].</returns>
    public static Tensor RowWeights(Tensor counts)
    {
        using var scope = NewDisposeScope();
        return (counts.sum() / counts).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the binary cross-entropy of each task from rows that belong to one task each: 1/B Σ_i (N / N_t) ℓ(o_t,i, y_i)
    /// over the task's rows.</summary>
    /// <param name="logits">The outputs o [N, G] of tasks first … first + G − 1.</param>
    /// <param name="labels">The labels y [N], 0 or 1, with the task of each row.</param>
    /// <param name="rowWeights">The weights [T] from <see cref="RowWeights"/>.</param>
    /// <param name="first">The index of the first task among the outputs.</param>
    /// <param name="positive">The weights [G] of label 1, above 0; null for 1.</param>
    /// <param name="smoothing">ε, at least 0 and below 1, as in <see cref="Binary"/>.</param>
    /// <returns>The losses [G].</returns>
    public static Tensor OwnBinary(
        Tensor logits, Labels labels, Tensor rowWeights, long first = 0, Tensor? positive = null, double smoothing = 0)
    {
        var (own, inside) = Own(logits.shape[1], labels, rowWeights, first);
        // Labels of other kinds of task are set to 0 first, because their loss may be infinite, and 0 · ∞ is not 0.
        var values = inside is null ? labels.Values : labels.Values * inside;
        var ownLogits = logits.gather(1, own.unsqueeze(1)).squeeze(1);
        var losses = BinaryOf(ownLogits, values, positive?.index_select(0, own), smoothing);
        return Sum(losses, own, inside, rowWeights, first, logits.shape[1]);
    }

    /// <summary>Returns the squared error of each task from rows that belong to one task each: 1/B Σ_i (N / N_t) (o_t,i − y_i)² over
    /// the task's rows.</summary>
    /// <param name="outputs">The outputs o [N, G] of tasks first … first + G − 1.</param>
    /// <param name="labels">The labels y [N], with the task of each row.</param>
    /// <param name="rowWeights">The weights [T] from <see cref="RowWeights"/>.</param>
    /// <param name="first">The index of the first task among the outputs.</param>
    /// <returns>The losses [G].</returns>
    public static Tensor OwnSquared(Tensor outputs, Labels labels, Tensor rowWeights, long first = 0)
    {
        var (own, inside) = Own(outputs.shape[1], labels, rowWeights, first);
        var losses = (outputs.gather(1, own.unsqueeze(1)).squeeze(1) - labels.Values).square();
        return Sum(losses, own, inside, rowWeights, first, outputs.shape[1]);
    }

    /// <summary>Returns the softmax cross-entropy of each task from rows that belong to one task each: 1/B Σ_i (N / N_t) ℓ(o_t,i, y_i)
    /// over the task's rows.</summary>
    /// <param name="logits">The outputs o [N, G, K] of tasks first … first + G − 1.</param>
    /// <param name="labels">The labels y [N], 0, 1, … K − 1, with the task of each row.</param>
    /// <param name="rowWeights">The weights [T] from <see cref="RowWeights"/>.</param>
    /// <param name="first">The index of the first task among the outputs.</param>
    /// <param name="smoothing">ε, at least 0 and below 1, as in <see cref="Softmax"/>.</param>
    /// <param name="weights">The weights w [G, K] of the classes, as in <see cref="Softmax"/>: the loss is divided by the mean of w_y over
    /// the task's rows in the batch. Null for 1.</param>
    /// <returns>The losses [G].</returns>
    public static Tensor OwnSoftmax(
        Tensor logits, Labels labels, Tensor rowWeights, long first = 0, double smoothing = 0, Tensor? weights = null)
    {
        var (own, inside) = Own(logits.shape[1], labels, rowWeights, first);
        var index = own.view(-1, 1, 1).expand(-1, 1, logits.shape[2]);
        var classes = (inside is null ? labels.Values : labels.Values * inside).to(ScalarType.Int64);
        var losses = SoftmaxOf(logits.gather(1, index).squeeze(1), classes, smoothing, weights?.index_select(0, own));
        var sum = Sum(losses, own, inside, rowWeights, first, logits.shape[1]);
        return weights is null ? sum : sum / OwnMeanWeight(weights, labels.Whole, rowWeights, first);
    }

    /// <summary>The mean of w_y over the rows of each task, [G]; 1 for a task without any.</summary>
    private static Tensor OwnMeanWeight(Tensor weights, Labels labels, Tensor rowWeights, long first)
    {
        var (own, inside) = Own(weights.shape[0], labels, rowWeights, first);
        var classes = (inside is null ? labels.Values : labels.Values * inside).to(ScalarType.Int64);
        var ofRows = weights.index_select(0, own).gather(1, classes.unsqueeze(1)).squeeze(1);
        var sum = Sum(ofRows, own, inside, rowWeights, first, weights.shape[0]);
        return (sum / Sum(ones_like(labels.Values), own, inside, rowWeights, first, weights.shape[0])).nan_to_num(1);
    }

    /// <summary>Scales a term of the objective that each task has once, such as δ_t or log σ_t, for a batch whose rows belong to one
    /// task each: N/N_t · n_t/B times the value, with n_t of the batch's B rows of task t. The result is 0 for a task without a row,
    /// and its mean over batches is the value.</summary>
    /// <param name="values">The terms [T], or [1] for all tasks; finite.</param>
    /// <param name="labels">The labels y [N], with the task of each row.</param>
    /// <param name="rowWeights">The weights [T] from <see cref="RowWeights"/>.</param>
    /// <returns>The scaled terms [T].</returns>
    public static Tensor OwnPresent(Tensor values, Labels labels, Tensor rowWeights)
    {
        var (own, _) = Own(rowWeights.shape[0], labels, rowWeights, 0);
        return values * Sum(ones_like(labels.Values), own, null, rowWeights, 0, rowWeights.shape[0]);
    }

    /// <summary>Returns for each row the index of its task among those of the outputs, and 1 if its task is among them, else 0; null in
    /// place of the second if the outputs are those of all tasks.</summary>
    private static (Tensor Own, Tensor? Inside) Own(long group, Labels labels, Tensor rowWeights, long first)
    {
        var owner = labels.Owner ?? throw new ArgumentException("The labels name no task for each row.", nameof(labels));
        if (group == rowWeights.shape[0])
        {
            return (owner, null);
        }

        var shifted = owner - first;
        var own = shifted.clamp(0, group - 1);
        return (own, own.eq(shifted).to(labels.Values.dtype));
    }

    private static Tensor Sum(Tensor losses, Tensor own, Tensor? inside, Tensor rowWeights, long first, long group)
    {
        var sums = zeros(group, dtype: losses.dtype, device: losses.device).scatter_add(0, own, inside is null ? losses : losses * inside);
        return sums * rowWeights.narrow(0, first, group) / losses.shape[0];
    }
}
