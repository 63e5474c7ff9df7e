using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Learns weights that bring the weighted gradient norms w_t‖g_t‖ near their mean times r_t^α, so that a task that has learned
/// less than others gets more: gradient normalisation, GradNorm, with r_t = (L_t/L_t(0)) / mean (Chen et al. 2018, <i>GradNorm:
/// gradient normalization for adaptive loss balancing in deep multitask networks</i>, eq. 2 and algorithm 1). The weights step down Σ_t
/// |w_t‖g_t‖ − mean·r_t^α| with the target held fixed. Scale: the weights sum to T over all tasks.</summary>
/// <remarks>L_t(0) is the loss of the first batch with a label of the task, as in the paper; LibMTL has the mean of the first epoch,
/// equal weights until then, and a softmax. The slopes are divided by the step's largest norm before Adam's step, which the paper does
/// not mention. Without the division a step with large gradients would outweigh all others in Adam's averages, and gradients of 10⁻¹⁰
/// would fall below its ε; with it the scale of the gradients has no effect. Weights stay above 10⁻³, because nothing in the paper
/// keeps them positive. A step uses the weights from before it, as in the paper's algorithm.</remarks>
public sealed class GradNorm : GramianWeighting
{
    private const double Least = 1e-3;

    private readonly double alpha;
    private readonly double learningRate;
    private readonly StateArray learned;

    /// <summary>L(0); 0 for a task without a label so far.</summary>
    private readonly StateArray firstLosses;
    private readonly StateAdam adam;

    /// <summary>Starts with weights of 1.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="alpha">The preference α for slower tasks, at least 0: 1.5 in the paper's experiments, and 0 for equal norms.</param>
    /// <param name="learningRate">The learning rate of Adam, above 0; 0.025 in the paper's experiments.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public GradNorm(int tasks, double alpha, double learningRate)
        : base(tasks)
    {
        this.alpha = WeightingArguments.In<GradNormAttribute>(alpha);
        this.learningRate = WeightingArguments.In<GradNormAttribute>(learningRate);
        learned = Keep("weights", tasks, 1);
        firstLosses = Keep("first_losses", tasks);
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
            if (firstLosses.Values[task] == 0)
            {
                firstLosses.Values[task] = losses[i];
            }

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
