using System.Diagnostics;
using System.Reflection;
using TorchSharp;
using UAmtfl.Hosting;

namespace UAmtfl.Benchmarks;

/// <summary>Restarts the program in the environment that workers get, because some variables only act if they are set before a process
/// starts.</summary>
internal static class LikeAWorker
{
    private const string Mark = "UAMTFL_BENCHMARKS_AS_WORKER";

    /// <summary>True if this process has the environment of a worker.</summary>
    public static bool IsSo => Environment.GetEnvironmentVariable(Mark) == "1";

    /// <summary>Starts the program again in the environment of a worker, and waits until it ends.</summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <returns>The exit code of the restarted program.</returns>
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

    /// <summary>Sets the number of libtorch's threads to one, as a worker does.</summary>
    public static void Settle() => torch.set_num_threads(1);

    /// <summary>Prints a line of the restarted program's error output, unless it is libtorch's warning that NNPACK is not available.
    /// libtorch prints that warning at each convolution in double precision, which only the checks use.</summary>
    private static void Forward(string? line)
    {
        if (line is not null && !line.Contains("Could not initialize NNPACK", StringComparison.Ordinal))
        {
            Console.Error.WriteLine(line);
        }
    }
}
