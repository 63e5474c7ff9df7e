using System.Diagnostics;
using System.Reflection;
using TorchSharp;
using UAmtfl.Hosting;

namespace UAmtfl.Benchmarks;

/// <summary>Runs the program as the host runs its workers: with the same environment, which acts before a process's first line.</summary>
internal static class LikeAWorker
{
    private const string Mark = "UAMTFL_BENCHMARKS_AS_WORKER";

    /// <summary>True if this process has the environment of a worker.</summary>
    public static bool IsSo => Environment.GetEnvironmentVariable(Mark) == "1";

    /// <summary>Starts the program again, with that environment, and waits for it.</summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <returns>Its exit code.</returns>
    public static int StartAgain(string[] arguments)
    {
        var program = Environment.ProcessPath ?? throw new UAmtflException("the program does not know its own path");
        var start = new ProcessStartInfo(program) { RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in WorkerStart.Variables(threads: 1))
        {
            start.Environment[name] = value;
        }

        start.Environment[Mark] = "1";
        Console.WriteLine("starting again with the environment that workers have: one thread, and malloc keeps large blocks");
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => Forward(line.Data);
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The rest of what a worker sets.</summary>
    public static void Settle() => torch.set_num_threads(1);

    /// <summary>Double precision, which only the checks use, has libtorch complain at each
    /// convolution that NNPACK is not there for it.</summary>
    private static void Forward(string? line)
    {
        if (line is not null && !line.Contains("Could not initialize NNPACK", StringComparison.Ordinal))
        {
            Console.Error.WriteLine(line);
        }
    }
}
