namespace UAmtfl.Hosting;

/// <summary>Continues a run that was killed or stopped: the finished cells stay, and the others go on from their last
/// checkpoints.</summary>
internal static class ResumedRun
{
    private static readonly string[] Allowed = [RunVerb.Resume, RunVerb.Parallel, RunVerb.MaxTime, RunVerb.Verbose];

    /// <summary>Starts the run again with its own command line.</summary>
    /// <param name="context">The program.</param>
    /// <param name="path">The folder of the run.</param>
    /// <param name="given">The names of the options and arguments that were typed.</param>
    /// <param name="parse">Reads the options of the original command line.</param>
    /// <param name="parallel">The number of worker processes; null for the run's own.</param>
    /// <param name="limit">The time at which the run stops; null for a limit as long as the run's own.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UAmtflException">The folder is not that of a run, or an option was given that the run already has.</exception>
    public static Task<int> StartAsync(
        ProgramContext context, string path, IReadOnlyList<string> given, Func<IReadOnlyList<string>, RunOptions> parse, int? parallel,
        TimeLimit? limit)
    {
        if (given.Except(Allowed).Concat(context.Settings.Select(s => $"--{s.Key}")).FirstOrDefault() is { } other)
        {
            throw new UAmtflException(
                $"run --resume continues with the settings that the run was started with, but {other} was given; drop it");
        }

        _ = RunFolder.Open(path, out var manifest);
        var original = CommandLineSettings.Split(manifest.CommandLine, out var settings);
        var verb = original.ToList().IndexOf(RunVerb.Name);
        var options = parse([.. original.Where((_, i) => i != verb)]);
        return RunHost.RunAsync(
            context with { Settings = settings },
            options with
            {
                Resume = path,
                Parallel = parallel ?? options.Parallel,
                Limit = limit ?? options.Limit,
                Data = options.Data is null ? null : manifest.DataFolder,
                Mirror = null,
            });
    }

    /// <summary>Throws if a run would now be another than the one that was started.</summary>
    /// <param name="before">The record of the run.</param>
    /// <param name="now">The record that the run would have now.</param>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="generated">The files of generated code beside the program.</param>
    /// <exception cref="UAmtflException">Something differs; the message names it.</exception>
    public static void RequireSame(RunManifest before, RunManifest now, RunFolder folder, IReadOnlyList<string> generated)
    {
        List<string> differences = [.. Changes.Between(before, now)];
        differences.AddRange(folder.ChangedGenerated(generated).Select(
            file => $"the generated code {file}, so that the declaration was changed"));
        if (differences.Count > 0)
        {
            var more = differences.Count > Changes.Shown ? $"; and {differences.Count - Changes.Shown} more" : "";
            throw new UAmtflException(
                $"cannot continue {folder.FullPath}, because this is another run now: "
                + $"{string.Join("; ", differences.Take(Changes.Shown))}{more}; "
                + "undo the change, or start a new run");
        }
    }
}
