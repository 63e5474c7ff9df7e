using System.Text;

namespace UAmtfl.Hosting;

/// <summary>A standard stream that a failure does not interrupt. When it cannot be written any more, for example because the disk is
/// full or the terminal is gone, it drops the output and keeps the reason, because results matter more than their display.</summary>
/// <param name="inner">Receives the output.</param>
internal sealed class GuardedWriter(TextWriter inner) : TextWriter
{
    /// <summary>The reason for which output is dropped; null while it is written.</summary>
    public string? Fault { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Drops all output from now on.</summary>
    /// <param name="reason">The reason.</param>
    public void Silence(string reason) => Fault ??= reason;

    /// <inheritdoc/>
    public override void Write(char value) => Guard(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Guard(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Guard(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Guard(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Guard(inner.Flush);

    private void Guard(Action write)
    {
        if (Fault is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Fault = e.Message;
        }
    }
}
