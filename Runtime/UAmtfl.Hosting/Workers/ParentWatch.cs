using System.Diagnostics;

namespace UAmtfl.Hosting;

/// <summary>Ends a worker whose parent is dead. The end of standard input tells it as well, unless another process still holds the
/// pipe's other end; the number of the parent changes whatever else happens.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);

    /// <summary>Watches from now on, on a thread of its own; where there is no such number, on other systems than Linux, it does nothing.</summary>
    /// <param name="parent">The process that started this one.</param>
    public static void Begin(int parent)
    {
        if (OperatingSystem.IsLinux())
        {
            new Thread(() => Watch(parent)) { IsBackground = true, Name = nameof(ParentWatch), Priority = ThreadPriority.AboveNormal }.Start();
        }
    }

    /// <summary>Ends this process. An orderly exit would tear libtorch down under the feet of a thread that is inside it.</summary>
    public static void EndAtOnce()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    private static void Watch(int parent)
    {
        while (Libc.ParentProcess() == parent)
        {
            Thread.Sleep(Interval);
        }

        EndAtOnce();
    }
}
