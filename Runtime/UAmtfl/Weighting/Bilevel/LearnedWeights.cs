using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.Bilevel;

/// <summary>A bilevel weighting whose weights are learned by Adam (Kingma and Ba 2015, with its usual settings), as all published
/// implementations of them do.</summary>
public abstract class LearnedWeights : BilevelWeighting
{
    private readonly double learningRate;
    private readonly StateArray values;
    private readonly StateAdam adam;

    private protected LearnedWeights(int tasks, double learningRate, double start)
        : base(tasks)
    {
        this.learningRate = learningRate;
        values = Keep("learned", tasks, start);
        adam = new(Keep("first", tasks), Keep("second", tasks), Keep("steps", tasks));
    }

    /// <summary>The T numbers that are learned.</summary>
    private protected ReadOnlySpan<double> Learned => values.Values;

    /// <summary>Makes a step of Adam.</summary>
    private protected void Descend(double[] gradient)
    {
        for (var t = 0; t < gradient.Length; t++)
        {
            values.Values[t] -= adam.Step(t, gradient[t], learningRate);
        }
    }
}
