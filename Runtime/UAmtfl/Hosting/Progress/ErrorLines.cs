using Spectre.Console;
using UAmtfl.Data;

namespace UAmtfl.Hosting;

/// <summary>Writes errors as single lines on standard error; stack traces only when asked for.</summary>
/// <param name="console">Where the progress is drawn.</param>
/// <param name="verbose">Whether to show stack traces.</param>
internal sealed class ErrorLines(IAnsiConsole console, bool verbose)
{
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
            Console.Error.WriteLine(shown is null ? $"error: {line}" : $"error: {line}{Environment.NewLine}{shown}");
        }
    }

    /// <summary>What an exception says, on one line.</summary>
    public static string OneLine(Exception exception)
    {
        // libtorch's messages carry a native stack trace after the first line.
        var message = exception.Message.Split('\n', 2)[0].Trim();
        return exception is UAmtflException ? exception.Message.ReplaceLineEndings(" ") : $"{exception.GetType().Name}: {message}";
    }
}
