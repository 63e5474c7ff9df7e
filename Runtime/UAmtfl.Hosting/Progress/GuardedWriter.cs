using System.Text;

namespace UAmtfl.Hosting;

/// <summary>A stream of the program's display. When it cannot be written any more, because its disk is full or its terminal gone, it falls
/// silent and keeps the reason: results matter more than their display.</summary>
/// <param name="inner">Where to write.</param>
internal sealed class GuardedWriter(TextWriter inner) : TextWriter
{
    /// <summary>Why nothing is written any more; null while all is well.</summary>
    public string? Fault { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Falls silent at once.</summary>
    /// <param name="reason">Why.</param>
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
