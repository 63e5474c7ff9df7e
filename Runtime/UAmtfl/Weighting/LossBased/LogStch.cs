using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Minimises a smooth maximum of the log losses, as the authors of STCH released it for networks and LibMTL ships it: Σ_t log
/// L_t in the first epochs, and then T μ log Σ_t exp((x_t − max x)/μ) with x_t = log(L_t / nadir_t), where nadir_t is the mean of L_t
/// over the last of the first epochs (Lin, Zhang, Yang et al. 2024, ICML).</summary>
/// <remarks>Scale: the weights of x sum to T in both phases, or to the number of tasks with a label; a common factor of the losses
/// cancels. The maximum is held constant, as published, which shifts the value and does not change the gradient. LibMTL's
/// <c>STCH_warmup_epoch</c> w, 4 by default, is w + 1 epochs here. A task without a label in the batch is left out; one without a label
/// in the epoch of the nadir has the nadir 1.</remarks>
public sealed class LogStch : LossWeighting
{
    private const double Floor = 1e-20;

    private readonly double smoothing;
    private readonly int warmUp;
    private readonly StateTensor nadir;
    private readonly StateArray epochs;

    /// <summary>Starts in the first phase.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="smoothing">The smoothing μ, above 0.</param>
    /// <param name="warmUp">The number of epochs of the first phase, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public LogStch(int tasks, double smoothing, int warmUp)
        : base(tasks)
    {
        (this.smoothing, this.warmUp) = (
            WeightingArguments.In<LogStchAttribute>(smoothing), WeightingArguments.In<LogStchAttribute>(warmUp));
        nadir = KeepTensor("nadir", ones(tasks, dtype: ScalarType.Float64));
        epochs = Keep("epochs", 1);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var losses = Filled(input, Absent.One);
        if (epochs.Values[0] < warmUp)
        {
            return (losses + Floor).log().sum();
        }

        var x = Filled(((losses / nadir.Value) + Floor).log(), Absent.Never);
        var value = ((x - x.detach().max()) / smoothing).logsumexp(0) * smoothing;
        return Present is { } present ? value * present.sum() : value * Tasks;
    }

    /// <inheritdoc/>
    public override void EpochEnded(Tensor meanLosses)
    {
        if (++epochs.Values[0] == warmUp)
        {
            using var scope = NewDisposeScope();
            nadir.Value.copy_(meanLosses.nan_to_num(nan: 1).clamp_min(Floor));
        }
    }
}
