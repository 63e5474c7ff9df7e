using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>Adds up vectors of the steps of an epoch on the device that they are on, in double precision. Their means are read once, when
/// the epoch has ended, so that no step waits for the device.</summary>
internal sealed class DeviceMeans : IDisposable
{
    private Tensor? sums, counts, ones;

    /// <summary>Adds the vector of a step.</summary>
    /// <param name="values">The vector [T], without a graph.</param>
    /// <param name="present">A mask [T], 1 for the entries that count in this step; null if all do.</param>
    public void Add(Tensor values, Tensor? present)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        sums ??= zeros_like(values, dtype: ScalarType.Float64).DetachFromDisposeScope();
        counts ??= zeros_like(sums).DetachFromDisposeScope();
        ones ??= ones_like(sums).DetachFromDisposeScope();
        sums.add_(present is null ? values : values * present);
        counts.add_(present ?? ones);
    }

    /// <summary>Returns the means [T] since the last call, NaN for an entry that counted in no step, and begins again; null if no vector
    /// was added since.</summary>
    public double[]? Take()
    {
        if (sums is null || counts is null)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var means = (sums / counts).ToArray();
        sums.zero_();
        counts.zero_();
        return Array.TrueForAll(means, double.IsNaN) ? null : means;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sums?.Dispose();
        counts?.Dispose();
        ones?.Dispose();
    }
}
