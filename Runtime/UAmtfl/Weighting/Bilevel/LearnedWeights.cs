using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.Bilevel;

/// <summary>A bilevel strategy whose weights are learned by Adam (Kingma and Ba 2015, with its usual settings), as all published implementations of them do.</summary>
public abstract class LearnedWeights : BilevelWeighting
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly double learningRate;
    private readonly StateArray values, first, second, steps;

    private protected LearnedWeights(int tasks, double learningRate, double start)
        : base(tasks)
    {
        this.learningRate = StrategyArguments.Positive(learningRate);
        (values, first, second, steps) = (Keep("learned", tasks, start), Keep("first", tasks), Keep("second", tasks), Keep("steps", 1));
    }

    /// <summary>What is learned, T numbers.</summary>
    private protected ReadOnlySpan<double> Learned => values.Values;

    /// <summary>A step of Adam.</summary>
    private protected void Descend(double[] gradient)
    {
        var step = ++steps.Values[0];
        var (rate, correction) = (learningRate / (1 - Math.Pow(Beta1, step)), 1 - Math.Pow(Beta2, step));
        for (var t = 0; t < gradient.Length; t++)
        {
            ref var m = ref first.Values[t];
            ref var v = ref second.Values[t];
            m = (Beta1 * m) + ((1 - Beta1) * gradient[t]);
            v = (Beta2 * v) + ((1 - Beta2) * gradient[t] * gradient[t]);
            values.Values[t] -= rate * m / (Math.Sqrt(v / correction) + Epsilon);
        }
    }
}
