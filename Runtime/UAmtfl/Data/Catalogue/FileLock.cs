namespace UAmtfl.Data;

/// <summary>A lock between processes: a file that only one process at a time can have open. The operating system releases it when its
/// holder ends. The file is never deleted, because processes that wait for a deleted file and processes that create a new one would hold
/// different locks.</summary>
internal static class FileLock
{
    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Waits until no other process has the lock, and takes it.</summary>
    /// <param name="path">The path of the file, in a folder that exists.</param>
    /// <param name="interval">The time between two attempts.</param>
    /// <param name="waiting">Called once if another process has the lock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock, which is held until it is disposed.</returns>
    /// <exception cref="IOException">The file cannot be created.</exception>
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
