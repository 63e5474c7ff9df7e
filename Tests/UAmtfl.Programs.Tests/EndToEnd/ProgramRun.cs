using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace UAmtfl.Tests.EndToEnd;

/// <summary>Starts the built experiment program as a process, as a user does.</summary>
internal sealed class ProgramRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private ProgramRun(string[] arguments, string? redirection = null)
    {
        // Without this, SIGHUP is ignored if whoever started the tests ignores it, as nohup does, and the program takes that for the
        // user's wish.
        var start = new ProcessStartInfo(redirection is null ? "env" : "bash")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var word in redirection is null
            ? new[] { "--default-signal=HUP", "dotnet" }
            : ["-c", $"exec dotnet \"$@\" {redirection}", "bash"])
        {
            start.ArgumentList.Add(word);
        }

        start.ArgumentList.Add(Path.Combine(Folder, "UAmtfl.Experiments.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // The tests' variable for real data is removed because the program would take it for a setting.
        start.Environment.Remove("UAMTFL_DATA");
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The folder of the built program, in the same configuration as the tests.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "Experiments", "bin", Repository.Configuration, "net10.0");

    public int ExitCode => process.ExitCode;

    public int Id => process.Id;

    public string Output => output.ToString();

    /// <summary>The lines of the error stream that are not empty.</summary>
    public IReadOnlyList<string> Errors =>
        [.. errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>Runs the program to its end.</summary>
    public static ProgramRun Of(params string[] arguments)
    {
        var run = new ProgramRun(arguments);
        run.Finish();
        return run;
    }

    /// <summary>Runs the program to its end, with standard streams that a shell redirects.</summary>
    public static ProgramRun Redirected(string redirection, params string[] arguments)
    {
        var run = new ProgramRun(arguments, redirection);
        run.Finish();
        return run;
    }

    public static ProgramRun Start(params string[] arguments) => new(arguments);

    /// <summary>Reads the program's output until a line contains a text.</summary>
    public void WaitFor(string text)
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            output.AppendLine(line);
            if (line.Contains(text))
            {
                return;
            }
        }

        Assert.Fail($"'{text}' was not written; it wrote: {Output}{string.Join('\n', Errors)}");
    }

    public void Finish()
    {
        output.Append(process.StandardOutput.ReadToEnd());
        Assert.True(process.WaitForExit(Patience), "the program does not end");
        process.WaitForExit();
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(process.Id, signal));

    /// <summary>True if a process runs. A process that has ended, but was not yet collected by its parent, does not run.</summary>
    public static bool Runs(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].TrimStart()[0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The child processes of the program that run.</summary>
    public IReadOnlyList<int> Children() =>
        [.. Directory.GetDirectories($"/proc/{process.Id}/task").SelectMany(ChildrenOf).Select(int.Parse)];

    /// <summary>The child processes that a thread has started; none if the thread has ended since it was listed.</summary>
    private static string[] ChildrenOf(string task)
    {
        try
        {
            return File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Kills a worker of the program with SIGKILL, so that it cannot report anything.</summary>
    public void KillAWorker() => Assert.Equal(0, Kill(Children()[0], 9));

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
