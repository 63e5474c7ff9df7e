using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Gradient normalisation: weights learned so that w_t‖g_t‖ comes near the mean of these norms times r_t^α, r_t = (L_t/L_t(0)) / mean, a task that has learned less than others so far
/// getting more: a step down Σ_t |w_t‖g_t‖ − mean·r_t^α| with the target held fixed, then Σw = T (Chen et al. 2018, <i>GradNorm: gradient normalization for
/// adaptive loss balancing in deep multitask networks</i>, eq. 2 and algorithm 1). Scale: the weights sum to T over all tasks.</summary>
/// <remarks>L_t(0) is the loss of the first batch with a label of the task, as in the paper; LibMTL has the mean of the first epoch, equal weights
/// until then, and a softmax. The slopes are divided by the step's largest norm before Adam's step, which the paper does not say: Adam forgets a constant factor, and without the division a step with
/// large gradients would outweigh all others in its averages, and gradients of 10⁻¹⁰ would fall below its ε. So the scale of the gradients does not enter at all. Weights stay above 10⁻³, since nothing in the paper keeps
/// them positive. The step's weights are those before it, as in the paper's algorithm.</remarks>
public sealed class GradNorm : GramianWeighting
{
    private const double Least = 1e-3;

    private readonly double alpha;
    private readonly double learningRate;
    private readonly StateArray learned;
    private readonly StateArray firstLosses;
    private readonly StateAdam adam;

    /// <summary>Begins with weights of 1.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="alpha">α, at least 0: how strongly slower tasks are preferred; 1.5 in the paper's experiments, and 0 for equal norms.</param>
    /// <param name="learningRate">Adam's, above 0; 0.025 in the paper's experiments.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public GradNorm(int tasks, double alpha, double learningRate)
        : base(tasks)
    {
        this.alpha = WeightingArguments.In<GradNormAttribute>(alpha);
        this.learningRate = WeightingArguments.In<GradNormAttribute>(learningRate);
        learned = Keep("weights", tasks, 1);
        firstLosses = Keep("first_losses", tasks, double.NaN);
        adam = new(Keep("adam_means", tasks), Keep("adam_squares", tasks), Keep("adam_steps", tasks));
    }

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        var n = gramian.Count;
        var (weights, ratios) = (new double[n], new double[n]);
        var scale = Enumerable.Range(0, n).Max(gramian.Norm);
        for (var i = 0; i < n; i++)
        {
            var task = gramian.Tasks[i];
            if (double.IsNaN(firstLosses.Values[task])) firstLosses.Values[task] = losses[i];
            weights[i] = learned.Values[task];
            ratios[i] = Math.Max(losses[i], 0) / Math.Max(firstLosses.Values[task], 1e-12);
        }

        double[] norms = [.. weights.Select((w, i) => w * (gramian.Norm(i) / scale))];
        var (meanNorm, meanRatio) = (norms.Average(), ratios.Average());
        for (var i = 0; i < n; i++)
        {
            var target = meanNorm * Math.Pow(meanRatio > 0 ? ratios[i] / meanRatio : 1, alpha);
            var slope = Math.Sign(norms[i] - target) * (gramian.Norm(i) / scale);
            ref var weight = ref learned.Values[gramian.Tasks[i]];
            weight = Math.Max(weight - adam.Step(gramian.Tasks[i], slope, learningRate), Least);
        }

        Renormalise(learned.Values);
        return weights;
    }

    private static void Renormalise(Span<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        foreach (ref var weight in weights)
        {
            weight *= weights.Length / sum;
        }
    }
}
