using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>μ log Σ_t exp(λ_t L_t / μ): the smooth Tchebycheff scalarisation, STCH, with the ideal point 0 (Lin, Zhang, Yang, Liu, Wang and Zhang 2024,
/// <i>Smooth Tchebycheff Scalarization for Multi-Objective Optimization</i>, ICML). As μ falls to 0 it becomes max_t λ_t L_t.</summary>
/// <remarks>Scale: the weights are λ_t softmax(λL/μ)_t, which sum to 1/T where λ is left out; the value is in the units of the losses, and
/// so is μ. A task without a label is left out of the sum. This is the paper's function, and TorchJD's of the losses; what LibMTL calls STCH is
/// another function, <see cref="LogStch"/>.</remarks>
public sealed class Stch : LossWeighting
{
    private readonly double smoothing;
    private readonly StateTensor factors;

    /// <summary>Takes the preference.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="smoothing">μ, above 0.</param>
    /// <param name="preference">λ, T numbers above 0; 1/T each where left out.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the preference is not one number above 0 a task.</exception>
    public Stch(int tasks, double smoothing, double[]? preference = null)
        : base(tasks)
    {
        this.smoothing = StrategyArguments.In<StchAttribute>(smoothing);
        factors = KeepTensor("preference", tensor(StrategyArguments.Preference(tasks, preference)));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var value = Filled(input * (factors.Value / smoothing), Absent.Never).logsumexp(0) * smoothing;
        // Where no task has a label, the sum is of nothing and its logarithm no number to report.
        return Present is { } present ? value.masked_fill(present.sum().eq(Absent.Zero), Absent.Zero) : value;
    }
}
