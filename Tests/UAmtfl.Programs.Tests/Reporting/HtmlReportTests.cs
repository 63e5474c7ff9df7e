using System.Text.RegularExpressions;
using System.Xml.Linq;
using UAmtfl.Descriptors;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Html;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Tests.Reporting;

/// <summary>The page of a report is whole without network, script or other files, says first what a reader must know, and shows names as
/// they are.</summary>
public sealed partial class HtmlReportTests
{
    [Fact]
    public void TheFirstPartSaysWhatWasHelpedAndHurtAndHowSureThatIs()
    {
        var first = Page(Report.From(SampleRuns.Mnist())).Descendants("section").First();
        Assert.Equal("What this run shows", first.Element("h2")!.Value);
        Assert.Contains("UAmtfl: helped 9 of 10 tasks on the mean", first.Value);
        Assert.Contains("SharedSigma", first.Value);
        Assert.Contains("against Cnn", first.Value);
        Assert.Contains("paired bootstrap over test rows", first.Value);
        Assert.Contains("cannot fall below 0.25", first.Value);
        Assert.Equal(7, first.Descendants("tbody").Single().Elements("tr").Count());
    }

    [Fact]
    public void AControlThatIsAsGoodIsSaidBeforeAnyNumber()
    {
        static float[][] Rows(double share) => [.. Enumerable.Range(0, 100).Select(r => new[] { r < 100 * share ? 1f : 0f })];
        Report Of(double control) => Report.From(SampleRuns.Run(
            [
                SampleRuns.Variant("Base", VariantRole.Baseline), SampleRuns.Variant("Mine", VariantRole.Proposed),
                SampleRuns.Variant("Bare", VariantRole.Control),
            ],
            [SampleRuns.Cell("Base", 0, Rows(0.5)), SampleRuns.Cell("Mine", 0, Rows(0.3)), SampleRuns.Cell("Bare", 0, Rows(control))]));
        Assert.Contains(
            "Bare, a control, is at least as good as Mine (20.00 against 30.00 ",
            string.Join('\n', Conclusions.Rivals(Of(0.2), new Formats(Of(0.2)))));
        Assert.Contains(
            "Mine is better than the control Bare (30.00 against 40.00 ",
            string.Join('\n', Conclusions.Rivals(Of(0.4), new Formats(Of(0.4)))));
    }

    /// <summary>Every sentence and table cell of the Markdown file is on the page, so that neither says less than the other.</summary>
    [Fact]
    public void ThePageHasAllThatTheOtherFilesHave()
    {
        foreach (var run in new[] { SampleRuns.Mnist(), ScoredRuns.Mixed(), SampleRuns.ManyVariants(20), SampleRuns.Drugs(40) })
        {
            var report = Report.From(run);
            var page = Page(report);
            var words = page.Value;
            foreach (var section in ReportSections.Of(report))
            {
                Assert.Contains(page.Descendants("h2"), h => h.Value == section.Heading);
                var lines = section.Heading == TaskSection.Heading ? TaskSection.Legends(report, new(report)) : section.Lines;
                Assert.All(lines, line => Assert.Contains(line, words));
                Assert.All(section.Tables.SelectMany(t => t.Rows).SelectMany(r => r.Cells), cell => Assert.Contains(cell.Text, words));
            }
        }
    }

    [Fact]
    public void NothingOnThePageIsFetched()
    {
        var page = Page(Report.From(SampleRuns.Mnist()));
        Assert.DoesNotContain(page.DescendantsAndSelf(), e => e.Attribute("src") is not null);
        Assert.All(page.Descendants().Attributes("href"), a => Assert.Matches("^(#|data:,$)", a.Value));
        Assert.DoesNotMatch("""url\((?!#)|@import|https?://(?!www\.w3\.org)""", HtmlReport.Text(Report.From(SampleRuns.Mnist())));
    }

