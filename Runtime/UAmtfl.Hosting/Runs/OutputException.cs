namespace UAmtfl.Hosting;

/// <summary>The run folder cannot be written: a full disk, a folder without the right. Every later cell would fail alike.</summary>
/// <param name="message">The line.</param>
/// <param name="inner">What was caught.</param>
internal sealed class OutputException(string message, Exception inner) : UAmtflException(message, inner);
