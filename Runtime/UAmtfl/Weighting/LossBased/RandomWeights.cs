using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Draws random weights in each step: random loss weighting, RLW, Σ_t w_t L_t with w = softmax(z), z ~ N(0, I) (Lin, Ye, Zhang
/// and Tsang 2022, <i>Reasonable Effectiveness of Random Weighting</i>, TMLR).</summary>
/// <remarks>Scale: the weights sum to 1, E[w_t] = 1/T, as in LibMTL and TorchJD. Compare it with the mean of the losses, because
/// a comparison with their sum would also compare learning rates T times apart. The random numbers are the weighting's own, and a
/// training seeds them anew in each epoch.</remarks>
public sealed class RandomWeights : LossWeighting
{
    private readonly StateRandom source;

    /// <summary>Starts the random draws.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
    public RandomWeights(int tasks)
        : base(tasks) => source = KeepRandom("draws");

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        // Weights are drawn and normalised in main memory, so that T numbers are copied to the device and none is read back.
        var weights = source.Normals(Tasks);
        Simplex.Softmax(weights);
        return input.dot(tensor(weights, input.dtype, input.device));
    }
}
