using System.CommandLine;
using System.Text;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Files;
using UAmtfl.Messages;
using UAmtfl.Reporting;

namespace UAmtfl.Hosting;

/// <summary>The verb <c>report</c>. With one run it writes the report again from the finished cells, for example of a run that was killed
/// or is still in progress, or writes its tables in another format; with two runs it compares them.</summary>
internal static class ReportVerb
{
    /// <summary>The name of the verb.</summary>
    public const string Name = "report";

    private const string Format = "--format";
    private const string Output = "--output";
    private const string Latex = "latex";
    private const string Png = "--png";

    /// <summary>Creates the verb <c>report</c>.</summary>
    public static Command Create(ProgramContext context)
    {
        var folder = new Argument<string[]>("run")
        {
            Description = "The run's folder; with a second folder, the report compares the second run with the first.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var format = new Option<string>(Format)
        {
            Description = $"{Latex}: prints the tables of variants and tasks as LaTeX, and changes nothing in the run's folder.",
        };
        var output = new Option<string>(Output)
        {
            Description = "The file for the tables, standard output by default; with two runs, a file for the comparison as a page.",
        };
        var png = new Option<bool>(Png) { Description = "Also writes each chart as PNG, at 300 pixels to the inch." };
        var verbose = new Option<bool>(RunVerb.Verbose) { Description = "Shows stack traces." };
        var command = new Command(Name, "Writes and prints the report of a run from its finished cells.")
        {
            folder, format, output, png, verbose,
        };
        command.SetAction(parsed =>
        {
            context.RefuseSettings(Name);
            var images = parsed.GetValue(png);
            return (parsed.GetValue(folder) ?? [], parsed.GetValue(format), parsed.GetValue(output)) switch
            {
                ([], _, _) => throw new UAmtflException(
                    "report needs the folder of a run, such as runs/20260102-030405-mnist-imbalanced"),
                ([_, _], null, var page) when !images => ComparedRuns.Report(context, parsed.GetValue(folder)!, page),
                ([_, _], _, _) => throw new UAmtflException(
                    $"a comparison of two runs takes no {Format} and no {Png}; {Output} names the file for its page"),
                ([_, _, ..], _, _) => throw new UAmtflException("report takes one run, or two that it compares"),
                ([var run], null, null) => Report(context, run, images),
                ([_], null, _) => throw new UAmtflException(
                    $"{Output} needs {Format} {Latex}; without it, report writes into the run's folder"),
                ([_], Latex, _) when images => throw new UAmtflException($"{Format} {Latex} writes no charts; drop {Png}"),
                ([var run], Latex, var file) => Tables(context, run, file),
                ([_], { } other, _) => throw new UAmtflException($"unknown format '{other}'; {Nearest.Hint(other, [Latex])}"),
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

    private static int Report(ProgramContext context, string path, bool png)
    {
        using RunFolder folder = Open(context, path, out var experiment, out var manifest);
        var (cells, whole) = new RunReporter(experiment, manifest, folder, context).Report(png);
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
        Report report = new RunReporter(experiment, manifest, folder, context).Read(out var cells, out var whole);
        if (cells == 0)
        {
            throw new UAmtflException(Nothing(manifest, folder));
        }

        var dataset = experiment.NewDataset();
        var source = dataset.NameFor(new(manifest.DataFolder, manifest.Seeds[0], manifest.DatasetOptions));
        var text = LatexReport.Text(report, dataset.Entry?.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(source)));
        var writer = context.Console.Profile.Out.Writer;
        if (file is null)
        {
            writer.Write(text);
        }
        else
        {
            Write(context, file, text);
        }

        return whole ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Writes a file that was named, and prints its path.</summary>
    public static void Write(ProgramContext context, string file, string text)
    {
        RunFolder.Guarded(file, () =>
        {
            WholeFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
            return true;
        });
        context.Console.Profile.Out.Writer.WriteLine(Path.GetFullPath(file));
    }

    /// <summary>Opens the folder of a run of the program.</summary>
    public static RunFolder Open(ProgramContext context, string path, out ExperimentDescriptor experiment, out RunManifest manifest)
    {
        var folder = RunFolder.Open(path, out manifest);
        experiment = ResolvedRun.Find(context.Experiments(), manifest.Experiment);
        manifest.RequireVariants(experiment);
        return folder;
    }

    /// <summary>Returns a message about a run without a finished cell.</summary>
    public static string Nothing(RunManifest manifest, RunFolder folder) =>
        $"none of {Words.Count(manifest.Cells, "cell")} of {folder.FullPath} is finished and whole; there is nothing to report";
}
