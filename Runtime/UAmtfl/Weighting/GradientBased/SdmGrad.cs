using UAmtfl.Numerics;
using UAmtfl.Weighting.Solvers;
using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Steps along the shortest combination of the gradients, drawn towards their mean: direction-oriented multi-objective
/// descent, SDMGrad (Xiao, Ban and Ji 2023, <i>Direction-oriented multi-objective learning</i>, algorithm 1). w descends ½‖Jᵀ(w +
/// λw̃)‖² over the simplex, w̃ = 1/T, by projected steps with C = JKᵀ of two independent batches in place of JJᵀ, and a third batch
/// steps with (w + λw̃)/(1 + λ). Scale: the weights sum to 1 over all tasks; λ → ∞ is the mean.</summary>
/// <remarks>As in the published code, C is divided by the square of the mean norm, the steps have a momentum of 0.5, which starts anew
/// each time, and w starts from its last value. At the learning rates of the libraries, 5 in LibMTL and 10 in TorchJD, w jumps between
/// corners and does not converge; below 1 over the largest eigenvalue it does. Rows and columns of tasks without a gradient count as
/// 0.</remarks>
public sealed class SdmGrad : CrossWeighting
{
    private const double Momentum = 0.5;

    private readonly double lambda;
    private readonly double learningRate;
    private readonly int iterations;
    private readonly StateArray kept;

    /// <summary>Starts with weights of 1/T.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="lambda">The strength λ that draws the direction towards the mean, at least 0; 0.3 in the libraries.</param>
    /// <param name="learningRate">The learning rate of the inner steps, above 0.</param>
    /// <param name="iterations">The number of inner steps, at least 1; 20 in the libraries.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public SdmGrad(int tasks, double lambda, double learningRate, int iterations)
        : base(tasks)
    {
        this.lambda = WeightingArguments.In<SdmGradAttribute>(lambda);
        this.learningRate = WeightingArguments.In<SdmGradAttribute>(learningRate);
        this.iterations = WeightingArguments.In<SdmGradAttribute>(iterations);
        kept = Keep("weights", tasks, 1.0 / tasks);
    }

    /// <inheritdoc/>
    public override double[] Weights(Gramian cross)
    {
        var (n, scaled) = (cross.Count, Scaled(cross));
        var (w, velocity) = (kept.Values.ToArray(), new double[Tasks]);
        for (var step = 0; step < iterations; step++)
        {
            double[] pulled = [.. cross.Tasks.Select(t => w[t] + (lambda / Tasks))];
            for (var k = 0; k < Tasks; k++)
            {
                velocity[k] *= Momentum;
            }

            for (var i = 0; i < n; i++)
            {
                velocity[cross.Tasks[i]] += Vectors.Dot(scaled.AsSpan(i * n, n), pulled);
            }

            Vectors.AddScaled(w, -learningRate, velocity);
            w = SimplexProjection.Of(w);
        }

        w.CopyTo(kept.Values);
        return [.. cross.Tasks.Select(t => (w[t] + (lambda / Tasks)) / (1 + lambda))];
    }

    /// <summary>Returns C divided by the square of the mean norm, or by its largest number if the batches disagree on all tasks.</summary>
    private static double[] Scaled(Gramian cross)
    {
        var mean = Enumerable.Range(0, cross.Count).Average(i => Math.Sqrt(Math.Max(0, cross[i, i])));
        var largest = Vectors.LargestSize(cross.Values);
        var scale = mean * mean > 1e-8 * largest ? mean * mean : largest;
        return scale > 0 ? [.. cross.Values.ToArray().Select(v => v / scale)] : cross.Values.ToArray();
    }
}
