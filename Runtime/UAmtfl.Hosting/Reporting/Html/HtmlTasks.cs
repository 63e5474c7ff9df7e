using System.Globalization;
using System.Text;
using UAmtfl.Reporting.Sections;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Html;

/// <summary>Writes the section with every task: a table that can be searched and sorted, and under it the numbers of each task.</summary>
internal static class HtmlTasks
{
    /// <summary>The largest number of tasks that the page lists. A page of more would be slow to open and nobody would read it.</summary>
    public const int ListedInFull = 1000;

    /// <summary>The largest number of rows in the tables of all tasks.</summary>
    private const int Rows = 4000;

    /// <summary>Appends the section.</summary>
    /// <param name="text">The page.</param>
    /// <param name="report">The report.</param>
    /// <param name="formats">The formats of the report.</param>
    /// <param name="section">The section of the other files, which has the charts and the sentences.</param>
    /// <param name="id">The identifier of the section in the page.</param>
    public static void Append(StringBuilder text, Report report, Formats formats, Section section, string id)
    {
        if (report.Tasks.Count > ListedInFull)
        {
            HtmlSection.Append(text, section, id);
            return;
        }

        HtmlSection.Begin(text, section.Heading, id);
        HtmlSection.AppendCharts(text, section);
        text.Append("<p class=\"find\" hidden=\"\"><label>Find a task <input type=\"search\" id=\"find\" autocomplete=\"off\"/></label> ")
            .Append("<output id=\"found\" for=\"find\"></output></p>\n");
        var links = report.Tasks.Index().GroupBy(t => t.Item).ToDictionary(g => g.Key, g => Id(g.First().Index));
        var all = TaskSection.Listing(report, formats, [.. Enumerable.Range(0, report.Tasks.Count)], mayTurn: false);
        HtmlTable.Append(text, all, "All tasks", name => links.TryGetValue(name, out var place) ? "#" + place : null);
        if (report.Tasks.Count > TaskSection.ListedInFull && report.Baseline is not null)
        {
            foreach (var format in formats.Groups.Where(f => f.Group.Tasks.Count > TaskSection.ListedInFull))
            {
                HtmlTable.Append(
                    text, TaskSection.Distribution(report, format), $"Distribution over tasks of the difference in {format.OverallLabel}");
            }
        }

        text.AppendList(TaskSection.Legends(report, formats));
        text.Append("<h3>Each task</h3>\n");
        var variants = report.Variants.Where(v => v.Seeds.Count > 0).ToList();
        if (variants.Count * report.Tasks.Count > Rows)
        {
            var focus = Conclusions.Focus(report, formats);
            variants = [.. variants.Where(v => v.Info.Name == report.Baseline || focus.Contains(v))];
            text.Append($"<p>Of {HtmlText.Of(Formats.Listed([.. variants.Select(v => v.Info.Name)]))} only; report.json has all.</p>\n");
        }

        for (var t = 0; t < report.Tasks.Count; t++)
        {
            Append(text, report, formats, variants, t);
        }

        HtmlSection.End(text);
    }

    private static string Id(int task) => string.Create(CultureInfo.InvariantCulture, $"task:{task + 1}");

    private static void Append(StringBuilder text, Report report, Formats formats, List<VariantReport> variants, int task)
    {
        var name = report.Tasks[task];
        var format = formats.Of(task);
        var metrics = MetricTraits.All.Where(m => m.AppliesTo(report.Kinds[task]) && m != format.Metric
            && variants.Exists(v => v.TaskMetrics.ContainsKey(m.ToString()))).ToList();
        var judged = variants.Exists(v => v.Transfer is not null);
        text.Append($"<details class=\"task\" id=\"{Id(task)}\" data-name=\"{HtmlText.Of(name)}\"><summary>{HtmlText.Of(name)}")
            .Append($"<span> {Counts(report, task)}</span></summary>\n");
        HtmlTable.Append(
            text,
            new Table(
                [
                    "variant", .. judged ? (string[])["outcome"] : [], format.Metric.Label(),
                    .. judged ? (string[])["Δ", "95 % interval", "improvement %", "p", "p Holm", "p BH"] : [],
                    .. metrics.Select(m => m.Label()),
                ],
                judged ? 2 : 1,
                [
                    .. variants.Where(v => v.Info.Trains(name)).Select(v => new Row([
                        v.Info.Name,
                        .. judged ? (Cell[])[Outcome(v, report, task)] : [],
                        format.Task(task).Value(v.TaskValues[task]),
                        .. judged ? Effect(v.Transfer?.Tasks[task], format.Task(task)) : [],
                        .. metrics.Select(m => Metric(v, m, task)),
                    ])),
                ]),
            $"The variants on {name}");
        text.Append("</details>\n");
    }

    private static string Counts(Report report, int task)
    {
        var labels = report.TrainCounts.Count > 0
            ? report.TrainCounts[task].ToString("0.#", CultureInfo.InvariantCulture) + " training labels, "
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{labels}{report.TestRows[task]} test rows");
    }

    private static Cell Outcome(VariantReport variant, Report report, int task) => variant.Transfer?.Tasks[task].Outcome switch
    {
        null => new Cell(variant.Info.Name == report.Baseline ? "baseline" : Numbers.None),
        TransferOutcome.HelpedBeyondInterval => new Cell("helped beyond the interval", Tone.Good),
        TransferOutcome.Helped => "helped on the mean",
        TransferOutcome.Same => "equal",
        TransferOutcome.Hurt => "hurt on the mean",
        TransferOutcome.HurtBeyondInterval => new Cell("hurt beyond the interval", Tone.Bad),
        _ => "unknown",
    };

    private static IEnumerable<Cell> Effect(TaskTransfer? transfer, NumberFormat format) => transfer is null
        ? Enumerable.Repeat((Cell)Numbers.None, 6)
        : [
            format.Difference(transfer.Delta),
            new Cell(format.Range(transfer.Interval)) { Order = transfer.Interval.Low },
            ErrorFormat.Signed(transfer.Improvement),
            ErrorFormat.P(transfer.P), ErrorFormat.P(transfer.PHolm), ErrorFormat.P(transfer.PBenjaminiHochberg),
        ];

    private static Cell Metric(VariantReport variant, TaskMetric metric, int task) =>
        variant.TaskMetrics.TryGetValue(metric.ToString(), out var values)
            ? Numbers.Significant(metric.IsPercent() ? 100 * values[task] : values[task])
            : Numbers.None;
}
