namespace UAmtfl.Benchmarks;

/// <summary>One way to train a network: the alternatives of a comparison start from the same weights and see the same batches.</summary>
/// <param name="name">For the table.</param>
internal abstract class Way(string name) : IDisposable
{
    /// <summary>Samples a step.</summary>
    public const int BatchSize = 100;

    /// <summary>What the table calls it.</summary>
    public string Name { get; } = name;

    /// <summary>True if the way convolves float images as nn.Conv2d does, NCHW, which some builds of libtorch compute wrongly.</summary>
    public virtual bool ConvolvesNchw => false;

    /// <summary>Trains on the first batches of the data set, one step each, and gives the mean objective of these steps.</summary>
    /// <param name="batches">1, 2, … <see cref="StepComparison.Batches"/>.</param>
    public abstract double Train(int batches);

    /// <inheritdoc/>
    public abstract void Dispose();
}
