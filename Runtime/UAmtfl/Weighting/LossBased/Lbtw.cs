using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Gives less weight to tasks whose loss has fallen far: loss-balanced task weighting, LBTW, Σ_t w_t L_t with w_t proportional to
/// (L_t / L_t(0))^α, held constant (Liu, Liang and Gitter 2019, <i>Loss-Balanced Task Weighting to Reduce Negative Transfer in Multi-Task
/// Learning</i>, AAAI).</summary>
/// <remarks>Scale: the weights of the n tasks with a label in the batch sum to n, so that α = 0 is the sum of the losses. L_t(0) is the
/// loss of the first batch with a label of task t in the training, or in every epoch, as in the released code.</remarks>
public sealed class Lbtw : LossWeighting
{
    private readonly double alpha;
    private readonly bool everyEpoch;
    private readonly StateTensor initial;

    /// <summary>Starts without first losses L(0).</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="alpha">The exponent α, at least 0; 0.5 in the paper.</param>
    /// <param name="everyEpoch">True if L(0) is taken anew in each epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Lbtw(int tasks, double alpha, bool everyEpoch)
        : base(tasks)
    {
        (this.alpha, this.everyEpoch) = (WeightingArguments.In<LbtwAttribute>(alpha), everyEpoch);
        initial = KeepTensor("initial", zeros(tasks, dtype: ScalarType.Float64));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor weights;
        using (no_grad())
        {
            var start = initial.Value;
            start.copy_(where(start.eq(Absent.Zero), input, start));
            weights = Filled((input / start.clamp_min(Absent.Tiny)).pow(alpha), Absent.Zero);
            var sum = weights.sum().clamp_min(Absent.Tiny);
            weights.mul_(Present is { } present ? present.sum() / sum : Tasks / sum);
        }

        return input.dot(weights).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void EpochEnded(Tensor meanLosses)
    {
        if (everyEpoch)
        {
            using var scope = NewDisposeScope();
            initial.Value.zero_();
        }
    }
}
