using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>(Π_t L_t)^(1/n) over the n tasks with a label: the geometric loss weighting, GLS (Chennupati, Sistu, Yogamani and Rawashdeh 2019,
/// <i>MultiNet++</i>, CVPR workshops).</summary>
/// <remarks>Scale: task t has the weight mean/(n L_t), so that the small losses count most, and a common factor of the losses goes through. It is
/// computed as exp(mean log L_t), where a product would overflow with many tasks. Losses must not be negative. Without any label the
/// mean of nothing, 1, has no gradient. LibMTL reports L_t/(T Π L) as weights, in the inverse order of those that it trains with.</remarks>
/// <param name="tasks">T, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
public sealed class GeometricMean(int tasks) : LossWeighting(tasks)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        // A loss of 0 makes the mean 0; its logarithm would make the gradient no number.
        var sum = Filled(input + Absent.Tiny, Absent.One).log().sum();
        return (Present is { } present ? sum / present.sum().clamp_min(Absent.One) : sum / Tasks).exp();
    }
}
