using System.Text;
using System.Text.Json;

namespace UAmtfl.Hosting;

/// <summary>A line to a worker that orders it to train a cell.</summary>
/// <param name="Variant">The name of the variant.</param>
/// <param name="Seed">The seed.</param>
internal sealed record CellOrder(string Variant, int Seed);

/// <summary>The kinds of message that a worker sends.</summary>
internal enum WorkerMessageKind
{
    /// <summary>An epoch of the current cell has ended.</summary>
    Epoch,

    /// <summary>The current cell has ended, successfully or not.</summary>
    Ended,
}

/// <summary>A line from a worker about the cell that it trains.</summary>
/// <param name="Kind">The kind of the message.</param>
/// <param name="Epoch">The epoch that has ended; null for other messages.</param>
/// <param name="Outcome">The outcome of the cell that has ended; null for other messages.</param>
internal sealed record WorkerMessage(WorkerMessageKind Kind, EpochProgress? Epoch = null, CellOutcome? Outcome = null);

/// <summary>Writes and reads the lines between the program and its workers, which are JSON: orders on standard input, messages on
/// standard output. A message is a line that begins with a mark and is written at once, because native libraries may print there too;
/// other lines go to the log.</summary>
internal static class WorkerProtocol
{
    private const string Mark = "@uamtfl ";

    /// <summary>The encoding of the lines, which does not depend on the user's locale, because names may contain any letters.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Returns the line that orders a worker to train a cell.</summary>
    public static string Write(Cell cell) => JsonSerializer.Serialize(new(cell.Variant, cell.Seed), RunJson.Line.CellOrder);

    /// <summary>Reads the cell from the line of an order.</summary>
    public static Cell ReadOrder(string line)
    {
        var order = JsonSerializer.Deserialize(line, RunJson.Line.CellOrder)!;
        return new(order.Variant, order.Seed);
    }

    /// <summary>Writes a message as a line.</summary>
    /// <param name="output">The worker's standard output.</param>
    /// <param name="message">The message.</param>
    public static void Write(Stream output, WorkerMessage message)
    {
        // The line break in front ends a line that a native library may have left unfinished.
        output.Write(Encoding.GetBytes($"\n{Mark}{JsonSerializer.Serialize(message, RunJson.Line.WorkerMessage)}\n"));
        output.Flush();
    }

    /// <summary>Reads a message from a line; null if the line is not a message.</summary>
    public static WorkerMessage? Read(string line)
    {
        if (!line.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line.AsSpan(Mark.Length), RunJson.Line.WorkerMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
