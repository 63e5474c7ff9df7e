using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using UAmtfl.Descriptors;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Charts;
using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;
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
        Assert.Equal(7, colours.Values.Select(Grey).Distinct().Count());
        var error = Chart("error.svg").Descendants(Svg + "path").Attributes("fill").Select(a => a.Value).ToHashSet();
        Assert.All(colours.Values, colour => Assert.Contains(colour, error));

        static int Grey(string colour)
        {
            int Part(int at) => Convert.ToInt32(colour.Substring(at, 2), 16);
            return ((299 * Part(1)) + (587 * Part(3)) + (114 * Part(5))) / 1000;
        }
    }

    /// <summary>An interval that excludes 0 has a filled dot and one that includes it a ring, so that a print in grey says the
    /// same.</summary>
    [Fact]
    public void WhatIsBeyondItsIntervalCanBeToldWithoutColour()
    {
        var report = Report.From(SampleRuns.Mnist());
        ReportWriter.Write(report, folder);
        var dots = Chart("improvement.svg").Descendants(Svg + "path").Where(p => p.Attribute("d")!.Value.Contains('a')).ToList();
        var effects = report.Variants.Where(v => v.Transfer is not null).SelectMany(v => v.Transfer!.Tasks).ToList();
        Assert.Equal(effects.Count, dots.Count);
        Assert.Equal(
            effects.Count(t => t.Outcome is TransferOutcome.HelpedBeyondInterval or TransferOutcome.HurtBeyondInterval),
            dots.Count(d => d.Attribute("stroke") is null));
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
        Assert.Contains(Texts("error.svg"), t => t.Contains("e21") && t.EndsWith('→'));
        Assert.Equal(6, Texts("improvement.svg").Count(t => t.StartsWith('◂') && t.Contains("e2")));
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
        var lines = TraceChart.Lines(curves, variant.TraceRanges["gradientNorm"], report.Tasks).ToDictionary(l => l.Name);
        Assert.Equal(39, lines["largest"].Values[1]);
        Assert.Equal(1, lines["smallest"].Values[0]);
        Assert.All(lines.Values, line => Assert.All(line.Values, value => Assert.True(double.IsFinite(value), line.Name)));
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
        var report = Report.From(run);
        var unit = new ImprovementUnit(report, new ErrorFormat(report, report.Groups[0]));
        Assert.Equal([10, 20], new ImprovedVariant(report.Variants[1], unit).Values.Select(v => Math.Round(v, 3)));
        var text = WriterTests.Printed(run);
        Assert.Matches(@"Price\s+10\s+3\.1350e7\s+2\.8215e7 \(−3\.1350e6\*\)", text);
        Assert.Matches(@"Rating\s+10\s+0\.00041800\s+0\.00033440 \(−0\.00008360\*\)", text);
    }

    /// <summary>A chart of 181 tasks stays small enough for a paper and for a page with many of them.</summary>
    [Fact]
    public void AChartOf181TasksIsBelow200KilobytesWithEightVariants()
    {
        var run = SampleRuns.Drugs(181);
        var names = Enumerable.Range(1, 8).Select(i => $"Method{i}").ToList();
        ReportWriter.Write(
            Report.From(run with
            {
                Variants = [run.Variants[0], .. names.Select(n => SampleRuns.Variant(n, VariantRole.Method))],
                Cells =
                [
                    .. run.Cells.Where(c => c.Variant == "SingleTask"),
                    .. names.SelectMany(n => run.Cells.Where(c => c.Variant == "MtlNn").Select(c => c with { Variant = n })),
                ],
            }),
            folder);
        Assert.InRange(new FileInfo(Path.Combine(folder, "charts", "improvement.svg")).Length, 20_000, 200_000);
    }

    [Fact]
    public void EveryTextAndLineIsInsideItsChartAndNoNumberHasAHyphenForAMinus()
    {
        RunResults[] runs =
        [
            SampleRuns.Mnist(), Uneven(3), ScoredRuns.Mixed(), SampleRuns.ManyVariants(20), SampleRuns.Drugs(40),
            ConflictRuns.Many(7, 2), ConflictRuns.Many(90, 1),
        ];
        foreach (var (index, run) in runs.Index())
        {
            ReportWriter.Write(Report.From(run), Path.Combine(folder, $"{index}"));
        }

        foreach (var file in Directory.GetFiles(folder, "*.svg", SearchOption.AllDirectories))
        {
            var drawing = XDocument.Load(file).Root!;
            var (width, height) = (Number(drawing, "width"), Number(drawing, "height"));
            foreach (var (x, y) in drawing.Descendants(Svg + "path").SelectMany(Corners))
            {
                Assert.InRange(x, 0, width);
                Assert.InRange(y, 0, height);
            }

            foreach (var text in drawing.Descendants(Svg + "text"))
            {
                Assert.DoesNotMatch(@"^-\d", text.Value);
                var (left, right) = Span(text);
                Assert.True(left >= 0 && right <= width, $"{Path.GetFileName(file)}: '{text.Value}' from {left} to {right} of {width}");
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

    /// <summary>The lengths of the bars in pixels.</summary>
    private List<double> Bars(string file) =>
    [
        .. Chart(file).Descendants(Svg + "path").Where(p => p.Attribute("d")!.Value.EndsWith('z')).Select(Corners)
            .Select(c => c.Max(p => p.X) - c.Min(p => p.X)),
    ];

    /// <summary>The points of a path, and the leftmost points of dots.</summary>
    private static List<(double X, double Y)> Corners(XElement path) =>
    [
        .. Regex.Matches(path.Attribute("d")!.Value, @"[ML](-?[\d.]+) (-?[\d.]+)").Select(m => (
            double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture))),
    ];

    /// <summary>The part of the width that words take.</summary>
    private static (double Left, double Right) Span(XElement text)
    {
        if (text.Attribute("x") is null)
        {
            return (0, 0);
        }

        var (x, size) = (Number(text, "x"), Number(text, "font-size"));
        var length = 0.9 * TextWidth.Of(text.Value, size, text.Attribute("font-weight") is not null);
        return text.Attribute("text-anchor")?.Value switch
        {
            "middle" => (x - (length / 2), x + (length / 2)),
            "end" => (x - length, x),
            _ => (x, x + length),
        };
    }

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
