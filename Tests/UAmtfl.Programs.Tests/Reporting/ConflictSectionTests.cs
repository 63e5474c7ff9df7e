using System.Text.Json;
using System.Xml.Linq;
using UAmtfl.Descriptors;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Charts;
using UAmtfl.Reporting.Html;
using UAmtfl.Reporting.Sections;
using UAmtfl.Weighting;

namespace UAmtfl.Tests.Reporting;

/// <summary>A report says which tasks' gradients conflict, in words, in a chart and in a table.</summary>
public sealed class ConflictSectionTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly double[][] First = [[1, -0.4, 0.5], [-0.4, 1, double.NaN], [0.5, double.NaN, 1]];
    private static readonly double[][] Second = [[1, -0.2, 0.7], [-0.2, 1, 0.1], [0.7, 0.1, 1]];

    [Fact]
    public void TheMostConflictingPairIsNamedWithItsRangeOverSeeds() => Assert.Equal(
        "Surgery: the gradients of T0 and T1 conflict most, with a mean cosine of −0.3 (−0.4 to −0.2 over seeds), and in 65 % of the "
            + "steps; those of T0 and T2 agree most (0.6).",
        Sentences(ConflictRuns.Of(First, Second))[1]);

    [Fact]
    public void NoConflictIsMadeUp()
    {
        double[][] agreeing = [[1, 0.2, 0.004], [0.2, 1, 0.9], [0.004, 0.9, 1]];
        Assert.Equal(
            "Surgery: no two tasks have a mean cosine below 0; that of T0 and T2 is the lowest, 0.004, and they conflict in 50 % of "
                + "the steps; that of T1 and T2 is the highest (0.9).",
            Sentences(ConflictRuns.Of(agreeing))[1]);
        Assert.Equal(
            "Surgery: the gradients of T0 and T1 have a mean cosine of −0.5, and conflict in 75 % of the steps.",
            Sentences(ConflictRuns.Of([[1, -0.5], [-0.5, 1]]))[1]);
        var never = ConflictRuns.Of([[1, double.NaN], [double.NaN, 1]]);
        Assert.Equal("Surgery: no two tasks had a gradient in the same step.", Sentences(never)[1]);
        Assert.DoesNotContain(Section(never).Charts, c => c.File.StartsWith("gradient-cosines", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, "No cosines of single pairs are recorded of Surgery, because an earlier version of the program trained it.")]
    [InlineData(PairSums.MostTasks + 1, "No cosines of single pairs are recorded of Surgery, because there are more than 200 tasks.")]
    public void ARunWithoutTheRecordSaysWhy(int tasks, string sentence)
    {
        var lines = Sentences(ConflictRuns.Without(tasks));
        Assert.Equal([sentence], lines.Skip(1));
        Assert.StartsWith("Two tasks conflict in a step if", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatComparesNoGradientsSaysNothingOfThem() => Assert.Empty(Sentences(
        SampleRuns.Run([SampleRuns.Variant("Plain", VariantRole.Method)], [SampleRuns.Cell("Plain", 1, [[0, 1], [1, 0]])])));

    [Fact]
    public void AChartOfFewTasksShowsTheNumbersAndSaysTheExtremesInWords()
    {
        var chart = Chart(ConflictRuns.Of(First, Second));
        Assert.Equal(
            "mean cosine of the gradients of each two tasks of Surgery over all steps of the training; "
                + "it is lowest for T0 and T1 (−0.3) and highest for T0 and T2 (0.6)",
            chart.Caption);
        var words = Words(chart);
        Assert.Contains("Mean over all steps and 2 seeds of ∂L_t/∂θ of the trunk; below 0 (orange, −) two tasks conflict.", words);
        Assert.Equal((2, 2, 2), (words.Count(w => w == "−0.30"), words.Count(w => w == "0.60"), words.Count(w => w == "0.10")));
    }

    [Fact]
    public void TheTableOfThePageHasTheMostConflictingPairsFirst()
    {
        var data = Chart(ConflictRuns.Of(First, Second)).Data!;
        Assert.Equal(
            ["T0 T1 −0.300 −0.400 −0.200 65.0", "T1 T2 0.100 0.100 0.100 45.0", "T0 T2 0.600 0.500 0.700 20.0"],
            data.Rows.Select(row => string.Join(' ', row.Cells.Select(c => c.Text))));
        var many = Chart(ConflictRuns.Many(40, seeds: 1)).Data!;
        Assert.Equal(20, many.Rows.Count);
        var page = HtmlReport.Text(Report.From(ConflictRuns.Of(First, Second)));
        Assert.Contains("<th scope=\"col\" class=\"n\">mean cosine</th>", page, StringComparison.Ordinal);
    }

    /// <summary>A large matrix has dashes in place of numbers, and of very many tasks only those with the lowest cosines.</summary>
    [Fact]
    public void ManyTasksHaveDashesAndOnlyTheLowestAreShown()
    {
        var whole = Chart(ConflictRuns.Many(40, seeds: 1));
        Assert.Equal(2 * 40, Words(whole).Count(w => w.StartsWith('T')));
        Assert.DoesNotContain(Words(whole), w => w.Contains('.', StringComparison.Ordinal) && w.StartsWith('−') && w.Length > 4);
        var cosines = ConflictRuns.Many(100, seeds: 1);
        var part = Words(Chart(cosines));
        Assert.Equal(2 * 50, part.Count(w => w.StartsWith('T')));
        Assert.Contains($"T{Report.From(cosines).Variants[0].GradientConflicts!.Pairs[0].First}", part);
        Assert.Contains(part, w => w.Contains("the 50 of 100 tasks with the lowest cosines", StringComparison.Ordinal));
    }

    /// <summary>Cells of one size and opposite signs differ in colour and are as dark, so that only the dash or the sign tells them apart
    /// in grey.</summary>
    [Fact]
    public void ColoursAreLightestAt0AndAsDarkOnBothSides()
    {
        var shades = ShadeScale.AroundZero(0.5);
        double[] greys = [.. Enumerable.Range(0, shades.Count).Select(s => Grey(shades.Colour(s)))];
        Assert.Equal((shades.Ground, 0, shades.Count - 1), (shades.Of(0), shades.Of(-0.5), shades.Of(0.5)));
        Assert.All(Enumerable.Range(1, 12), d =>
        {
            Assert.InRange(greys[12 - d] - greys[12 + d], -12, 12);
            Assert.True(greys[12 - d] < greys[13 - d] && greys[12 + d] < greys[11 + d]);
            Assert.NotEqual(shades.Colour(12 - d), shades.Colour(12 + d));
        });
        Assert.Null(shades.Of(double.NaN));
    }

    [Fact]
    public void TheJsonHasAllPairsOfFewTasksAndTheExtremesOfMany()
    {
        var text = JsonReport.Text(Report.From(ConflictRuns.Of(First, Second)));
        Assert.Equal(text, JsonReport.Text(JsonReport.Parse(text)));
        using var json = JsonDocument.Parse(text);
        var conflicts = json.RootElement.GetProperty("variants")[0].GetProperty("gradientConflicts");
        Assert.False(conflicts.TryGetProperty("cosines", out _));
        Assert.Equal([-0.3, 0.1, 0.6], conflicts.GetProperty("pairs").EnumerateArray().Select(p => p.GetProperty("cosine").GetDouble()),
            (a, b) => Math.Abs(a - b) < 1e-12);
        var pairs = Report.From(ConflictRuns.Many(GradientConflicts.KeptInFull + 1, seeds: 1)).Variants[0].GradientConflicts!.Pairs;
        Assert.Equal(2 * GradientConflicts.Kept, pairs.Count);
        Assert.Equal(pairs.OrderBy(p => p.Cosine), pairs);
    }

    private static Section Section(RunResults run)
    {
        var report = Report.From(run);
        return TransferSection.Of(report, new Formats(report));
    }

    private static List<string> Sentences(RunResults run) => [.. ConflictSentences.Of(Report.From(run))];

    private static Chart Chart(RunResults run) =>
        Section(run).Charts.Single(c => c.File == "gradient-cosines-Surgery.svg");

    private static List<string> Words(Chart chart) => [.. XDocument.Parse(chart.Svg()).Descendants(Svg + "text").Select(t => t.Value)];

    private static double Grey(string colour)
    {
        var value = Convert.ToInt32(colour[1..], 16);
        return (0.299 * (value >> 16)) + (0.587 * ((value >> 8) & 255)) + (0.114 * (value & 255));
    }
}
