using System.Globalization;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Charts;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Sections;

/// <summary>The section with a row for each task, in the order of declaration. If there are many tasks, it has only the best and the worst
/// ones, and the distribution over all.</summary>
internal static class TaskSection
{
    /// <summary>The heading.</summary>
    public const string Heading = "Tasks";

    /// <summary>The largest number of tasks up to which all of them are listed.</summary>
    public const int ListedInFull = 30;

    private const int Extremes = 10;

    /// <summary>The largest number of variants that are columns of a table, whatever the number of tasks.</summary>
    private const int SideBySide = 8;

    public static Section Of(Report report, Formats formats)
    {
        var lines = new List<string>();
        var tables = new List<Table>();
        if (report.Tasks.Count <= ListedInFull)
        {
            tables.Add(Listing(report, formats, [.. Enumerable.Range(0, report.Tasks.Count)]));
        }
        else
        {
            foreach (var format in formats.Groups)
            {
                Add(report, format, formats, tables, lines);
            }
        }

        lines.AddRange(Legends(report, formats));
        return new Section(
            Heading,
            tables,
            lines,
            report.Baseline is null || report.Variants.All(v => v.Transfer is null)
                ? []
                : [.. formats.Groups.Select(f => ImprovementChart.Of(report, f)).OfType<Chart>()]);
    }

    private static void Add(Report report, ErrorFormat format, Formats formats, List<Table> tables, List<string> lines)
    {
        var tasks = format.Group.Tasks;
        if (tasks.Count <= ListedInFull)
        {
            tables.Add(Listing(report, formats, tasks));
            return;
        }

        var focus = Focus(report);
        var ranked = tasks.Where(t => double.IsFinite(Key(focus, t, format))).OrderBy(t => Key(focus, t, format)).ToList();
        var key = focus.Transfer is null
            ? $"{format.Metric.Short()} of {focus.Info.Name}"
            : $"difference of {focus.Info.Name} from {report.Baseline}";
        var best = ranked.Take(Math.Min(Extremes, ranked.Count - Extremes));
        tables.Add(Listing(report, formats, [.. ranked.TakeLast(Extremes).Reverse(), .. best.Reverse()]));
        lines.Add(
            $"Of {tasks.Count} {(formats.Mixed ? format.Metric.Short() + " " : "")}tasks: the {Extremes} worst and the {Extremes} best "
            + $"by the {key}, worst first. All are in report.json.");
        if (report.Baseline is not null)
        {
            tables.Add(Distribution(report, format));
            lines.Add(
                (formats.Mixed ? $"The table after them ({format.Metric.Short()})" : "Second table")
                + $": the distribution over tasks of the difference from {report.Baseline}.");
        }
    }

    /// <summary>Returns the sentences without which the numbers of the tasks cannot be read.</summary>
    public static IEnumerable<string> Legends(Report report, Formats formats) =>
        [
            .. formats.Groups.Select(f => Legend(report, f, formats.Mixed)),
            .. report.TrainCounts.Count > 0
                ? (string[])["Training labels: the mean over runs. Test rows: the fewest of any run."]
                : [],
        ];

    public static string Legend(Report report, ErrorFormat format, bool mixed) =>
        format.Metric.Label() + (mixed ? $" of {Formats.Listed([.. format.Group.Tasks.Select(t => report.Tasks[t])])}" : "")
        + $", mean over seeds, {format.Direction}" + (report.Baseline is null
            ? "."
            : $"; in brackets the difference from {report.Baseline}{(format.Metric.HigherIsBetter() ? ", turned around" : "")}: "
                + "above 0 is negative transfer, and * marks a 95 % interval that excludes 0.");

    /// <summary>Returns the variant by which tasks are ranked: the proposed one, otherwise the first with a transfer, otherwise the
    /// first.</summary>
    private static VariantReport Focus(Report report) =>
        report.Variants.FirstOrDefault(v => v.Info.Role == VariantRole.Proposed && v.Transfer is not null)
        ?? report.Variants.FirstOrDefault(v => v.Transfer is not null)
        ?? report.Variants.FirstOrDefault(v => v.Seeds.Count > 0)
        ?? report.Variants[0];

