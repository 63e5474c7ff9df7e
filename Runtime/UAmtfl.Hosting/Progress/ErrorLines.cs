using Spectre.Console;
using UAmtfl.Data;

namespace UAmtfl.Hosting;

/// <summary>Writes errors as single lines to standard error, with stack traces only if they are wanted.</summary>
/// <param name="console">The console that draws the progress.</param>
/// <param name="verbose">True if stack traces are shown.</param>
/// <param name="streams">The program's guarded streams; null if they are not guarded.</param>
internal sealed class ErrorLines(IAnsiConsole console, bool verbose, StandardStreams? streams = null)
{
    private readonly Lock gate = new();
    private readonly List<string> said = [];
    private string? file;

    /// <summary>Writes the message of an exception, with its type unless it is one of this library.</summary>
    public void Write(Exception exception) => Write(OneLine(exception), exception.ToString());

    /// <summary>Writes a line <c>error: …</c>.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="details">The stack trace; null if there is none.</param>
    public void Write(string message, string? details = null)
    {
        // A message may contain foreign text: a server's words, the name of a file, an address with a password.
        var line = PlainText.Line(PlainText.WithoutSecrets(message));
        var shown = verbose && details is not null ? PlainText.Lines(PlainText.WithoutSecrets(details)) : null;
        Keep(line);

        // If both streams are the same terminal, write through the console, because the progress bars would otherwise overwrite the line.
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

    /// <summary>Also writes all lines, including earlier ones, to a file, for a reader who had no terminal.</summary>
    /// <param name="path">The path of the file, which is created with the first line.</param>
    public void KeepIn(string path)
    {
        lock (gate)
        {
            file = path;
            Append(said);
        }
    }

    /// <summary>Reports each standard stream that cannot be written, once, on the other stream and in the file.</summary>
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

    /// <summary>Returns the message of an exception as one line.</summary>
    public static string OneLine(Exception exception)
    {
        if (exception is TypeInitializationException { TypeName: "TorchSharp.torch" })
        {
            return $"libtorch cannot be loaded, because its libraries beside the program, in {AppContext.BaseDirectory}, are missing or "
                + "may not be read; if they are links into the package cache of another user, build with -p:UAmtflLinkNatives=false";
        }

        // Only the first line is kept, because libtorch appends a native stack trace to its messages.
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
