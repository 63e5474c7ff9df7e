using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Σ_t w_t L_t with w = softmax(z), z ~ N(0, I) drawn anew each step: random loss weighting, RLW (Lin, Ye, Zhang and Tsang 2022, <i>Reasonable
/// Effectiveness of Random Weighting</i>, TMLR).</summary>
/// <remarks>Scale: the weights sum to 1, E[w_t] = 1/T, as in LibMTL and TorchJD: an experiment that compares it with a sum of the losses also compares
/// learning rates T times apart; compare with their mean. The numbers are the weighting's own, seeded from the global random state and
/// saved with the network.</remarks>
public sealed class RandomWeights : LossWeighting
{
    private readonly StateRandom source;

    /// <summary>Seeds the numbers.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
    public RandomWeights(int tasks)
        : base(tasks) => source = KeepRandom("draws");

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        // Drawn and normalised here: T numbers cross to the device, none comes back.
        var weights = source.Normals(Tasks);
        Simplex.Softmax(weights);
        return input.dot(tensor(weights, input.dtype, input.device));
    }
}
