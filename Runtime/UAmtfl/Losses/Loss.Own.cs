using TorchSharp;
using UAmtfl.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Losses;

// Where each row is of one task: a row counts for its own task, by the output of that task's head.
//
// ℓ_t = 1/B Σ_i (N / N_t) ℓ(o_t,i, y_i) over the rows i of task t in a batch of B rows out of N. Over the whole training set it is the
// task's mean; over a batch it is an estimate of that without bias, also where most tasks have no row in it. (The mean over the
// task's rows in the batch would count a task the less, the fewer rows it has.)
public static partial class Loss
{
    /// <summary>N / N_t, what a row of each task counts where each row is of one task.</summary>
    /// <param name="counts">N_t [T], how many training rows each task has; above 0.</param>
    /// <returns>[T]</returns>
    public static Tensor RowWeights(Tensor counts)
    {
        using var scope = NewDisposeScope();
        return (counts.sum() / counts).MoveToOuterDisposeScope();
    }

    /// <summary>Binary cross-entropy where each row is of one task: 1/B Σ_i (N / N_t) ℓ(o_t,i, y_i) over the task's rows.</summary>
    /// <param name="logits">o [N, G], the outputs of tasks first … first + G − 1.</param>
    /// <param name="labels">y [N], 0 or 1, with an owner.</param>
    /// <param name="rowWeights">[T], from <see cref="RowWeights"/>.</param>
    /// <param name="first">The first task that the outputs are of.</param>
    /// <returns>[G]</returns>
    public static Tensor OwnBinary(Tensor logits, Labels labels, Tensor rowWeights, long first = 0)
    {
        var (own, inside) = Own(logits.shape[1], labels, rowWeights, first);
        // A label of another kind of task would give a loss that is not finite, and 0 · ∞ is no 0.
        var values = inside is null ? labels.Values : labels.Values * inside;
        var losses = F.binary_cross_entropy_with_logits(logits.gather(1, own.unsqueeze(1)).squeeze(1), values, reduction: nn.Reduction.None);
        return Sum(losses, own, inside, rowWeights, first, logits.shape[1]);
    }

    /// <summary>Squared error where each row is of one task: 1/B Σ_i (N / N_t) (o_t,i − y_i)² over the task's rows.</summary>
    /// <param name="outputs">o [N, G], the outputs of tasks first … first + G − 1.</param>
    /// <param name="labels">y [N], with an owner.</param>
    /// <param name="rowWeights">[T], from <see cref="RowWeights"/>.</param>
    /// <param name="first">The first task that the outputs are of.</param>
    /// <returns>[G]</returns>
    public static Tensor OwnSquared(Tensor outputs, Labels labels, Tensor rowWeights, long first = 0)
    {
        var (own, inside) = Own(outputs.shape[1], labels, rowWeights, first);
        var losses = (outputs.gather(1, own.unsqueeze(1)).squeeze(1) - labels.Values).square();
        return Sum(losses, own, inside, rowWeights, first, outputs.shape[1]);
    }

    /// <summary>Softmax cross-entropy where each row is of one task: 1/B Σ_i (N / N_t) ℓ(o_t,i, y_i) over the task's rows.</summary>
    /// <param name="logits">o [N, G, K], the outputs of tasks first … first + G − 1.</param>
    /// <param name="labels">y [N], 0, 1, … K − 1, with an owner.</param>
    /// <param name="rowWeights">[T], from <see cref="RowWeights"/>.</param>
    /// <param name="first">The first task that the outputs are of.</param>
    /// <returns>[G]</returns>
    public static Tensor OwnSoftmax(Tensor logits, Labels labels, Tensor rowWeights, long first = 0)
    {
        var (own, inside) = Own(logits.shape[1], labels, rowWeights, first);
        var index = own.view(-1, 1, 1).expand(-1, 1, logits.shape[2]);
        var logs = F.log_softmax(logits.gather(1, index).squeeze(1), 1);
        var classes = (inside is null ? labels.Values : labels.Values * inside).to(ScalarType.Int64).unsqueeze(1);
        return Sum(-logs.gather(1, classes).squeeze(1), own, inside, rowWeights, first, logits.shape[1]);
    }

    /// <summary>What counts once a task and not once a row (δ_t, log σ_t), where each row is of one task: N/N_t · n_t/B times the value, with n_t of the
    /// batch's B rows of task t. It is 0 for a task without a row, and its mean over batches is the value, as that of the losses is the task's mean.</summary>
    /// <param name="values">[T], or [1] for all tasks; finite.</param>
    /// <param name="labels">y [N], with an owner.</param>
    /// <param name="rowWeights">[T], from <see cref="RowWeights"/>.</param>
    /// <returns>[T]</returns>
    public static Tensor OwnPresent(Tensor values, Labels labels, Tensor rowWeights)
    {
        var (own, _) = Own(rowWeights.shape[0], labels, rowWeights, 0);
        return values * Sum(ones_like(labels.Values), own, null, rowWeights, 0, rowWeights.shape[0]);
    }

    /// <summary>The row's task among those of the outputs, and 1 where it is one of them; null where all are.</summary>
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
