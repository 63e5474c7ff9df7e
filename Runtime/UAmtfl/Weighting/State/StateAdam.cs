namespace UAmtfl.Weighting.State;

/// <summary>Adam for numbers that a weighting learns by itself (Kingma and Ba 2015, with its usual settings), each of which counts its
/// own steps.</summary>
/// <param name="means">The moving means of the slopes.</param>
/// <param name="squares">The moving means of the squared slopes.</param>
/// <param name="steps">The number of steps that each number has made.</param>
internal sealed class StateAdam(StateArray means, StateArray squares, StateArray steps)
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    /// <summary>Returns the step to subtract from a number.</summary>
    /// <param name="k">The index of the number.</param>
    /// <param name="slope">The objective's derivative with respect to it.</param>
    /// <param name="rate">The learning rate, above 0.</param>
    public double Step(int k, double slope, double rate)
    {
        var count = ++steps.Values[k];
        var mean = means.Values[k] = (Beta1 * means.Values[k]) + ((1 - Beta1) * slope);
        var square = squares.Values[k] = (Beta2 * squares.Values[k]) + ((1 - Beta2) * slope * slope);
        return rate * (mean / (1 - Math.Pow(Beta1, count))) / (Math.Sqrt(square / (1 - Math.Pow(Beta2, count))) + Epsilon);
    }
}
