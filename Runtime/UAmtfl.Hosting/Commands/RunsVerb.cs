using System.CommandLine;
using System.Globalization;
using UAmtfl.Messages;
using UAmtfl.Reporting;

namespace UAmtfl.Hosting;

/// <summary>The verb <c>runs</c>, which lists the runs in a folder with their state and their headline result.</summary>
internal static class RunsVerb
{
    private const string Name = "runs";

    /// <summary>Creates the verb <c>runs</c>.</summary>
    public static Command Create(ProgramContext context)
    {
        var folder = new Argument<string>("folder")
        {
            Description = $"The folder with the run folders; {RunOptions.DefaultOutput} by default.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var experiment = new Option<string>("--experiment") { Description = "Lists the runs of this experiment only." };
        var command = new Command(Name, "Lists the runs in a folder, the newest first.") { folder, experiment };
        command.SetAction(parsed =>
        {
            context.RefuseSettings(Name);
            return List(context, parsed.GetValue(folder), parsed.GetValue(experiment));
        });
        return command;
    }

    private static int List(ProgramContext context, string? given, string? experiment)
    {
        if (given is not null && (RunFolder.Is(given) || !Directory.Exists(given)))
        {
            throw new UAmtflException(RunFolder.Is(given)
                ? $"{given} is a run, and runs lists those in a folder: report {given} shows it"
                : $"there is no folder {given}");
        }

        var folder = given ?? RunOptions.DefaultOutput;
        var found = EarlierRuns.Read(folder);
        var damaged = found.Damaged.ToList();
        var rows = new List<string[]>();
        foreach (EarlierRun run in found.Runs.Where(r => experiment is null || r.Manifest.Experiment == experiment))
        {
            rows.Add(Row(run, damaged));
        }

        var writer = context.Console.Profile.Out.Writer;
        if (rows.Count > 0)
        {
            AlignedText.Write(["started (UTC)", "experiment", "state", "seeds", "headline", "folder"], rows, writer);
        }
        else
        {
            var names = found.Runs.Select(r => r.Manifest.Experiment).Distinct().ToList();
            writer.WriteLine(names.Count == 0 ? $"no runs in {Path.GetFullPath(folder)}"
                : $"no runs of {experiment} in {Path.GetFullPath(folder)}; {Nearest.Hint(experiment!, names)}");
        }

        foreach (var line in damaged)
        {
            context.Errors.Write(line);
        }

        return damaged.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Returns the row of a run, and adds a line if its report cannot be read.</summary>
    private static string[] Row(EarlierRun run, List<string> damaged)
    {
        var manifest = run.Manifest;
        var headline = Numbers.None;
        try
        {
            headline = run.Headline();
        }
        catch (UAmtflException failure)
        {
            damaged.Add(failure.Message);
        }

        return [
            manifest.Started.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            manifest.Experiment,
            run.Finished == manifest.Cells ? "finished" : $"{run.Finished} of {Words.Count(manifest.Cells, "cell")}",
            Seeds(manifest.Seeds),
            headline,
            run.Path];
    }

    /// <summary>Returns the seeds: «1, 2», «1 to 5», or all if they have gaps.</summary>
    private static string Seeds(IReadOnlyList<int> seeds) =>
        seeds.Count > 2 && seeds.Index().All(s => s.Item == seeds[0] + s.Index)
            ? FormattableString.Invariant($"{seeds[0]} to {seeds[^1]}")
            : string.Join(", ", seeds);
}
