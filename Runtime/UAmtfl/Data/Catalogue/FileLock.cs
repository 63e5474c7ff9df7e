namespace UAmtfl.Data;

/// <summary>A lock between processes: a file that only one can have open. The system gives it free when its holder dies; the
/// file stays, since a file that is deleted while another waits for it would be two locks.</summary>
internal static class FileLock
{
    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Waits until nobody else has the lock.</summary>
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
