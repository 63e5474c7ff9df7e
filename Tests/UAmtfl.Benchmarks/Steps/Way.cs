using UAmtfl.Training;

namespace UAmtfl.Benchmarks;

/// <summary>One way to train a network: the alternatives of a comparison start from the same weights and see the same batches.</summary>
/// <param name="name">For the table.</param>
internal abstract class Way(string name) : IDisposable
{
    /// <summary>Samples a step.</summary>
    public const int BatchSize = 100;

    /// <summary>What the table calls it.</summary>
    public string Name { get; } = name;

    /// <summary>Trains on the first batches of the data set, one step each, and gives the mean objective of these steps.</summary>
    /// <param name="batches">1, 2, … <see cref="StepComparison.Batches"/>.</param>
    /// <remarks>A turn starts with a garbage collection and has none inside, as the library's own loop.</remarks>
    public double Train(int batches)
    {
        using var pause = new CollectionPause();
        return TrainSteps(batches);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Does what <see cref="Train"/> says.</summary>
    protected abstract double TrainSteps(int batches);
}
