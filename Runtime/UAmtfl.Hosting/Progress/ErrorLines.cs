using Spectre.Console;
using UAmtfl.Data;

namespace UAmtfl.Hosting;

/// <summary>Writes errors as single lines on standard error; stack traces only when asked for.</summary>
/// <param name="console">Where the progress is drawn.</param>
/// <param name="verbose">True to show stack traces.</param>
/// <param name="streams">The program's streams, where they are guarded.</param>
internal sealed class ErrorLines(IAnsiConsole console, bool verbose, StandardStreams? streams = null)
{
    private readonly Lock gate = new();
    private readonly List<string> said = [];
    private string? file;

    /// <summary>Writes an exception: its message, where it is one of ours, else with its type.</summary>
    public void Write(Exception exception) => Write(OneLine(exception), exception.ToString());

    /// <summary>Writes a line <c>error: …</c>.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="details">The stack trace, if there is one.</param>
    public void Write(string message, string? details = null)
    {
        // What is shown may be somebody else's: a server's words, a file's name, an address with a password.
        var line = PlainText.Line(PlainText.WithoutSecrets(message));
        var shown = verbose && details is not null ? PlainText.Lines(PlainText.WithoutSecrets(details)) : null;
        Keep(line);

        // Where both streams are the same terminal, a line that bypassed the console would be drawn over by the progress bars.
        if (console.Profile.Capabilities.Interactive && !Console.IsErrorRedirected && !Console.IsOutputRedirected)
        {
            console.MarkupLineInterpolated($"[red]error:[/] {line}");
            if (shown is not null)
            {
                console.MarkupLineInterpolated($"[grey]{shown}[/]");
            }
        }
        else
        {
            var writer = streams?.Error.Fault is null ? Console.Error : Console.Out;
            writer.WriteLine(shown is null ? $"error: {line}" : $"error: {line}{Environment.NewLine}{shown}");
        }
    }

    /// <summary>Keeps all lines, those before as well, in a file too: somebody may look there who had no terminal.</summary>
    /// <param name="path">The file; it is made when there is a line.</param>
    public void KeepIn(string path)
    {
        lock (gate)
        {
            file = path;
            Append(said);
        }
    }

    /// <summary>Says which standard streams cannot be written, each once: on the other one, and in the file.</summary>
    public void SayFaults()
    {
        foreach (var fault in streams?.Faults() ?? [])
        {
            bool isNew;
            lock (gate)
            {
                isNew = !said.Contains(fault);
            }

            if (isNew)
            {
                Write(fault);
            }
        }
    }

    /// <summary>What an exception says, on one line.</summary>
    public static string OneLine(Exception exception)
    {
        // libtorch's messages carry a native stack trace after the first line.
        var message = exception.Message.Split('\n', 2)[0].Trim();
        return exception is UAmtflException ? exception.Message.ReplaceLineEndings(" ") : $"{exception.GetType().Name}: {message}";
    }

    private void Keep(string line)
    {
        lock (gate)
        {
            said.Add(line);
            Append([line]);
        }
    }

    private void Append(IReadOnlyList<string> lines)
    {
        if (file is null || lines.Count == 0)
        {
            return;
        }

        using var log = new LogFile(file);
        foreach (var line in lines)
        {
            log.Write(line);
        }
    }
}
