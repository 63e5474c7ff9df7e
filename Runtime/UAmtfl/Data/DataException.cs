namespace UAmtfl.Data;

/// <summary>The exception for data that is missing or not what it should be. Its message is one line that says what is wrong, where, and
/// what to do.</summary>
/// <param name="message">The message, one line.</param>
/// <param name="inner">The exception that was caught; null if there was none.</param>
public sealed class DataException(string message, Exception? inner = null) : UAmtflException(message, inner)
{
    /// <inheritdoc/>
    internal override bool IsOfTraining => false;
}
