using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Messages;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Sections;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>Reports on the finished cells of a run, for <c>run</c> at its end and for <c>report</c> later.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="manifest">The record of the run.</param>
/// <param name="folder">The run folder.</param>
/// <param name="context">The program.</param>
internal sealed class RunReporter(ExperimentDescriptor experiment, RunManifest manifest, RunFolder folder, ProgramContext context)
{
    /// <summary>Reads the finished cells, writes their report into the folder and prints it. A damaged cell, or a folder that cannot be
    /// written, is reported on a line and does not stop the rest. Without a finished cell only the page is written, which says what is
    /// missing.</summary>
    /// <param name="png">True to write each chart as PNG as well.</param>
    /// <returns>The number of cells in the report, and true if the whole report was written into the folder.</returns>
    public (int Cells, bool Whole) Report(bool png = false)
    {
        Report report = Read(out var cells, out var whole);
        if (cells == 0)
        {
            return (0, Written(() => ReportWriter.WritePage(report, folder.FullPath)) && whole);
        }

        var written = Written(() => ReportWriter.Write(report, folder.FullPath, png));
        ConsoleReport.Print(report, context.Console);
        return (cells, written && whole);
    }

    /// <summary>Reads the finished cells and computes their report. A damaged cell is reported on a line and left out.</summary>
    /// <param name="count">Receives the number of cells in the report.</param>
    /// <param name="whole">Receives false if a cell or a section of the study is left out.</param>
    /// <returns>The report, which says what is missing if no cell is finished and whole.</returns>
    public Report Read(out int count, out bool whole)
    {
        RunResults results = Results(out count, out var damaged);
        whole = damaged.Count == 0;
        var report = Of(
            results with
            {
                Variants = [.. results.Variants.Select(v => v with { Declaration = Declaration(v.Name) })],
                Learning = [.. results.Cells.Select(Learning).OfType<LearningCurve>()],
            },
            out var sections);
        whole &= sections;
        return report with { Damaged = [.. damaged.Select(d => d.Replace(folder.FullPath + "/", ""))] };
    }

    /// <summary>Reads the finished cells. A damaged cell is reported on a line and left out.</summary>
    /// <param name="count">Receives the number of cells that were read.</param>
    /// <param name="damaged">Receives a line for each damaged cell.</param>
    /// <returns>The results, without a cell if none is finished and whole.</returns>
    public RunResults Results(out int count, out IReadOnlyList<string> damaged)
    {
        var cells = Cell.All(manifest.Variants.Select(v => v.Name), manifest.Seeds);
        var finished = FinishedCells.Read(folder, cells, experiment.Tasks);
        foreach (var line in finished.Damaged)
        {
            context.Errors.Write($"{Words.Clause(line)}; it is left out of the report");
        }

        (count, damaged) = (finished.Whole.Count, finished.Damaged);
        return RunReport.Of(experiment, manifest, finished.Whole);
    }

    /// <summary>Returns what the run recorded of a variant's declaration.</summary>
    private VariantDeclaration Declaration(string variant)
    {
        var generated = folder.GeneratedFile(variant);
        var recorded = manifest.Variants.First(v => v.Name == variant);
        return new(
            [.. recorded.Values.Select(v => KeyValuePair.Create(v.Key, v.Value?.ToJsonString() ?? Numbers.None))],
            recorded.Find(experiment).Fitted ? null : RunReport.Schedule(recorded.Plan),
            recorded.Network?.ToString(),
            GeneratedFile.Objective(generated),
            GeneratedFile.Declaration(generated));
    }

    /// <summary>Returns the curves of a training, of a grid search those of the point that was kept; null if they cannot be read, which
    /// is said on a line and does not stop the rest.</summary>
    private LearningCurve? Learning(CellResult cell)
    {
        var point = cell.Search.Index().FirstOrDefault(s => s.Item.Problem is null && s.Item.ValidationError.Equals(cell.ValidationError));
        int? kept = cell.Search.Count == 0 ? null : point.Index;
        List<EpochRecord> epochs;
        try
        {
            epochs = [.. folder.Cell(new(cell.Variant, cell.Seed)).Epochs(experiment.Tasks).Where(e => e.Point == kept)];
        }
        catch (UAmtflException failure)
        {
            context.Errors.Write($"{Words.Clause(failure.Message)}; the learning curves are without it");
            return null;
        }

        return new(
            cell.Variant,
            cell.Seed,
            [.. epochs.Select(e => e.TaskLosses.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())],
            [.. epochs.Select(e => e.ValidationError ?? double.NaN)]);
    }

    /// <summary>The report with the sections that the study adds.</summary>
    /// <param name="results">What was run.</param>
    /// <param name="whole">False if a section could not be made, which is then said in a line.</param>
    private Report Of(RunResults results, out bool whole)
    {
        whole = true;
        var report = Reporting.Report.From(results);
        var sections = new List<Section>();
        foreach (var section in context.ReportSections().Where(s => s.Experiment == experiment.Name))
        {
            try
            {
                if (section.Make(report, results) is { } made)
                {
                    sections.Add(made);
                }
            }
            catch (Exception error)
            {
                // It is the study's code, and the trainings that it is about took longer than its repair.
                whole = false;
                context.Errors.Write(
                    $"a section that {experiment.Name} adds to its report cannot be made ({Words.Clause(ErrorLines.OneLine(error))}); "
                        + "it is left out",
                    error.ToString());
            }
        }

        return report with { Sections = sections };
    }

    private bool Written(Action write)
    {
        try
        {
            RunFolder.Guarded(folder.FullPath, () =>
            {
                write();
                return true;
            });
            return true;
        }
        catch (OutputException failure)
        {
            context.Errors.Write($"{Words.Clause(failure.Message)}; the report is printed only");
            return false;
        }
    }
}
