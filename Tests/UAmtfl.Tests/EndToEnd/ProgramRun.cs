using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace UAmtfl.Tests.EndToEnd;

/// <summary>The built experiment program, started as a process, as a user starts it.</summary>
internal sealed class ProgramRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private ProgramRun(string[] arguments, string? redirection = null)
    {
        // Whoever started the tests may have them ignore SIGHUP, as nohup does; the program would then take it for the user's wish.
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

        // The variable of these tests, which the program would take for a setting.
        start.Environment.Remove("UAMTFL_DATA");
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Where the program was built: beside this test project, in the same configuration.</summary>
    public static string Folder { get; } = Path.Combine(Root, "Experiments", "bin", Configuration, "net10.0");

    public int ExitCode => process.ExitCode;

    public int Id => process.Id;

    public string Output => output.ToString();

    /// <summary>What it wrote to the error stream, without empty lines.</summary>
    public IReadOnlyList<string> Errors =>
        [.. errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "UAmtfl.sln")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }

    /// <summary>Debug or Release, as this test project was built.</summary>
    public static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Runs to the end.</summary>
    public static ProgramRun Of(params string[] arguments)
    {
        var run = new ProgramRun(arguments);
        run.Finish();
        return run;
    }

    /// <summary>Runs to the end with standard streams as a shell redirects them.</summary>
    public static ProgramRun Redirected(string redirection, params string[] arguments)
    {
        var run = new ProgramRun(arguments, redirection);
        run.Finish();
        return run;
    }

    public static ProgramRun Start(params string[] arguments) => new(arguments);

    /// <summary>Reads the output until a line has a text.</summary>
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

    /// <summary>True if a process runs; one that is dead and not collected yet does not.</summary>
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

    /// <summary>Its child processes that run.</summary>
    public IReadOnlyList<int> Children() =>
        [
            .. Directory.GetDirectories($"/proc/{process.Id}/task")
                .SelectMany(task => File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse),
        ];

    /// <summary>Kills one of its workers without a chance to say anything.</summary>
    public void KillAWorker()
    {
        Assert.Equal(0, Kill(Children()[0], 9));
    }

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
