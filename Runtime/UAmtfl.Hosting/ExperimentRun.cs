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

    /// <summary>Makes the folder of a new run, or opens that of the run that is continued.</summary>
    /// <returns>The record of the run, and its folder, which is the run's until it is disposed of.</returns>
    /// <exception cref="UAmtflException">Generated code is missing, the run folder cannot be written, or the run that is continued
    /// would be another one now.</exception>
    public (RunManifest Manifest, RunFolder Folder) Open()
    {
        var generated = GeneratedFiles();
        var parallel = WorkerCount.Of(options.Device, options.Parallel, Environment.ProcessorCount, cells.Count);
        var now = RunManifest.Of(run, options, parallel, DateTime.UtcNow);
        RunFolder folder;
        if (options.Resume is { } path)
        {
            folder = RunFolder.Continue(path, out var before);
            ResumedRun.RequireSame(before, now, folder, generated);
            now = before with { Parallel = parallel };
        }
        else
        {
            folder = RunFolder.Create(options.Output, now);
        }

        folder.CopyGenerated(generated);
        return (now, folder);
    }

    /// <summary>Executes the run.</summary>
    /// <param name="manifest">The record of the run.</param>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="stopping">Stops the run; the finished cells are still reported.</param>
    /// <returns>The exit code, unless the run was stopped.</returns>
    /// <exception cref="UAmtflException">The run folder cannot be written.</exception>
    public async Task<int> RunAsync(RunManifest manifest, RunFolder folder, CancellationToken stopping)
    {
        context.Errors.KeepIn(folder.ErrorLog);
        List<Cell> before = [.. cells.Where(cell => folder.Cell(cell).IsFinished)];
        before.ForEach(cell => CellJournal.Discard(folder.Cell(cell)));
        var output = context.Console.Profile.Out.Writer;
        output.WriteLine($"{run.Experiment.Name}: {run.Experiment.Title}");
        output.WriteLine(
            $"{Words.Count(cells.Count, "cell")} ({Words.Count(run.Variants.Count, "variant")}, {Words.Count(run.Seeds.Count, "seed")}) "
            + $"into {folder.FullPath}");
        if (options.Resume is not null)
        {
            output.WriteLine($"continued: {before.Count} of {Words.Count(cells.Count, "cell")} were finished");
        }

        context.Errors.SayFaults();

        var executors = Executors(manifest, folder);
        var outcomes = await RunProgress.For(context.Console, context.Errors, run, before)
            .ShowAsync(
                observer => new CellPool(
                    executors, Math.Max(1, manifest.Parallel), new RunTelemetry(observer, run.Experiment.Name), run.Parent, options.Limit)
                    .RunAsync(cells.Except(before), stopping))
            .ConfigureAwait(false);

        var (finished, whole) = before.Count > 0 || outcomes.Values.Any(o => o.End == CellEnd.Finished)
            ? new RunReporter(run.Experiment, manifest, folder, context).Report()
            : (0, true);
        var outOfTime = options.Limit.Passed && outcomes.Values.All(o => o.End is CellEnd.Finished or CellEnd.OutOfTime);
        if (finished < cells.Count)
        {
            var why = stopping.IsCancellationRequested ? "stopped; " : outOfTime ? "the time limit is reached; " : "";
            context.Errors.Write(
                $"{why}{finished} of {Words.Count(cells.Count, "cell")} "
                + $"finished{(finished > 0 ? ", and the report is of these" : "")}; "
                + $"run --resume {folder.FullPath} goes on with the others");
        }

        output.WriteLine(folder.FullPath);
        return finished == cells.Count && whole ? ExitCode.Success
            : whole && outOfTime ? ExitCode.TimeLimit
            : ExitCode.Failure;
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

    private Func<int, ICellExecutor> Executors(RunManifest manifest, RunFolder folder)
    {
        if (manifest.Parallel > 0)
        {
            return number => WorkerProcess.Start(number, folder, options.Threads, options.Limit);
        }

        torch.set_num_threads(options.Threads);
        return _ => new InProcessExecutor(new(run, manifest, folder, CellTrainer.TrainWithTorch, options.Limit));
    }
}
