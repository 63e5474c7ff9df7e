using System.CommandLine;
using System.Text;
using UAmtfl.Descriptors;
using UAmtfl.Files;
using UAmtfl.Messages;
using UAmtfl.Reporting;

namespace UAmtfl.Hosting;

/// <summary>The verb <c>report RUN</c>, which writes the report of a run again from its finished cells, for example of a run that was
/// killed or is still in progress, or writes its tables in another format.</summary>
internal static class ReportVerb
{
    /// <summary>The name of the verb.</summary>
    public const string Name = "report";

    private const string Format = "--format";
    private const string Output = "--output";
    private const string Latex = "latex";

    /// <summary>Creates the verb <c>report</c>.</summary>
    public static Command Create(ProgramContext context)
    {
        var folder = new Argument<string>("run") { Description = "The run's folder.", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<string>(Format)
        {
            Description = $"{Latex}: prints the tables of variants and tasks as LaTeX, and changes nothing in the run's folder.",
        };
        var output = new Option<string>(Output) { Description = "The file for the tables; standard output by default." };
        var verbose = new Option<bool>(RunVerb.Verbose) { Description = "Shows stack traces." };
        var command = new Command(Name, "Writes and prints the report of a run from its finished cells.")
        {
            folder, format, output, verbose,
        };
        command.SetAction(parsed =>
        {
            context.RefuseSettings(Name);
            var run = parsed.GetValue(folder) ?? throw new UAmtflException(
                "report needs the folder of a run, such as runs/20260102-030405-mnist-imbalanced");
            return (parsed.GetValue(format), parsed.GetValue(output)) switch
            {
                (null, null) => Report(context, run),
                (null, _) => throw new UAmtflException(
                    $"{Output} needs {Format} {Latex}; without it, report writes into the run's folder"),
                (Latex, var file) => Tables(context, run, file),
                ({ } other, _) => throw new UAmtflException($"unknown format '{other}'; {Nearest.Hint(other, [Latex])}"),
            };
        });
        return command;
    }

    /// <summary>True if a command line of the verb asks for tables on standard output, which are then its only result.</summary>
    public static bool Prints(IReadOnlyList<string> arguments)
    {
        var names = arguments.Select(a => CommandLineSettings.Parts(a).Name).ToList();
        return names.Contains(Format) && !names.Contains(Output);
    }

    private static int Report(ProgramContext context, string path)
    {
        using RunFolder folder = Open(context, path, out var experiment, out var manifest);
        var (cells, whole) = new RunReporter(experiment, manifest, folder, context).Report();
        if (cells == 0)
        {
            context.Errors.Write(Nothing(manifest, folder));
            return ExitCode.Failure;
        }

        var all = manifest.Cells;
        var output = context.Console.Profile.Out.Writer;
        output.WriteLine($"{cells} of {Words.Count(all, "cell")} finished{(cells < all ? ", and the report is of these" : "")}");
        output.WriteLine(folder.FullPath);
        return whole ? ExitCode.Success : ExitCode.Failure;
    }

    private static int Tables(ProgramContext context, string path, string? file)
    {
        using RunFolder folder = Open(context, path, out var experiment, out var manifest);
        Report report = new RunReporter(experiment, manifest, folder, context).Read(out _, out var whole)
            ?? throw new UAmtflException(Nothing(manifest, folder));
        var dataset = experiment.NewDataset();
        var text = LatexReport.Text(report, dataset.Entry?.Name ?? dataset.GetType().Name);
        var writer = context.Console.Profile.Out.Writer;
        if (file is null)
        {
            writer.Write(text);
        }
        else
        {
            RunFolder.Guarded(file, () =>
            {
                WholeFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
                return true;
            });
            writer.WriteLine(Path.GetFullPath(file));
        }

        return whole ? ExitCode.Success : ExitCode.Failure;
    }

    private static RunFolder Open(ProgramContext context, string path, out ExperimentDescriptor experiment, out RunManifest manifest)
    {
        var folder = RunFolder.Open(path, out manifest);
        experiment = ResolvedRun.Find(context.Experiments(), manifest.Experiment);
        manifest.RequireVariants(experiment);
        return folder;
    }

    private static string Nothing(RunManifest manifest, RunFolder folder) =>
        $"none of {Words.Count(manifest.Cells, "cell")} of {folder.FullPath} is finished and whole; there is nothing to report";
}
