namespace UAmtfl.Hosting;

/// <summary>Reports that the run folder cannot be written, for example because the disk is full. The run ends, because every later cell
/// would fail in the same way.</summary>
/// <param name="message">The message, on one line.</param>
/// <param name="inner">The exception that was caught.</param>
internal sealed class OutputException(string message, Exception inner) : UAmtflException(message, inner)
{
    /// <inheritdoc/>
    internal override bool IsOfTraining => false;
}
