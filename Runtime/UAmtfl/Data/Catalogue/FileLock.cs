namespace UAmtfl.Data;

/// <summary>A lock between processes, made of a file that only one of them can have open. The system releases it when its holder dies. The
/// file is never deleted, because a process that waits for a deleted file would hold another lock than the next one.</summary>
internal static class FileLock
{
    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Waits until no other process has the lock, and takes it.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="interval">How often to look.</param>
    /// <param name="waiting">Called once, if there is need to wait.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock, until disposed.</returns>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<IDisposable> AcquireAsync(string path, TimeSpan interval, Action waiting, CancellationToken cancellation)
    {
        for (var first = true; ; first = false)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (Held.Contains(error.HResult))
            {
                if (first)
                {
                    waiting();
                }

                await Task.Delay(interval, cancellation).ConfigureAwait(false);
            }
        }
    }
}
