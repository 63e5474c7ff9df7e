namespace UAmtfl.Benchmarks;

/// <summary>One of the alternative ways to train a network. All ways of a comparison start from the same weights and see the same
/// batches.</summary>
/// <param name="name">The name in the table.</param>
/// <param name="batchSize">The number of samples in a batch.</param>
internal abstract class Way(string name, int batchSize = 100) : IDisposable
{
    /// <summary>The number of samples in a batch.</summary>
    public int BatchSize { get; } = batchSize;

    /// <summary>The name in the table.</summary>
    public string Name { get; } = name;

    /// <summary>True if the way convolves float images in NCHW layout, as nn.Conv2d does, which some builds of libtorch compute
    /// wrongly.</summary>
    public virtual bool ConvolvesNchw => false;

    /// <summary>Trains one step on each of the first batches of the data set, and returns the mean objective of these steps.</summary>
    /// <param name="batches">The number of batches, at least 1 and at most <see cref="StepComparison.Batches"/>.</param>
    public abstract double Train(int batches);

    /// <inheritdoc/>
    public abstract void Dispose();
}
