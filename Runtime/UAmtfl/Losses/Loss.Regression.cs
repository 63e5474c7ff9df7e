using UAmtfl.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Losses;

// These are the losses that a regression can have in place of the squared error, for both shapes of data.
public static partial class Loss
{
    /// <summary>Returns the mean absolute error of each task, |o − y|. Its derivative at o = y is 0.</summary>
    /// <param name="outputs">The outputs o [N, T].</param>
    /// <param name="labels">The labels y [N, T].</param>
    /// <returns>The losses [T].</returns>
    public static Tensor Absolute(Tensor outputs, Labels labels) => Mean(AbsoluteOf(outputs, labels.Values), labels);

    /// <summary>Returns the mean Huber loss of each task, ½ r² if |r| ≤ δ, else δ (|r| − ½ δ), with r = o − y (Huber, Annals of
    /// Mathematical Statistics 35, 1964).</summary>
    /// <param name="outputs">The outputs o [N, T].</param>
    /// <param name="labels">The labels y [N, T].</param>
    /// <param name="delta">δ, above 0.</param>
    /// <returns>The losses [T].</returns>
    public static Tensor Huber(Tensor outputs, Labels labels, double delta) => Mean(HuberOf(outputs, labels.Values, delta), labels);

    /// <summary>Returns the mean quantile loss of each task, max(τ (y − o), (τ − 1) (y − o)) (Koenker and Bassett, Econometrica 46,
    /// 1978). Its derivative at o = y is −τ.</summary>
    /// <param name="outputs">The outputs o [N, T].</param>
    /// <param name="labels">The labels y [N, T].</param>
    /// <param name="level">τ, above 0 and below 1.</param>
    /// <returns>The losses [T].</returns>
    public static Tensor Quantile(Tensor outputs, Labels labels, double level) =>
        Mean(QuantileOf(outputs, labels.Values, level), labels);

    /// <summary>Returns the mean Poisson loss of each task, exp(o) − y − y (o − log y), which is at least 0 and is 0 at exp(o) = y; with
    /// 0 log 0 = 0. Its derivative is exp(o) − y.</summary>
    /// <param name="outputs">The outputs o [N, T], logarithms of rates.</param>
    /// <param name="labels">The labels y [N, T], at least 0.</param>
    /// <returns>The losses [T].</returns>
    public static Tensor Poisson(Tensor outputs, Labels labels) => Mean(PoissonOf(outputs, labels.Values), labels);

    /// <summary>Returns the absolute error of each task from rows that belong to one task each: 1/B Σ_i (N / N_t) |o_t,i − y_i| over
    /// the task's rows.</summary>
    /// <param name="outputs">The outputs o [N, G] of tasks first … first + G − 1.</param>
    /// <param name="labels">The labels y [N], with the task of each row.</param>
    /// <param name="rowWeights">The weights [T] from <see cref="RowWeights"/>.</param>
    /// <param name="first">The index of the first task among the outputs.</param>
    /// <returns>The losses [G].</returns>
    public static Tensor OwnAbsolute(Tensor outputs, Labels labels, Tensor rowWeights, long first = 0) =>
        OfOwn(outputs, labels, rowWeights, first, AbsoluteOf);

    /// <summary>Returns the loss of <see cref="Huber"/> of each task from rows that belong to one task each, weighted by
    /// N / N_t.</summary>
    /// <param name="outputs">The outputs o [N, G] of tasks first … first + G − 1.</param>
    /// <param name="labels">The labels y [N], with the task of each row.</param>
    /// <param name="rowWeights">The weights [T] from <see cref="RowWeights"/>.</param>
    /// <param name="delta">δ, above 0.</param>
    /// <param name="first">The index of the first task among the outputs.</param>
    /// <returns>The losses [G].</returns>
    public static Tensor OwnHuber(Tensor outputs, Labels labels, Tensor rowWeights, double delta, long first = 0) =>
        OfOwn(outputs, labels, rowWeights, first, (o, y) => HuberOf(o, y, delta));

