using System.Text;
using System.Text.Json;

namespace UAmtfl.Hosting;

/// <summary>A line to a worker: train this.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Seed">The seed.</param>
internal sealed record CellOrder(string Variant, int Seed);

/// <summary>What a worker may say.</summary>
internal enum WorkerMessageKind
{
    /// <summary>An epoch of the current cell has ended.</summary>
    Epoch,

    /// <summary>The current cell has ended, well or not.</summary>
    Ended,
}

/// <summary>A line from a worker.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Epoch">The epoch that has ended.</param>
/// <param name="Outcome">How the cell has ended.</param>
internal sealed record WorkerMessage(WorkerMessageKind Kind, EpochProgress? Epoch = null, CellOutcome? Outcome = null);

/// <summary>The lines between the program and its workers: JSON, orders to standard input, messages from standard output. Native
/// libraries may print there too, so a message is a line that begins with a mark, written at once; the rest is for the log.</summary>
internal static class WorkerProtocol
{
    private const string Mark = "@uamtfl ";

    /// <summary>The encoding of the lines, whatever the user's locale: names may have any letters.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>An order as a line.</summary>
    public static string Write(Cell cell) => JsonSerializer.Serialize(new(cell.Variant, cell.Seed), RunJson.Line.CellOrder);

    /// <summary>Reads an order.</summary>
    public static Cell ReadOrder(string line)
    {
        var order = JsonSerializer.Deserialize(line, RunJson.Line.CellOrder)!;
        return new(order.Variant, order.Seed);
    }

    /// <summary>Writes a message.</summary>
    /// <param name="output">The worker's standard output.</param>
    /// <param name="message">The message.</param>
    public static void Write(Stream output, WorkerMessage message)
    {
        // The line break in front ends whatever somebody else left unfinished.
        output.Write(Encoding.GetBytes($"\n{Mark}{JsonSerializer.Serialize(message, RunJson.Line.WorkerMessage)}\n"));
        output.Flush();
    }

    /// <summary>Reads a message; null where the line is none.</summary>
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