    [Fact]
    public void IdentifiersAreUniqueAndLinksFindTheirTargets()
    {
        var report = Report.From(SampleRuns.Mnist()) with
        {
            Sections = [new("Tasks", [], ["A study may use any heading."]), new("Shown", [], ["And any other."])],
        };
        var page = Page(report);
        var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            page.Descendants().Attributes("href").Where(a => a.Value.StartsWith('#')), a => Assert.Contains(a.Value[1..], ids));
        Assert.All(page.Descendants().Attributes("aria-labelledby"), a => Assert.Contains(a.Value, ids));
    }

    [Fact]
    public void EveryChartHasWordsAndEveryTableAName()
    {
        var page = Page(Report.From(SampleRuns.Mnist()));
        var drawings = page.Descendants().Where(e => e.Name.LocalName == "svg").ToList();
        Assert.NotEmpty(drawings);
        Assert.All(drawings, d =>
        {
            Assert.Equal("img", d.Attribute("role")!.Value);
            Assert.NotEmpty(d.Elements().First(e => e.Name.LocalName == "title").Value);
        });
        Assert.All(page.Descendants("figure"), f => Assert.NotEmpty(f.Element("figcaption")!.Value));
        var regions = page.Descendants().Where(e => e.Attribute("role")?.Value == "region").ToList();
        Assert.Equal(regions.Count, regions.Select(r => r.Attribute("aria-label")!.Value).Distinct().Count());
        Assert.All(page.Descendants("table"), t => Assert.Equal("0", t.Parent!.Attribute("tabindex")?.Value));
    }

    /// <summary>A name that is mark-up is words on the page, in text, in attributes and in charts.</summary>
    [Fact]
    public void MarkUpInANameIsShownAndNotObeyed()
    {
        const string Odd = "<script>alert(\"x\")</script>&'";
        var run = SampleRuns.Run(
            [SampleRuns.Variant("Base", VariantRole.Baseline), SampleRuns.Variant(Odd, VariantRole.Proposed)],
            [SampleRuns.Cell("Base", 0, [[1f, 0f], [0f, 1f]]), SampleRuns.Cell(Odd, 0, [[0f, 0f], [1f, 1f]])],
            tasks: SampleRuns.Tasks(UAmtfl.Tasks.TaskKind.Binary, [Odd, "T1"]));
        var text = HtmlReport.Text(Report.From(run));
        Assert.Equal(2, text.Split("<script>").Length);
        Assert.Contains(Page(Report.From(run)).Descendants("th"), e => e.Value == Odd);
    }

    [Fact]
    public void ARunWithMissingAndDamagedCellsSaysSoFirst()
    {
        var run = SampleRuns.Mnist();
        var report = Report.From(run with { Cells = [.. run.Cells.Where(c => (c.Variant, c.Seed) != ("MtCnn", 2))] }) with
        {
            Damaged = ["cannot read the results in cells/MtCnn-2: result.json is damaged"],
        };
        var note = Page(report).Descendants("div").First(d => d.Attribute("role")?.Value == "note").Value;
        Assert.Contains("Missing: MtCnn with seed 2: not finished.", note);
        Assert.Contains("Left out: cannot read the results in cells/MtCnn-2: result.json is damaged.", note);
        Assert.Contains("20 of 21", Page(report).Descendants("header").Single().Value);
    }

    [Fact]
    public void ARunWithoutAnyFinishedCellHasAPage()
    {
        var page = Page(Report.From(SampleRuns.Run([SampleRuns.Variant("Mine", VariantRole.Proposed)], [])));
        Assert.Contains("No baseline is among the finished results", page.Value);
        Assert.Contains("Missing: Mine: not finished.", page.Value);
    }

    [Fact]
    public void AllOf181TasksAreListedAndSortedByTheirDifferences()
    {
        var report = Report.From(SampleRuns.Drugs(181));
        var page = Page(report);
        var tasks = page.Descendants("section").Single(s => s.Attribute("id")?.Value == "tasks");
        var rows = tasks.Descendants("tbody").First().Elements("tr").ToList();
        Assert.Equal(181, rows.Count);
        Assert.Equal(181, tasks.Elements("details").Count(d => d.Attribute("data-name") is not null));
        Assert.NotNull(rows[0].Elements("td").Last().Attribute("data-v"));
        Assert.InRange(HtmlReport.Text(report).Length, 1, 2_000_000);
    }

    internal static XElement Page(Report report) =>
        XDocument.Parse(Contents.Replace(HtmlReport.Text(report), "<$1></$1>")).Root!;

    /// <summary>Matches the style and the script, which are no XML.</summary>
    [GeneratedRegex("<(style|script)>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Contents { get; }
}
