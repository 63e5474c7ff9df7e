using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Rules about families of tasks and about the shape of the data.</summary>
public sealed class FamilyRuleTests
{
    private static string Source(string family, string tasks = "", string data = "Toy") => Declaration.Of(
        head: $$"""
            [Experiment("toy"), {{data}}, {{family}}]
            public static partial class Study
            """.Replace(", Toy,", ", Dataset<Toy>,"),
        tasks: tasks);

    [Theory]
    [InlineData(
        "RegressionFamily(\"Drug\", {|#0:\"missing.tasks.txt\"|})",
        "the project has no file 'missing.tasks.txt': add it, with a name that ends in .tasks.txt, one task a line")]
    [InlineData("RegressionFamily(\"Drug\", {|#0:\"empty.tasks.txt\"|})", "'empty.tasks.txt' names no task: write one a line")]
    [InlineData("RegressionFamily(\"Drug\", {|#0:\"twice.tasks.txt\"|})", "'twice.tasks.txt' names 'A' twice: remove one")]
    [InlineData(
        "RegressionFamily(\"Drug\", {|#0:\"alike.tasks.txt\"|})", "'A-1' and 'A 1' in 'alike.tasks.txt' are both A_1 in C#: change one")]
    [InlineData(
        "BinaryFamily(\"Drug\", {|#0:\"same.tasks.txt\"|})",
        "'same.tasks.txt' may be '/a/same.tasks.txt' or '/b/same.tasks.txt': write more of the path")]
    [InlineData(
        "RegressionFamily({|#0:\"Outputs\"|}, \"good.tasks.txt\")",
        "it names the enum that is generated: give a C# name that the experiment does not have yet",
        "Outputs")]
    [InlineData(
        "RegressionFamily({|#0:\"Two words\"|}, \"good.tasks.txt\")",
        "it names the enum that is generated: give a C# name that the experiment does not have yet",
        "Two words")]
    public Task UAM026AFamilyThatCannotBeRead(string family, string problem, string name = "Drug") => Verify.RuleAsync(
        Source(family),
        [
            ("/a/good.tasks.txt", "A\nB\n"), ("/a/empty.tasks.txt", "# nothing\n\n"), ("/a/twice.tasks.txt", "A\nB\nA\n"),
            ("/a/alike.tasks.txt", "A-1\nA 1\n"),
            ("/a/same.tasks.txt", "A\n"), ("/b/same.tasks.txt", "A\n"),
        ],
        ("UAM026", $"The family '{name}' cannot be read: {problem}"));

    [Fact]
    public Task UAM026AFamilyBesideAnEnum() => Verify.RuleAsync(
        Source("{|#0:RegressionFamily(\"Drug\", \"good.tasks.txt\")|}", "[Binary] public enum Digit { Zero }"),
        [("/a/good.tasks.txt", "A\n")],
        ("UAM026", "The family 'Drug' cannot be read: an experiment has one family or its own enums, not both: remove one"));

    [Fact]
    public Task UAM027BatchNormAmongRowsOfOtherTasks() => Verify.RuleAsync(
        Declaration.Of(
            head: "[Experiment(\"toy\"), Dataset<Rows>] public static partial class Study",
            trunks: "[Input(4), Linear(3), BatchNorm] public partial class Net;",
            variants: "[{|#0:SingleTask|}] public partial class Stl;"),
        (
            "UAM027",
            "[SingleTask] on 'Net' does not fit the data: each row of this data set is of one task, "
                + "but [BatchNorm] would normalise a task's network by the rows of all: leave it out of this network"));

    [Fact]
    public Task UAM027OneVsAllOfRowsOfOneTask() => Verify.RuleAsync(
        Declaration.Of(
            head: "[Experiment(\"toy\"), {|#0:Dataset<Rows>|}] public static partial class Study",
            tasks: "[Binary(OneVsAll = true)] public enum Digit { Zero, One }"),
        (
            "UAM027",
            "OneVsAll does not fit the data: the rows of this data set are of one task each, so that no row has a label for all classes: "
                + "remove OneVsAll"));

    [Fact]
    public void TheNamesAreReadAgainWhenTheFileChanges()
    {
        var first = GeneratorRun.WithFiles(Source("RegressionFamily(\"Drug\", \"good.tasks.txt\")"), ("/a/good.tasks.txt", "A\nB\n"));
        var second = first.EditFile("/a/good.tasks.txt", "A\nB\n", "A\nB\nC\n");
        Assert.DoesNotContain("A, B, C,", first["Lab.Study.g.cs"]);
        Assert.Contains("A, B, C,", second["Lab.Study.g.cs"]);
    }
}
