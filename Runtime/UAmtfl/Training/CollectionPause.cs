using System.Runtime;

namespace UAmtfl.Training;

/// <summary>Keeps the garbage collector from running inside a call into libtorch. TorchSharp turns each number of an expression
/// (<c>0.5 * loss</c>, and the factor of every sum) into a native scalar that nothing holds while the call runs: a collection
/// that another thread starts at that moment frees it under the call, which then computes with rubbish or fails. So collections
/// are put off, and made between steps.</summary>
/// <remarks>The runtime ends a pause by itself when more is allocated than was asked for. The pause measures what steps allocate, asks for
/// twice the largest the next time, and says when it came too late. Code whose scalars outlive their calls
/// (<see cref="UAmtfl.Numerics.Lasting"/>) needs no pause.</remarks>
internal sealed class CollectionPause : IDisposable
{
    /// <summary>A step allocates some ten kilobytes; this is enough for two hundred of them. Scalars that wait longer for their end
    /// break libtorch's memory into pieces.</summary>
    private const long Steps = 2 << 20;

    /// <summary>More than this is not asked for: the runtime sets it aside as a whole.</summary>
    private const long Most = 1L << 30;

    private long budget, start, last, largest;
    private bool active;

    /// <summary>Begins the pause, after a collection. Within a pause that has begun already it does nothing.</summary>
    /// <param name="budget">How many bytes may be allocated before the pause ends by itself.</param>
    public CollectionPause(long budget = Steps)
    {
        this.budget = Math.Min(budget, Most);
        Begin();
    }

    /// <summary>How many bytes may be allocated before the pause ends by itself.</summary>
    public long Budget => budget;

    /// <summary>What the user should know: that collections may have run within a step; null while none has.</summary>
    public string? Notice { get; private set; }

    /// <summary>A pause for steps that take more than the usual.</summary>
    /// <param name="more">How many bytes more the first step may take, at least 0.</param>
    public static CollectionPause ForSteps(long more) => new(Steps + Math.Min(more, Most / 4));

    /// <summary>To be called between steps, where no call into libtorch is running:
    /// collects if much has been allocated, and begins anew.</summary>
    public void Renew()
    {
        var now = GC.GetTotalAllocatedBytes(precise: false);
        (largest, last) = (Math.Max(largest, now - last), now);
        var ended = active && GCSettings.LatencyMode != GCLatencyMode.NoGCRegion;
        if (ended)
        {
            Notice ??= FormattableString.Invariant(
                $"a training step allocated {largest / 1048576.0:0} MB, more than the {budget / 1048576.0:0} MB that ")
                + "garbage collections were put off for, so that one may have run within the step; later steps have room for it";
        }

        if (ended || now - start > budget / 2)
        {
            End();
            budget = Math.Min(Steps + (2 * largest), Most);
            Begin();
        }
    }

    /// <summary>To be called after work that needs no pause, such as an evaluation: what that allocated is no step's, and if it ended the
    /// pause, that begins anew.</summary>
    public void Resume()
    {
        last = GC.GetTotalAllocatedBytes(precise: false);
        if (active && GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
        {
            End();
            Begin();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => End();

    private void Begin()
    {
        if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
        {
            // Where there is room for the budget, the start of a region collects nothing: everything ever allocated would stay.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            active = GC.TryStartNoGCRegion(budget);
        }

        start = last = GC.GetTotalAllocatedBytes(precise: false);
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
