namespace UAmtfl.Data;

/// <summary>The exception for text that is no table. Its message is one line that begins with the path. The generator reads tables with
/// the same code, so that the exception is none of the runtime's.</summary>
/// <param name="message">The message.</param>
internal sealed class CsvFormatException(string message) : Exception(message);
