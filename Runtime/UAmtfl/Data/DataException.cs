namespace UAmtfl.Data;

/// <summary>A data file is missing or not what it should be. The message is one line: what, where, what to do.</summary>
/// <param name="message">The line.</param>
/// <param name="inner">What was caught, if anything.</param>
public sealed class DataException(string message, Exception? inner = null) : UAmtflException(message, inner);
