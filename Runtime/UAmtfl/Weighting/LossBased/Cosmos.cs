using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>rᵀL − λ cos(r, L): a weighted sum, and the angle between the losses and the preference (Ruchte and Grabocka 2021, <i>Scalable Pareto Front
/// Approximation for Deep Multi-Objective Learning</i>, ICDM). λ = 0 is the weighted sum.</summary>
/// <remarks>Scale: the weights are near r, 1/T each where it is left out; the cosine has no units, so that λ is in those of the losses. Entries of
/// tasks without a label are left out of both vectors. The paper feeds a random r to the network, too; here, as in TorchJD, r is
/// fixed. A large λ may give a task a negative weight: that is the method.</remarks>
public sealed class Cosmos : LossWeighting
{
    private readonly double lambda;
    private readonly StateTensor factors;

    /// <summary>Takes the preference.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="preference">r, T numbers above 0; 1/T each where left out.</param>
    /// <param name="lambda">λ, at least 0.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the preference is not one number above 0 a task.</exception>
    public Cosmos(int tasks, double[]? preference, double lambda)
        : base(tasks)
    {
        this.lambda = StrategyArguments.In<CosmosAttribute>(lambda);
        factors = KeepTensor("preference", tensor(StrategyArguments.Preference(tasks, preference)));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var r = Filled(factors.Value, Absent.Zero);
        var product = input.dot(r);
        var cosine = product / (r.norm() * input.norm()).clamp_min(Absent.Tiny);
        return product - (cosine * lambda);
    }
}
