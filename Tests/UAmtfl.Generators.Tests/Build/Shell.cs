using System.Diagnostics;

namespace UAmtfl.Generators.Tests.Build;

/// <summary>Starts programs as a user does in a shell.</summary>
internal static class Shell
{
    /// <summary>Runs a program to its end and returns what it wrote to standard output. The test fails, with all output, if the exit code
    /// is not 0.</summary>
    public static string Succeeds(string where, string program, params string[] arguments)
    {
        var (code, output) = Run(where, program, arguments);
        Assert.True(code == 0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {code}:\n{output}");
        return output;
    }

    /// <summary>Runs a program to its end and returns its exit code and what it wrote to standard output and then to standard
    /// error.</summary>
    public static (int Code, string Output) Run(string where, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = where, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