    /// <summary>Returns the loss of <see cref="Quantile"/> of each task from rows that belong to one task each, weighted by
    /// N / N_t.</summary>
    /// <param name="outputs">The outputs o [N, G] of tasks first … first + G − 1.</param>
    /// <param name="labels">The labels y [N], with the task of each row.</param>
    /// <param name="rowWeights">The weights [T] from <see cref="RowWeights"/>.</param>
    /// <param name="level">τ, above 0 and below 1.</param>
    /// <param name="first">The index of the first task among the outputs.</param>
    /// <returns>The losses [G].</returns>
    public static Tensor OwnQuantile(Tensor outputs, Labels labels, Tensor rowWeights, double level, long first = 0) =>
        OfOwn(outputs, labels, rowWeights, first, (o, y) => QuantileOf(o, y, level));

    /// <summary>Returns the loss of <see cref="Poisson"/> of each task from rows that belong to one task each, weighted by
    /// N / N_t.</summary>
    /// <param name="outputs">The outputs o [N, G] of tasks first … first + G − 1.</param>
    /// <param name="labels">The labels y [N], with the task of each row.</param>
    /// <param name="rowWeights">The weights [T] from <see cref="RowWeights"/>.</param>
    /// <param name="first">The index of the first task among the outputs.</param>
    /// <returns>The losses [G].</returns>
    public static Tensor OwnPoisson(Tensor outputs, Labels labels, Tensor rowWeights, long first = 0)
    {
        // Labels of other tasks may be negative, and the logarithm of those is not a number.
        var counts = labels with { Values = labels.Values.clamp_min(0) };
        return OfOwn(outputs, counts, rowWeights, first, PoissonOf);
    }

    /// <summary>Returns the mean of a loss of your own over the labels of each task.</summary>
    /// <param name="outputs">The outputs o [N, T].</param>
    /// <param name="labels">The labels y [N, T].</param>
    /// <param name="loss">The loss.</param>
    /// <returns>The losses [T].</returns>
    /// <exception cref="UAmtflException">The loss gives another shape than that of the outputs.</exception>
    public static Tensor By(Tensor outputs, Labels labels, TaskLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Mean(loss.Checked(outputs, labels.Values, labels.Observed), labels);
    }

    /// <summary>Returns a loss of your own of each task from rows that belong to one task each, weighted by N / N_t.</summary>
    /// <param name="outputs">The outputs o [N, G] of tasks first … first + G − 1.</param>
    /// <param name="labels">The labels y [N], with the task of each row.</param>
    /// <param name="rowWeights">The weights [T] from <see cref="RowWeights"/>.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="first">The index of the first task among the outputs.</param>
    /// <returns>The losses [G].</returns>
    /// <exception cref="UAmtflException">The loss gives another shape than that of the outputs.</exception>
    public static Tensor OwnBy(Tensor outputs, Labels labels, Tensor rowWeights, TaskLoss loss, long first = 0)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var (own, inside) = Own(outputs.shape[1], labels, rowWeights, first);
        var values = inside is null ? labels.Values : labels.Values * inside;
        var losses = loss.Checked(outputs.gather(1, own.unsqueeze(1)), values.unsqueeze(1), inside?.unsqueeze(1)).squeeze(1);
        return Sum(losses, own, inside, rowWeights, first, outputs.shape[1]);
    }

    private static Tensor AbsoluteOf(Tensor outputs, Tensor labels) => (outputs - labels).abs();

    private static Tensor HuberOf(Tensor outputs, Tensor labels, double delta) =>
        F.huber_loss(outputs, labels, delta, nn.Reduction.None);

    /// <summary>τ (y − o) plus, where the output is above the label, o − y.</summary>
    private static Tensor QuantileOf(Tensor outputs, Tensor labels, double level)
    {
        var above = outputs - labels;
        return above.relu() - (above * level);
    }

    private static Tensor PoissonOf(Tensor outputs, Tensor labels) =>
        outputs.exp() - labels - (labels * outputs) + labels.xlogy(labels);

    private static Tensor OfOwn(Tensor outputs, Labels labels, Tensor rowWeights, long first, Func<Tensor, Tensor, Tensor> loss)
    {
        var (own, inside) = Own(outputs.shape[1], labels, rowWeights, first);
        var losses = loss(outputs.gather(1, own.unsqueeze(1)).squeeze(1), labels.Values);
        return Sum(losses, own, inside, rowWeights, first, outputs.shape[1]);
    }
}
