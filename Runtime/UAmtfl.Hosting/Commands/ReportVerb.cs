using System.CommandLine;
using UAmtfl.Messages;

namespace UAmtfl.Hosting;

/// <summary>The verb <c>report RUN</c>, which writes the report of a run again from its finished cells, for example of a run that was
/// killed or is still in progress.</summary>
internal static class ReportVerb
{
    /// <summary>The name of the verb.</summary>
    public const string Name = "report";

    /// <summary>Creates the verb <c>report</c>.</summary>
    public static Command Create(ProgramContext context)
    {
        var folder = new Argument<string>("run") { Description = "The run's folder.", Arity = ArgumentArity.ZeroOrOne };
        var verbose = new Option<bool>(RunVerb.Verbose) { Description = "Shows stack traces." };
        var command = new Command(Name, "Writes and prints the report of a run from its finished cells.") { folder, verbose };
        command.SetAction(parsed =>
        {
            context.RefuseSettings(Name);
            return Report(context, parsed.GetValue(folder) ?? throw new UAmtflException(
                "report needs the folder of a run, such as runs/20260102-030405-mnist-imbalanced"));
        });
        return command;
    }

    private static int Report(ProgramContext context, string path)
    {
        var folder = RunFolder.Open(path, out var manifest);
        var experiment = ResolvedRun.Find(context.Experiments(), manifest.Experiment);
        manifest.RequireVariants(experiment);
        var (cells, whole) = new RunReporter(experiment, manifest, folder, context).Report();
        var all = manifest.Variants.Count * manifest.Seeds.Count;
        if (cells == 0)
        {
            context.Errors.Write(
                $"none of {Words.Count(all, "cell")} of {folder.FullPath} is finished and whole; there is nothing to report");
            return ExitCode.Failure;
        }

        var output = context.Console.Profile.Out.Writer;
        output.WriteLine($"{cells} of {Words.Count(all, "cell")} finished{(cells < all ? ", and the report is of these" : "")}");
        output.WriteLine(folder.FullPath);
        return whole ? ExitCode.Success : ExitCode.Failure;
    }
}
