using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Reporting;

namespace UAmtfl.Tests.Reporting;

/// <summary>The section and the chart of networks that branch.</summary>
public sealed class BranchSectionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EachTreeOfATrainingHasARow()
    {
        var text = MarkdownReport.Text(Of());
        Assert.Contains(
            "\n## Branches\n\n| variant | seed | from epoch | branches of each stretch | tasks of each branch of the last stretch |\n"
                + "|---|---|---|---|---|\n"
                + "| Tree | 1 | 1 | 1, 1 | T0, T1, T2 |\n"
                + "| Tree | 1 | 2 | 1, 2 | T0, T2; T1 |\n"
                + "| Tree | 1 | 4 | 2, 2 | T0, T2; T1 |\n",
            text,
            StringComparison.Ordinal);
    }

    /// <summary>Numbers of branches are no curve, and have no chart of means.</summary>
    [Fact]
    public void BranchesAreDrawnAsTreesOnly()
    {
        ReportWriter.Write(Of(), folder.Path);
        Assert.Equal(["branches-Tree.svg"], Charts("branch*"));
        var svg = File.ReadAllText(Path.Combine(folder.Path, "charts", "branches-Tree.svg"));
        Assert.Contains("from epoch 4", svg, StringComparison.Ordinal);
        Assert.Contains(">T2<", svg, StringComparison.Ordinal);

        string[] Charts(string pattern) =>
            [.. Directory.GetFiles(folder.Path, pattern, SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>()];
    }

    [Fact]
    public void NetworksThatDoNotBranchHaveNoSection() =>
        Assert.DoesNotContain("## Branches", MarkdownReport.Text(Report.From(SampleRuns.Mnist())), StringComparison.Ordinal);

    private static Report Of()
    {
        CellResult cell = SampleRuns.Cell("Tree", 1, [[0, 1, 0], [1, 0, 1]]) with
        {
            Traces = new Dictionary<string, double[][]>
            {
                ["branch of stretch 1"] = [[1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 2, 1]],
                ["branch of stretch 2"] = [[1, 1, 1], [1, 2, 1], [1, 2, 1], [1, 2, 1]],
            },
        };
        return Report.From(SampleRuns.Run(
            [SampleRuns.Variant("Base", VariantRole.Baseline), SampleRuns.Variant("Tree", VariantRole.Method)],
            [SampleRuns.Cell("Base", 1, [[0, 1, 0], [1, 0, 1]]), cell]));
    }
}
