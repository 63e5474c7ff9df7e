using System.Runtime;

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
    /// <remarks>Without garbage collections: TorchSharp may free a scalar that a call still reads, which a thousand heads with
    /// TorchSharp's Adam do run into; and a collection belongs to no turn in particular.</remarks>
    public double Train(int batches)
    {
        var quiet = GC.TryStartNoGCRegion(200L << 20);
        try
        {
            return TrainSteps(batches);
        }
        finally
        {
            if (quiet && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            {
                GC.EndNoGCRegion();
            }
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Does what <see cref="Train"/> says.</summary>
    protected abstract double TrainSteps(int batches);
}
