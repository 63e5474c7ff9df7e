using System.Globalization;
using System.Text;
using UAmtfl.Descriptors;
using UAmtfl.Reporting.Charts;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Html;

/// <summary>Writes the first part of the page, which says what was helped, what was hurt, how sure that is, and against what.</summary>
internal static class HtmlVerdict
{
    /// <summary>The largest number of variants that the first part lists; the others are in the section of results.</summary>
    private const int Listed = 12;

    /// <summary>The number of warnings up to which none is folded away, so that the first screen says more than warnings.</summary>
    private const int Warnings = 2;

    /// <summary>The parts of a bar from helped to hurt, with the classes of the style sheet.</summary>
    private static readonly (TransferOutcome Outcome, string Class)[] Parts =
    [
        (TransferOutcome.HelpedBeyondInterval, "hb"), (TransferOutcome.Helped, "h"), (TransferOutcome.Same, "s"),
        (TransferOutcome.Unknown, "u"), (TransferOutcome.Hurt, "w"), (TransferOutcome.HurtBeyondInterval, "wb"),
    ];

    public static void Append(StringBuilder text, Report report, Formats formats)
    {
        var heading = report.Compared.Count == 0 ? "What this run shows" : "What the comparison shows";
        text.Append($"<section id=\"shown\" aria-labelledby=\"shown-h\">\n<h2 id=\"shown-h\">{heading}</h2>\n")
            .AppendList(report.Compared, "plain");
        var warnings = OverviewWarnings.Of(report, formats)
            .Where(w => w.StartsWith("Warning", StringComparison.Ordinal) || w.StartsWith("Missing", StringComparison.Ordinal))
            .Concat(report.Damaged.Select(d => $"Left out: {d}.")).ToList();
        if (warnings.Count > 0)
        {
            var shown = warnings.Count > Warnings ? 1 : warnings.Count;
            text.Append("<div class=\"warning\" role=\"note\">\n").AppendList(warnings.Take(shown), "plain");
            if (warnings.Count > shown)
            {
                text.Append($"<details class=\"notes\"><summary>{warnings.Count - shown} more</summary>\n")
                    .AppendList(warnings.Skip(shown), "plain").Append("</details>\n");
            }

            text.Append("</div>\n");
        }

        text.AppendList(Conclusions.Effects(report, formats), "plain lead");
        var judged = report.Variants.Where(v => v.Transfer is not null).ToList();
        if (judged.Count > 0)
        {
            Append(text, report, formats, judged);
        }

        text.AppendList(Conclusions.Rivals(report, formats), "plain lead");
        var certainty = Conclusions.Certainty(report).ToList();
        if (certainty.Count > 0)
        {
            text.Append("<h3>How sure</h3>\n").AppendList(certainty);
        }

        text.Append("</section>\n");
    }

    private static void Append(StringBuilder text, Report report, Formats formats, List<VariantReport> judged)
    {
        var focus = Conclusions.Focus(report, formats);
        var shown = judged.OrderBy(v => !focus.Contains(v)).Take(Listed).ToList();
        shown = [.. judged.Where(shown.Contains)];
        var measure = HtmlText.Of(Conclusions.Label(formats));
        text.BeginScroll("Tasks helped and hurt").Append("<table class=\"verdict\">\n")
            .Append($"<caption>Tasks of {report.Tasks.Count} helped and hurt against {HtmlText.Of(report.Baseline!)}, ")
            .Append("on the mean; in brackets beyond the 95 % interval</caption>\n")
            .Append($"<thead><tr><th scope=\"col\">variant</th><th scope=\"col\" class=\"n\">{measure}</th>")
            .Append("<th scope=\"col\" class=\"n\">helped</th><td aria-hidden=\"true\"></td>")
            .Append("<th scope=\"col\" class=\"n\">hurt</th></tr></thead>\n<tbody>\n");
        if (report.Compared.Count == 0)
        {
            var baseline = report.Variants.First(v => v.Info.Name == report.Baseline);
            text.Append($"<tr><th scope=\"row\">{HtmlText.Of(ChartStyle.Named(baseline.Info))}</th>")
                .Append($"<td class=\"n\">{HtmlText.Of(Conclusions.Value(baseline, formats))}</td><td></td><td></td><td></td></tr>\n");
        }

        foreach (var variant in shown)
        {
            var transfer = variant.Transfer!;
            var strong = variant.Info.Role == VariantRole.Proposed ? " class=\"strong\"" : "";
            text.Append($"<tr><th scope=\"row\"{strong}>{HtmlText.Of(ChartStyle.Named(variant.Info))}</th>")
                .Append($"<td class=\"n\">{HtmlText.Of(Conclusions.Value(variant, formats))}</td>")
                .Append($"<td class=\"n\">{transfer.HelpedOnMean} ({transfer.HelpedBeyondInterval})</td>")
                .Append($"<td aria-hidden=\"true\">{Bar(transfer)}</td>")
                .Append($"<td class=\"n\">{transfer.HurtOnMean} ({transfer.HurtBeyondInterval})</td></tr>\n");
        }

        text.Append("</tbody>\n</table>\n</div>\n");
        text.Append("<p class=\"key\" aria-hidden=\"true\"><i class=\"hb\"></i>helped beyond the interval <i class=\"h\"></i>helped ")
            .Append("<i class=\"s\"></i>equal or unknown <i class=\"w\"></i>hurt <i class=\"wb\"></i>hurt beyond the interval</p>\n");
        if (shown.Count < judged.Count)
        {
            text.Append($"<p>The other {judged.Count - shown.Count} variants are under <a href=\"#results\">Results</a>.</p>\n");
        }
    }

    private static string Bar(TaskTransfers transfer)
    {
        var bar = new StringBuilder("<span class=\"bar\">");
        foreach (var (outcome, name) in Parts)
        {
            var share = 100.0 * transfer.Tasks.Count(t => t.Outcome == outcome) / transfer.Tasks.Count;
            if (share > 0)
            {
                bar.Append($"<i class=\"{name}\" style=\"width:{share.ToString("0.##", CultureInfo.InvariantCulture)}%\"></i>");
            }
        }

        return bar.Append("</span>").ToString();
    }
}
