using System.Diagnostics;

namespace UAmtfl.Hosting;

/// <summary>Ends a worker whose parent has died. It watches the identifier of the parent, because the end of standard input does not
/// show the death if another process still holds the other end of the pipe.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);

    /// <summary>Starts to watch the parent on a separate thread; on systems other than Linux it does nothing.</summary>
    /// <param name="parent">The identifier of the process that started this one.</param>
    public static void Begin(int parent)
    {
        if (OperatingSystem.IsLinux())
        {
            var thread = new Thread(() => Watch(parent))
            {
                IsBackground = true,
                Name = nameof(ParentWatch),
                Priority = ThreadPriority.AboveNormal,
            };
            thread.Start();
        }
    }

    /// <summary>Ends this process at once, because an orderly exit would unload libtorch while another thread still uses it.</summary>
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
