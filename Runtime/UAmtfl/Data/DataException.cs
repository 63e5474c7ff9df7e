namespace UAmtfl.Data;

/// <summary>The exception for data that is missing or not what it should be. Its message is one line that says what is wrong, where, and
/// what to do.</summary>
/// <param name="message">The line.</param>
/// <param name="inner">What was caught, if anything.</param>
public sealed class DataException(string message, Exception? inner = null) : UAmtflException(message, inner);
