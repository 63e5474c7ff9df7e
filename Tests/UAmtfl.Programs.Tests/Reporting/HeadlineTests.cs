using UAmtfl.Descriptors;
using UAmtfl.Reporting;

namespace UAmtfl.Tests.Reporting;

/// <summary>The headline of a run is the value of its proposed variant, or of the best one if none is proposed.</summary>
public sealed class HeadlineTests
{
    [Theory]
    [InlineData(VariantRole.Proposed, "Third 75.00 (mean error %)")]
    [InlineData(VariantRole.Method, "Second 25.00 (mean error %)")]
    public void TheProposedVariantOrTheBest(VariantRole third, string headline)
    {
        var run = SampleRuns.Run(
            [
                SampleRuns.Variant("First", VariantRole.Baseline), SampleRuns.Variant("Second", VariantRole.Method),
                SampleRuns.Variant("Third", third), SampleRuns.Variant("Fourth", VariantRole.Control),
            ],
            [
                SampleRuns.Cell("First", 0, Rows(20)), SampleRuns.Cell("Second", 0, Rows(10)), SampleRuns.Cell("Third", 0, Rows(30)),
                SampleRuns.Cell("Fourth", 0, Rows(0)),
            ]);
        Assert.Equal(headline, Headline.Of(Report.From(run)));
    }

    [Fact]
    public void ARunWithoutAValueHasNoHeadline() =>
        Assert.Equal("–", Headline.Of(Report.From(SampleRuns.Run([SampleRuns.Variant("First", VariantRole.Proposed)], []))));

    private static float[][] Rows(int wrong) => [.. Enumerable.Range(0, 40).Select(r => new[] { r < wrong ? 1f : 0f })];
}