    private static double Key(VariantReport variant, int task, ErrorFormat format) =>
        variant.Transfer?.Tasks[task].Delta ?? format.Metric.Loss(variant.TaskValues[task]);

    /// <summary>Returns a table with a row for each task and a column for each variant, or the reverse if there are more variants than
    /// tasks and than fit a page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="formats">The formats of the report.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="mayTurn">False for a row for each task in any case, where the width does not matter.</param>
    public static Table Listing(Report report, Formats formats, IReadOnlyList<int> tasks, bool mayTurn = true)
    {
        var variants = report.Variants.Where(v => v.Seeds.Count > 0).OrderBy(v => v.Info.Name != report.Baseline).ToList();
        var counts = report.TrainCounts.Count > 0;
        List<(string Heading, Func<int, Cell> Of)> columns =
        [
            .. formats.Mixed ? ((string, Func<int, Cell>)[])[("metric", t => report.Metrics[t].Label())] : [],
            .. counts ? ((string, Func<int, Cell>)[])[("training labels", Labels)] : [],
            ("test rows", t => report.TestRows[t].ToString(CultureInfo.InvariantCulture)),
            .. variants.Select(v => (v.Info.Name, (Func<int, Cell>)(t => Cell(v, report.Tasks[t], t, formats.Of(t))))),
        ];
        return mayTurn && variants.Count > Math.Max(SideBySide, tasks.Count)
            ? new Table(
                ["variant", .. tasks.Select(t => report.Tasks[t])],
                1,
                [.. columns.Select(c => new Row([c.Heading, .. tasks.Select(c.Of)]))])
            : new Table(
                ["task", .. columns.Select(c => c.Heading)],
                formats.Mixed ? 2 : 1,
                [.. tasks.Select(t => new Row([report.Tasks[t], .. columns.Select(c => c.Of(t))]))]);

        Cell Labels(int task) => report.TrainCounts[task].ToString("0.#", CultureInfo.InvariantCulture);
    }

    private static Cell Cell(VariantReport variant, string name, int task, ErrorFormat metric)
    {
        if (!variant.Info.Trains(name))
        {
            return "not trained";
        }

        var format = metric.Task(task);
        var error = format.Value(variant.TaskValues[task]);
        if (variant.Transfer?.Tasks[task] is not { Outcome: not TransferOutcome.Unknown } transfer)
        {
            return error;
        }

        var tone = transfer.Outcome switch
        {
            TransferOutcome.HurtBeyondInterval => Tone.Bad,
            TransferOutcome.HelpedBeyondInterval => Tone.Good,
            _ => Tone.Plain,
        };
        var difference = format.Difference(transfer.Outcome == TransferOutcome.Same ? 0 : transfer.Delta);
        return new Cell($"{error} ({difference}{(tone == Tone.Plain ? "" : "*")})", tone) { Order = transfer.Delta };
    }

    public static Table Distribution(Report report, ErrorFormat format) => new(
        ["variant", "helped", "hurt", "helped beyond 95 %", "hurt beyond 95 %", "minimum", "25 %", "median", "75 %", "maximum"],
        1,
        [.. report.Variants.Where(v => v.Transfer is not null).Select(v =>
        {
            var transfer = v.Transfer! with { Tasks = [.. format.Group.Tasks.Select(t => v.Transfer!.Tasks[t])] };
            var deltas = transfer.Tasks.Select(t => t.Delta).Where(double.IsFinite).Order().ToArray();
            return new Row([
                v.Info.Name,
                $"{transfer.HelpedOnMean}", $"{transfer.HurtOnMean}", $"{transfer.HelpedBeyondInterval}", $"{transfer.HurtBeyondInterval}",
                .. new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(q => (Cell)format.Overall.Difference(Quantile.Of(deltas, q)))]);
        })]);
}
