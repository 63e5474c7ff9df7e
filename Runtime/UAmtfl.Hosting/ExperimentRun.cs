using TorchSharp;
using UAmtfl.Messages;

namespace UAmtfl.Hosting;

/// <summary>Executes one run: makes its folder, trains its cells and writes its report.</summary>
/// <param name="run">The experiment with its configuration.</param>
/// <param name="options">The options of the run.</param>
/// <param name="context">The program.</param>
internal sealed class ExperimentRun(ResolvedRun run, RunOptions options, ProgramContext context)
{
    private readonly IReadOnlyList<Cell> cells = Cell.All(run.Variants.Select(v => v.Descriptor.Name), run.Seeds);

    /// <summary>Executes the run.</summary>
    /// <param name="stopping">Stops the run; the finished cells are still reported.</param>
    /// <returns>The exit code, unless the run was stopped.</returns>
    /// <exception cref="UAmtflException">Generated code is missing, or the run folder cannot be written.</exception>
    public async Task<int> RunAsync(CancellationToken stopping)
    {
        var parallel = WorkerCount.Of(options.Device, options.Parallel, Environment.ProcessorCount, cells.Count);
        var manifest = RunManifest.Of(run, options, parallel, DateTime.UtcNow);
        var generated = GeneratedFiles();
        var folder = RunFolder.Create(options.Output, manifest);
        context.Errors.KeepIn(folder.ErrorLog);
        folder.CopyGenerated(generated);
        var output = context.Console.Profile.Out.Writer;
        output.WriteLine($"{run.Experiment.Name}: {run.Experiment.Title}");
        output.WriteLine(
            $"{Words.Count(cells.Count, "cell")} ({Words.Count(run.Variants.Count, "variant")}, {Words.Count(run.Seeds.Count, "seed")}) "
            + $"into {folder.FullPath}");
        context.Errors.SayFaults();

        var executors = Executors(parallel, manifest, folder);
        var outcomes = await RunProgress.For(context.Console, context.Errors, run)
            .ShowAsync(observer => new CellPool(executors, Math.Max(1, parallel), observer).RunAsync(cells, stopping))
            .ConfigureAwait(false);

        var (finished, whole) = outcomes.Values.Any(o => o.End == CellEnd.Finished)
            ? new RunReporter(run.Experiment, manifest, folder, context).Report()
            : (0, true);
        if (finished < cells.Count)
        {
            context.Errors.Write(
                $"{(stopping.IsCancellationRequested ? "stopped; " : "")}{finished} of {Words.Count(cells.Count, "cell")} "
                + $"finished{(finished > 0 ? ", and the report is of these" : "")}");
        }

        output.WriteLine(folder.FullPath);
        return finished == cells.Count && whole ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Returns the files of generated code beside the program. Their names end in .txt, because a build might otherwise compile
    /// them.</summary>
    private IReadOnlyList<string> GeneratedFiles()
    {
        var files = run.Experiment.GeneratedFiles.Select(f => Path.Combine(AppContext.BaseDirectory, "generated", $"{f}.txt")).ToList();
        return files.FirstOrDefault(f => !File.Exists(f)) is { } missing
            ? throw new UAmtflException($"the generated file {missing} is missing; build the program again")
            : files;
    }

    private Func<int, ICellExecutor> Executors(int parallel, RunManifest manifest, RunFolder folder)
    {
        if (parallel > 0)
        {
            return number => WorkerProcess.Start(number, folder, options.Threads);
        }

        torch.set_num_threads(options.Threads);
        return _ => new InProcessExecutor(new(run, manifest, folder, CellTrainer.TrainWithTorch));
    }
}
