using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace UAmtfl.Tests.Support;

/// <summary>Counts the objects of a type that an action leaves to the finaliser.</summary>
internal sealed class Finalized : EventListener
{
    private const EventKeywords GarbageCollector = (EventKeywords)1;

    private readonly ConcurrentDictionary<nint, int> counts = new();

    private Finalized()
    {
    }

    /// <summary>Runs an action, collects, and counts the objects of type <typeparamref name="T"/> whose finaliser then ran. The action is
    /// run again if the runtime has lost events, as it does if nobody had time to read them.</summary>
    /// <exception cref="TimeoutException">The runtime loses events each time.</exception>
    public static int Count<T>(Action action)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (Counted<T>(action) is { } count)
            {
                return count;
            }
        }

        throw new TimeoutException("the runtime reported not all finalisers, three times");
    }

    private static int? Counted<T>(Action action)
    {
        Collect();
        using var listener = new Finalized();
        Run(action);
        Leave();
        Collect();

        // The runtime reports events in their order, but from a thread of its own.
        return SpinWait.SpinUntil(() => listener.counts.ContainsKey(typeof(Last).TypeHandle.Value), TimeSpan.FromSeconds(20))
            ? listener.counts.GetValueOrDefault(typeof(T).TypeHandle.Value)
            : null;
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, GarbageCollector);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("FinalizeObject", StringComparison.Ordinal) == true)
        {
            counts.AddOrUpdate((nint)eventData.Payload![0]!, 1, (_, count) => count + 1);
        }
    }

    private static void Collect()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(Action action) => action();

    /// <summary>Makes an object in a frame of its own, because a frame can keep what it made alive until it returns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave() => GC.KeepAlive(new Last());

    /// <summary>Is finalised after all objects that the action left.</summary>
    private sealed class Last
    {
        ~Last() => GC.KeepAlive(this);
    }
}
