using UAmtfl.Numerics;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Gives more weight to tasks whose loss falls slowly from epoch to epoch: dynamic weight average, DWA, Σ_t w_t L_t with
/// w = T softmax(r / temperature), r_t = L̄_t(e − 1) / L̄_t(e − 2) (Liu, Johns and Davison 2019, <i>End-to-End Multi-Task Learning with
/// Attention</i>, CVPR, eq. 7).</summary>
/// <remarks>Scale: the weights sum to T. They are 1 in the first two epochs, because a ratio needs the means of two epochs, as in the
/// paper and in LibMTL. A ratio that does not exist, because the task has no label in one of the epochs or a mean of 0, counts as
/// 1.</remarks>
public sealed class Dwa : LossWeighting, IMeasuredWeighting
{
    private readonly double temperature;
    private readonly StateTensor factors;

    /// <summary>The means of the last epoch; 0 for a task without one.</summary>
    private readonly StateArray last;

    /// <summary>Starts with weights of 1.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="temperature">The temperature, above 0, which makes weights more equal the higher it is; 2 in the paper.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no tasks, or the temperature is not above 0.</exception>
    public Dwa(int tasks, double temperature)
        : base(tasks)
    {
        this.temperature = WeightingArguments.In<DwaAttribute>(temperature);
        factors = KeepTensor("weights", ones(tasks, dtype: ScalarType.Float64));
        last = Keep("last", tasks);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.dot(factors.Value);

    /// <inheritdoc/>
    IEnumerable<(string Name, double[] Values)> IMeasuredWeighting.TakeMeasures() =>
        [(StepMeasures.Weight, factors.Value.to(ScalarType.Float64).ToArray())];

    /// <inheritdoc/>
    public override void EpochEnded(Tensor meanLosses)
    {
        using var scope = NewDisposeScope();
        var means = meanLosses.to(ScalarType.Float64).ToArray();
        var weights = new double[Tasks];
        for (var t = 0; t < Tasks; t++)
        {
            var ratio = means[t] / last.Values[t];
            weights[t] = (double.IsFinite(ratio) ? ratio : 1) / temperature;
            last.Values[t] = double.IsNaN(means[t]) ? 0 : means[t];
        }

        factors.Value.copy_(tensor(weights).softmax(0) * Tasks);
    }
}
