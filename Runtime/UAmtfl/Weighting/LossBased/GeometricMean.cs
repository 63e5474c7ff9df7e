using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Minimises the geometric mean of the losses, (Π_t L_t)^(1/n) over the n tasks with a label: the geometric loss weighting,
/// GLS (Chennupati, Sistu, Yogamani and Rawashdeh 2019, <i>MultiNet++</i>, CVPR workshops).</summary>
/// <remarks>Scale: task t has the weight mean/(n L_t), so that small losses count most, and a common factor of the losses is a factor
/// of the value. It is computed as exp(mean log L_t), because a product would overflow with many tasks. Losses must not be negative.
/// Without any label the value is 1 and has no gradient. LibMTL reports L_t/(T Π L) as weights, in the inverse order of those with
/// which it trains.</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
public sealed class GeometricMean(int tasks) : LossWeighting(tasks)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        // A tiny number is added because a loss of 0, which makes the mean 0, would have a logarithm whose gradient is not a number.
        var sum = Filled(input + Absent.Tiny, Absent.One).log().sum();
        return (Present is { } present ? sum / present.sum().clamp_min(Absent.One) : sum / Tasks).exp();
    }
}
