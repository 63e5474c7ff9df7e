using UAmtfl.Descriptors;
using UAmtfl.Reporting;

namespace UAmtfl.Hosting;

/// <summary>Reports on the finished cells of a run, for <c>run</c> at its end and for <c>report</c> later.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="manifest">The record of the run.</param>
/// <param name="folder">The run folder.</param>
/// <param name="context">The program.</param>
internal sealed class RunReporter(ExperimentDescriptor experiment, RunManifest manifest, RunFolder folder, ProgramContext context)
{
    /// <summary>Reads the finished cells, writes their report into the folder and prints it. A damaged cell, or a folder that cannot be
    /// written, is reported on a line and does not stop the rest.</summary>
    /// <returns>The number of cells in the report, and true if the whole report was written into the folder.</returns>
    public (int Cells, bool Whole) Report()
    {
        var cells = Cell.All(manifest.Variants.Select(v => v.Name), manifest.Seeds);
        var finished = FinishedCells.Read(folder, cells, experiment.Tasks);
        foreach (var line in finished.Damaged)
        {
            context.Errors.Write($"{line}; it is left out of the report");
        }

        if (finished.Whole.Count == 0)
        {
            return (0, finished.Damaged.Count == 0);
        }

        var results = RunReport.Of(experiment, manifest, finished.Whole);
        var written = Written(results);
        ConsoleReport.Print(results, context.Console);
        return (finished.Whole.Count, written && finished.Damaged.Count == 0);
    }

    private bool Written(RunResults results)
    {
        try
        {
            RunFolder.Guarded(folder.FullPath, () => ReportWriter.Write(results, folder.FullPath));
            return true;
        }
        catch (OutputException failure)
        {
            context.Errors.Write($"{failure.Message}; the report is printed only");
            return false;
        }
    }
}
