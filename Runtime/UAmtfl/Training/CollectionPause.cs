using System.Runtime;

namespace UAmtfl.Training;

/// <summary>Keeps the garbage collector from running inside a call into libtorch. TorchSharp turns each number of an expression
/// (<c>0.5 * loss</c>, and the factor of every sum) into a native scalar that nothing holds while the call runs: a collection
/// that another thread starts at that moment frees it under the call, which then computes with rubbish or fails. So collections
/// are put off, and made between steps.</summary>
internal sealed class CollectionPause : IDisposable
{
    /// <summary>A step allocates some ten kilobytes; this is enough for two hundred of them. Scalars that wait longer for their end
    /// break libtorch's memory into pieces.</summary>
    private const long Steps = 2 << 20;

    /// <summary>Half of them pass between two collections.</summary>
    private const long StepsOfMore = 4;

    private readonly long budget;
    private long start;
    private bool active;

    /// <summary>Begins the pause, after a collection. Within a pause that has begun already it does nothing.</summary>
    /// <param name="budget">How many bytes may be allocated before the pause ends by itself.</param>
    public CollectionPause(long budget = Steps)
    {
        this.budget = budget;
        Begin();
    }

    /// <summary>A pause for steps that take more than the usual.</summary>
    /// <param name="more">How many bytes more a step takes, at least 0.</param>
    public static CollectionPause ForSteps(long more) => new(Steps + (more * StepsOfMore));

    /// <summary>To be called where no call into libtorch is running: collects if much has been allocated, and begins anew.</summary>
    public void Renew()
    {
        if (GC.GetTotalAllocatedBytes(precise: false) - start > budget / 2)
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
        if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
        {
            // Where there is room for the budget, the start of a region collects nothing: everything ever allocated would stay.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            active = GC.TryStartNoGCRegion(budget);
        }
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
