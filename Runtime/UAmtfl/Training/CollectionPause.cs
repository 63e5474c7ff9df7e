using System.Runtime;

namespace UAmtfl.Training;

/// <summary>Keeps the garbage collector from running inside a call into libtorch. TorchSharp turns each number of an expression
/// (<c>0.5 * loss</c>, and the factor of every sum) into a native scalar that nothing holds while the call runs: a collection
/// that another thread starts at that moment frees it under the call, which then computes with rubbish or fails. So collections
/// are put off, and made between steps.</summary>
internal sealed class CollectionPause : IDisposable
{
    /// <summary>A step allocates a few kilobytes; this is enough for thousands of them.</summary>
    private const long Budget = 48 << 20;

    private long start;
    private bool active;

    /// <summary>Begins the pause, after a collection. Within a pause that the host has begun itself it does nothing.</summary>
    public CollectionPause() => Begin();

    /// <summary>To be called where no call into libtorch is running: collects if much has been allocated, and begins anew.</summary>
    public void Renew()
    {
        if (GC.GetTotalAllocatedBytes(precise: false) - start > Budget / 2)
        {
            End();
            Begin();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => End();

    private void Begin()
    {
        start = GC.GetTotalAllocatedBytes(precise: false);
        active = GCSettings.LatencyMode != GCLatencyMode.NoGCRegion && GC.TryStartNoGCRegion(Budget);
    }

    private void End()
    {
        // More than the budget was allocated: the runtime has ended the pause by itself.
        if (active && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }

        active = false;
    }
}
