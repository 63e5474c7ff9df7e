using System.Globalization;
using System.Xml.Linq;
using UAmtfl.Descriptors;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Charts;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Reporting;

/// <summary>Charts of very different results stay readable: nothing is cut off silently, nothing is flattened, and each variant keeps its
/// colour.</summary>
public sealed class ChartTests : IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly string folder = Directory.CreateTempSubdirectory("uamtfl-charts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AVariantHasTheSameColourInEveryChartAndNoTwoOfASmallRunShareOne()
    {
        var run = SampleRuns.Mnist();
        ReportWriter.Write(Report.From(run), folder);
        var colours = ChartStyle.Colours(Report.From(run));
        Assert.Equal(7, colours.Values.Distinct().Count());
        var (error, improvement) = (Fills("error.svg"), Fills("improvement.svg"));
        foreach (var (name, colour) in colours)
        {
            var fill = $"rgb({colour.R},{colour.G},{colour.B})";
            Assert.Contains(fill, error);
            Assert.Equal(name != "Cnn", improvement.Contains(fill));
        }
    }

    /// <summary>If a variant diverged, its bar is cut off and named, and the bars of the other variants stay as long as without
    /// it.</summary>
    [Fact]
    public void AVariantThatDivergedIsCutOffAndNamedAndFlattensNobody()
    {
        var run = Uneven(9e20f);
        ReportWriter.Write(Report.From(run), folder);
        var bars = Bars("error.svg");
        Assert.InRange(bars.Max() / bars.Min(), 1, 3);
        Assert.Contains(Texts("error.svg"), t => t.EndsWith("e21 →"));
        var improvement = Texts("improvement.svg");
        Assert.Contains(improvement, t => t.StartsWith("beyond the axis: Blown on T") && t.Contains("e2"));
        Assert.InRange(Bars("improvement.svg").Max(), 50, 500);
        Assert.Contains("▼", improvement);
    }

    /// <summary>Of 40 tasks the first has no value in either epoch of one seed, as a task without a gradient has no norm of it, and the
    /// second none in any. The quantiles are those of the tasks that have one.</summary>
    [Fact]
    public void ATaskWithoutAValueLeavesTheQuantilesOverTasks()
    {
        var run = SampleRuns.Drugs(40);
        double[] Epoch(int seed) => [seed == 1 ? double.NaN : 1, double.NaN, .. Enumerable.Range(2, 38).Select(t => (double)t)];
        var cells = run.Cells.Select(c => c with
        {
            Traces = new Dictionary<string, double[][]> { ["gradientNorm"] = [Epoch(c.Seed), Epoch(c.Seed)] },
        });
        var report = Report.From(run with { Cells = [.. cells] });
        var variant = report.Variants[0];
        Assert.True(variant.Seeds.Count > 1);
        var curves = variant.Traces["gradientNorm"];
        Assert.Equal([1, double.NaN, 2], curves[0][..3]);
        var series = TraceChart.Of(variant, "gradientNorm", curves, report).Model().Series.OfType<OxyPlot.Series.LineSeries>().ToList();
        Assert.Equal(7, series.Count);
        Assert.Equal(39, series[0].Points[1].Y);
        Assert.Equal(1, series[^1].Points[0].Y);
        Assert.All(series, s => Assert.All(s.Points, p => Assert.True(double.IsFinite(p.Y), s.Title)));
    }

    /// <summary>Improvements of tasks in very different units are shown in per cent, which is the only scale that they have in
    /// common.</summary>
    [Fact]
    public void TasksOfVeryDifferentSizeShareAnAxisOfPerCents()
    {
        static float[][] Rows(float price, float rating) =>
            [.. Enumerable.Range(0, 10).Select(r => new[] { price * (1 + (0.01f * r)), rating * (1 + (0.01f * r)) })];
        var run = SampleRuns.Run(
            [ScoredRuns.Base, ScoredRuns.Mine],
            [SampleRuns.Cell("Base", 1, Rows(3e7f, 4e-4f)), SampleRuns.Cell("Mine", 1, Rows(2.7e7f, 3.2e-4f))],
            tasks: SampleRuns.Tasks(TaskKind.Regression, ["Price", "Rating"]));
        ReportWriter.Write(Report.From(run), folder);
        Assert.Contains("error reduction (% of Base)", Texts("improvement.svg"));
        var bars = Bars("improvement.svg").Order().ToList();
        Assert.Equal(2, bars[1] / bars[0], 1);
        var text = WriterTests.Printed(run);
        Assert.Matches(@"Price\s+10\s+3\.1350e7\s+2\.8215e7 \(−3\.1350e6\*\)", text);
        Assert.Matches(@"Rating\s+10\s+0\.00041800\s+0\.00033440 \(−0\.00008360\*\)", text);
    }

    [Fact]
    public void EveryTextAndWhiskerIsInsideItsChartAndNoNumberHasAHyphenForAMinus()
    {
        RunResults[] runs = [SampleRuns.Mnist(), Uneven(3), ScoredRuns.Mixed(), SampleRuns.ManyVariants(20), SampleRuns.Drugs(40)];
        foreach (var (index, run) in runs.Index())
        {
            ReportWriter.Write(Report.From(run), Path.Combine(folder, $"{index}"));
        }

        foreach (var file in Directory.GetFiles(folder, "*.svg", SearchOption.AllDirectories))
        {
            var drawing = XDocument.Load(file).Root!;
            var (width, height) = (Number(drawing, "width"), Number(drawing, "height"));
            foreach (var line in drawing.Descendants(Svg + "line"))
            {
                Assert.InRange(Number(line, "y1"), -1, height + 1);
                Assert.InRange(Number(line, "x2"), -1, width + 1);
            }

            foreach (var text in drawing.Descendants(Svg + "text"))
            {
                Assert.DoesNotMatch(@"^-\d", text.Value);
            }
        }
    }

    [Fact]
    public void OneTaskHasNoChartOfTransferAndTwoHaveOne()
    {
        ReportWriter.Write(Report.From(SampleRuns.Drugs(1)), folder);
        Assert.False(File.Exists(Path.Combine(folder, "charts/transfer-UAmtfl.svg")));
        ReportWriter.Write(Report.From(SampleRuns.Drugs(2)), folder);
        Assert.True(File.Exists(Path.Combine(folder, "charts/transfer-UAmtfl.svg")));
    }

    [Fact]
    public void ARangeLeavesOutWhatWouldFlattenTheRestAndAtMostHalf()
    {
        Assert.Equal(new ChartRange(-1, 4), ChartRange.Of([(0, 4), (-1, 3), (0, 9e23)]));
        Assert.Equal(new ChartRange(0, 4), ChartRange.Of([(0, 4), (0, 9e23)]));
        Assert.Equal(new ChartRange(0, 12), ChartRange.Of([(0, 3), (1, 12), (2, 5)]));
        Assert.Equal(new ChartRange(0, 9e23), ChartRange.Of([(0, 9e23), (0, 8e23), (0, 7e23), (0, 1)]));
        Assert.Equal(new ChartRange(0, 0), ChartRange.Of([(double.NaN, 1)]));

        // Differences near 0 do not set the scale for a large one, and with a bounded axis an improvement is never cut off.
        Assert.Equal(new ChartRange(-50, 1e-5), ChartRange.Of([(0, 1e-5), (0, 1e-5), (-50, 0)], resolution: 0.1));
        Assert.Equal(new ChartRange(-1, 90), ChartRange.Of([(0, 1), (-1, 1), (0, 90), (-2000, 0)], bounded: true));
    }

    /// <summary>A run of three variants with ordinary errors and one whose errors are larger by a factor.</summary>
    private static RunResults Uneven(float factor)
    {
        var run = SampleRuns.Drugs(6);
        var blown = run.Cells.Where(c => c.Variant == "MtlNn")
            .Select(c => SampleRuns.Cell("Blown", c.Seed, [.. c.RowErrors.Select(r => r.Select(e => e * factor).ToArray())]));
        return run with
        {
            Variants = [.. run.Variants, new("Blown", "HardSharing", VariantRole.Method)],
            Cells = [.. run.Cells, .. blown],
            Tasks = SampleRuns.Tasks(TaskKind.Regression, ["T0", "T1", "T2", "T3", "T4", "T5"]),
        };
    }

    private XDocument Chart(string file) => XDocument.Load(Path.Combine(folder, "charts", file));

    private List<string> Texts(string file) => [.. Chart(file).Descendants(Svg + "text").Select(t => t.Value)];

    private HashSet<string> Fills(string file) => [.. Rectangles(file).Select(r => r.Fill)];

    /// <summary>The lengths of the bars in pixels, without the small squares of the legend.</summary>
    private List<double> Bars(string file) =>
        [.. Rectangles(file).Where(r => Math.Abs(r.Width - r.Height) > 2).Select(r => file == "error.svg" ? r.Width : r.Height)];

    private IEnumerable<(double Width, double Height, string Fill)> Rectangles(string file) => Chart(file).Descendants(Svg + "rect")
        .Select(r => (Number(r, "width"), Number(r, "height"), Fill(r)))
        .Where(r => r.Item3.StartsWith("rgb(") && r.Item3 != "rgb(255,255,255)");

    private static string Fill(XElement element) =>
        element.Attribute("style")?.Value.Split(';').FirstOrDefault(s => s.StartsWith("fill:"))?[5..] ?? "";

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
