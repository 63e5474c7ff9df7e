using UAmtfl.Descriptors;
using UAmtfl.Reporting;

namespace UAmtfl.Tests.Reporting;

public sealed class CostSectionTests
{
    [Fact]
    public void ParametersAndTimesAreShown()
    {
        var text = MarkdownReport.Text(Of(new NetworkSize(12_345, 45), null));
        Assert.Contains(
            "\n## Cost\n\n| variant | parameters | in heads | seconds | seconds an epoch |\n|---|--:|--:|--:|--:|\n"
                + "| Base | 12,345 | 45 | 20.0 | 0.250 |\n| Solver | – | – | 20.0 | – |\n",
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ThereIsNoSectionWithoutNetworks() =>
        Assert.DoesNotContain("## Cost", MarkdownReport.Text(Of(null, null)), StringComparison.Ordinal);

    [Fact]
    public void NumbersAreInTheJsonReport()
    {
        var read = JsonReport.Parse(JsonReport.Text(Of(new NetworkSize(12_345, 45), null)));
        Assert.Equal(new NetworkSize(12_345, 45), read.Variants[0].Info.Size);
        Assert.Equal((0.25, double.NaN), (read.Variants[0].EpochSeconds, read.Variants[1].EpochSeconds));
    }

    /// <summary>The report of two seeds, whose times differ.</summary>
    private static Report Of(NetworkSize? network, NetworkSize? solver) => Report.From(SampleRuns.Run(
        [
            SampleRuns.Variant("Base", VariantRole.Baseline) with { Size = network },
            SampleRuns.Variant("Solver", VariantRole.Method) with { Size = solver },
        ],
        [.. new[] { 1, 2 }.SelectMany(seed => new[]
        {
            SampleRuns.Cell("Base", seed, [[0], [1]]) with { Seconds = 10 + (20 * (seed - 1)), EpochSeconds = 0.125 * ((2 * seed) - 1) },
            SampleRuns.Cell("Solver", seed, [[0], [1]]) with { Seconds = 20 },
        })]));
}
