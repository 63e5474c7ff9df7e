using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>Every file that is generated for a declaration, as it is read by a person. SNAPSHOT_ACCEPT=1 rewrites the snapshots.</summary>
public sealed class GeneratedFilesTests
{
    [Fact]
    public void HardSharingOfBinaryTasks() => Match(Examples.HardSharingOfBinaryTasks);

    [Fact]
    public void UAmtflOnImages() => Match(Examples.UAmtflOnImages);

    [Fact]
    public void AmtlWithAWeightingOfOnesOwn() => Match(Examples.AmtlWithAWeightingOfOnesOwn);

    [Fact]
    public void SingleTaskWithSeveralOutputs() => Match(Examples.SingleTaskWithSeveralOutputs);

    [Fact]
    public void MixedKindsWithUncertainty() => Match(Examples.MixedKindsWithUncertainty);

    [Fact]
    public void RegressionOnAHandWrittenTrunk() => Match(Examples.RegressionOnAHandWrittenTrunk);

    [Fact]
    public void EveryLayer() => Match(Examples.EveryLayer);

    [Fact]
    public void SingleTaskOnImages() => Match(Examples.SingleTaskOnImages);

    [Fact]
    public void RowsOfOneTask() => Match(Examples.RowsOfOneTask);

    /// <summary>Names of tasks from a file; a network without layers.</summary>
    [Fact]
    public void AFamilyOfTasks()
    {
        var run = GeneratorRun.WithFiles(
            Declaration.Of(
                head: """
                    [Experiment("toy"), Dataset<Toy>, RegressionFamily("Drug", "drugs.tasks.txt")]
                    public static partial class Study
                    """,
                tasks: "",
                trunks: "[Input(4)] public partial class Raw;",
                variants: "[HardSharing, L1(1e-3, Subgradient = true)] public partial class Lasso;"),
            ("/project/Data/drugs.tasks.txt", "# by GDSC id\nErlotinib\n\nNVP-TAE684\n5-Fluorouracil\nclass\n" + string.Join("\r\n", Enumerable.Range(1, 40).Select(i => $"Drug {i}"))),
            ("/project/Data/other.txt", "not a list of tasks"));
        GeneratorRun.AssertNone(run.Problems);
        Snapshot.Match(run.Sources);
    }

    [Fact]
    public void Fitted() => Match(Examples.Fitted);

    [Fact]
    public void Structured() => Match(Examples.Structured);

    [Fact]
    public void LossStrategies() => Match(Examples.LossStrategies);

    [Fact]
    public void GradientStrategies() => Match(Examples.GradientStrategies);

    [Fact]
    public void GradientsOneByOne() => Match(Examples.GradientsOneByOne);

    [Fact]
    public void KeywordsAsNames() => Match(Examples.KeywordsAsNames);

    private static void Match(string source, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var run = GeneratorRun.Of(source);
        GeneratorRun.AssertNone(run.Problems);
        Snapshot.Match(run.Sources, test);
    }
}
