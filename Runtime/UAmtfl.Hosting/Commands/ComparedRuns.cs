using System.Globalization;
using UAmtfl.Data;
using UAmtfl.Data.Tables;
using UAmtfl.Descriptors;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Html;

namespace UAmtfl.Hosting;

/// <summary>Compares two runs of an experiment for the verb <c>report A B</c>: it prints the comparison, and writes it as a page if a file
/// is named.</summary>
internal static class ComparedRuns
{
    /// <summary>The number of differences between the records of the runs that are listed.</summary>
    private const int Shown = 20;

    /// <summary>The number of digits of a commit that tell it from others.</summary>
    private const int CommitLength = 12;

    /// <summary>The parts of a record that say which program made the run.</summary>
    private static readonly string[] Builds = ["versions", "builds"];

    /// <summary>Compares two runs.</summary>
    /// <param name="context">The program.</param>
    /// <param name="runs">The folders of run A and run B.</param>
    /// <param name="page">The file for the page; null for none.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UAmtflException">The runs are of different experiments, or have nothing to compare.</exception>
    public static int Report(ProgramContext context, string[] runs, string? page)
    {
        if (page is not null && !page.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
        {
            throw new UAmtflException($"--output {page} is not NAME.html, and the comparison of two runs is a page: name it so");
        }

        using RunFolder before = ReportVerb.Open(context, runs[0], out var experiment, out var first);
        using RunFolder now = ReportVerb.Open(context, runs[1], out var other, out var second);
        if (experiment.Name != other.Name)
        {
            throw new UAmtflException(
                $"report compares two runs of one experiment, but {runs[0]} is of {experiment.Name} and {runs[1]} of {other.Name}");
        }

        var results = Read(context, experiment, first, before, out var whole);
        var compared = Read(context, experiment, second, now, out var also);
        Report report = RunComparison.Of(
            results, compared, [Of("A", first, before), Of("B", second, now)], [.. Differences(first, second)], Unpaired(first, second));
        ConsoleReport.Print(report, context.Console);
        if (page is not null)
        {
            ReportVerb.Write(context, page, HtmlReport.Text(report));
        }

        return whole && also ? ExitCode.Success : ExitCode.Failure;
    }

    private static RunResults Read(
        ProgramContext context, ExperimentDescriptor experiment, RunManifest manifest, RunFolder folder, out bool whole)
    {
        RunResults results = new RunReporter(experiment, manifest, folder, context).Results(out var cells, out var damaged);
        whole = damaged.Count == 0;
        return cells > 0 ? results : throw new UAmtflException(ReportVerb.Nothing(manifest, folder));
    }

    private static string Of(string name, RunManifest manifest, RunFolder folder) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {Path.GetFileName(folder.FullPath)}, started {manifest.Started:yyyy-MM-dd HH:mm:ss} UTC, ")
        + (manifest.Git is { } git
            ? $"commit {git.Commit[..Math.Min(CommitLength, git.Commit.Length)]}{(git.Dirty ? " with changes not committed" : "")}."
            : "not in a git repository.");

    private static IEnumerable<string> Differences(RunManifest first, RunManifest second)
    {
        // What was asked for says more than which build did it.
        List<string> all = [.. Changes.Between(first, second).OrderBy(d => Builds.Any(b => d.StartsWith(b, StringComparison.Ordinal)))];
        return all.Count == 0
            ? ["The records of the two runs differ in nothing that a result depends on."]
            : all.Take(Shown).Select(d => $"In B {d} in A.")
                .Concat(all.Count > Shown ? [$"The records differ in {all.Count - Shown} more places."] : []);
    }

    /// <summary>Returns the reason for which the runs may not have tested the same rows; null if they did.</summary>
    private static string? Unpaired(RunManifest first, RunManifest second) =>
        !first.DatasetOptions.OrderBy(o => o.Key).SequenceEqual(second.DatasetOptions.OrderBy(o => o.Key))
            ? "the options of the data set differ"
        : first.Data.Count > 0 && second.Data.Count > 0 && DeclaredOptions.Differences(Rows(first.Data), Rows(second.Data)).Any()
            ? "the data are declared otherwise"
        : !first.DataFiles.Select(f => f.Sha256).Order().SequenceEqual(second.DataFiles.Select(f => f.Sha256).Order())
            ? "the runs read different data files"
        : null;

    /// <summary>Returns the declared options that may decide which rows are tested. The path of a file or a folder is none of them,
    /// because the contents of files are compared.</summary>
    private static Dictionary<string, string> Rows(IReadOnlyDictionary<string, string> declared) =>
        declared.Where(o => o.Key.Split('.')[^1] != nameof(TableDeclaration.Path)).ToDictionary();
}
