using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>The sources of weak labels can vote, and the labels of all tasks can be combined in few enough ways.</summary>
public sealed class SourceRuleTests
{
    private const string Tasks = "public enum Weather { [Binary] Rain, [Regression] Heat, [Classification(3)] Sky }";
    private const string Wet = "LabellingFunction(Task = nameof(Weather.Rain))";

    /// <summary>Stands for the generated type, which the analyzer's tests do not generate.</summary>
    private const string Labels = "public readonly record struct Labels(bool? Rain, int? Sky);";

    [Theory]
    [InlineData("Source(\"a\"), Source({|#0:\"a\"|})", "The source 'a'", "another has its name; rename one")]
    [InlineData("Source({|#0:\"\"|})", "The source ''", "it has no name; give it one")]
    [InlineData("Source({|#0:\"a\\nb\"|})", "The source 'a b'", "its name has a line break or another control character; leave it out")]
    [InlineData("Source(\"a\", {|#0:Tasks = [nameof(Weather.Heat), nameof(Weather.Rain)]|})", "The source 'a'",
        "'Heat' is a regression, which has no classes to vote for; leave it out")]
    [InlineData("Source(\"a\"), Depends({|#0:\"a\"|})", "[Depends]",
        "a dependency is between two sources or more, and it names 1; name another")]
    [InlineData("Source(\"a\"), {|#0:Depends|}", "[Depends]",
        "a dependency is between two sources or more, and it names 0; name another")]
    [InlineData("Source(\"a\"), Depends({|#0:\"a\"|}, \"Wet\", \"a\")", "[Depends]", "it names a source twice; name each once")]
    [InlineData("Source(\"a\"), Depends({|#0:\"a\"|}, \"b\")", "[Depends]", "'b' is none of the sources 'a', 'Wet'; name one of these")]
    public Task UAM052ASourceThatCannotVote(string attributes, string what, string why) => Verify.RuleAsync(
        Source(attributes, other: $"[{Wet}] private static bool? Wet(Paragraph p) => p.Holes ? true : null;"),
        ("UAM052", $"{what} cannot be used: {why}"));

    [Theory]
    [InlineData("Wet", "{|#0:" + Wet + "|}")]
    [InlineData("a", "LabellingFunction(Task = \"Rain\", {|#0:Name = \"a\"|})")]
    public Task UAM052ALabellingFunctionNamedLikeAnother(string name, string attribute) => Verify.RuleAsync(
        Source($"Source(\"{name}\")", other: $"[{attribute}] private static bool? Wet(Paragraph p) => p.Holes;"),
        ("UAM052", $"The source '{name}' cannot be used: another has its name; rename one"));

    [Fact]
    public Task UAM052DependenciesWithoutSources() => Verify.RuleAsync(
        Source("Depends({|#0:\"a\"|}, \"b\")"),
        ("UAM052", "[Depends] cannot be used: there is no source; declare some with [Source(…)] or [LabellingFunction]"));

    [Fact]
    public Task UAM052TasksWithoutClasses() => Verify.RuleAsync(
        Source("Source({|#0:\"a\"|})", "[Regression] public enum Weather { Heat }"),
        ("UAM052", "The source 'a' cannot be used: no task has classes, which alone it can label; declare one"));

    [Fact]
    public Task UAM052ATableHasNoVotes() => Verify.RuleAsync(
        Declaration.Of("[Experiment(\"toy\"), Table(\"t.csv\"), Source({|#0:\"a\"|})] public static partial class Study"),
        ("UAM052", "The source 'a' cannot be used: the rows of [Table] have no votes; use a [Dataset<T>] whose samples have Votes"));

    [Fact]
    public Task UAM033ATaskThatThereIsNot() => Verify.RuleAsync(
        Source("Source(\"a\", {|#0:Tasks = [\"Rian\"]|})"),
        ("UAM033", "[Source] names 'Rian', which is none of the tasks 'Rain', 'Heat', 'Sky': name one of these, best by nameof(…)"));

    [Theory]
    [InlineData("private static int {|#0:Feasible|}(Labels y) => y.Sky ?? 0;")]
    [InlineData("private static bool {|#0:Feasible|}(Labels? y) => true;")]
    [InlineData("private static bool {|#0:Feasible|}(int y) => true;")]
    [InlineData("private static bool {|#0:Feasible|}(Labels y, int z) => true;")]
    [InlineData("private static bool {|#0:Feasible|}(in Labels y) => true;")]
    [InlineData("private static bool {|#0:Feasible|}<T>(Labels y) => true;")]
    [InlineData("private static bool {|#0:Feasible|}() => true;")]
    public Task UAM054AConditionWithAnotherSignature(string method) => Verify.RuleAsync(
        Source("Source(\"a\")", other: method) + Labels,
        ("UAM054", "The feasible label vectors cannot be listed: "
            + "the method Feasible says which are, and cannot be called: declare it as 'static bool Feasible(Labels y)'"));

    [Fact]
    public Task UAM054TooManyVectorsOfAHierarchy() => Verify.RuleAsync(
        Source("Source(\"a\")", Wide(64) + "[Under(\"R0\")] public enum Third { T0, T1 }").Replace("class Study", "class {|#0:Study|}"),
        ("UAM054", "The feasible label vectors cannot be listed: the labels of 'Root', 'First', 'Second', 'Third' can be combined in "
            + "8193 ways, of which at most 4096 can be told apart: declare fewer classes"));

    /// <summary>A condition connects all tasks, so that their labels are combined.</summary>
    [Fact]
    public Task UAM054TooManyVectorsOfTasksThatAConditionConnects() => Verify.RuleAsync(
        Source(
            "Source(\"a\")", "[Classification(65)] public enum Code { First, Second }",
            other: "private static bool {|#0:Feasible|}(Labels y) => true;") + Labels,
        ("UAM054", "The feasible label vectors cannot be listed: the labels of 'First', 'Second' can be combined in 4225 ways, "
            + "of which at most 4096 can be told apart: remove Feasible, which connects all tasks, or declare fewer classes"));

    [Fact]
    public Task AsManyVectorsAsCanBeToldApartAreAllowed() => Verify.RuleAsync(
        Source("Source(\"a\")", "[Classification(64)] public enum Code { First, Second }",
            other: "private static bool Feasible(Labels y) => true;") + Labels);

    [Fact]
    public Task UAM018AMemberNamedLabels() => Verify.RuleAsync(
        Source("Source(\"a\")", other: "private static int {|#0:Labels|} => 1;"),
        ("UAM018", "'Labels' is a name that generated code uses: choose another name for this member of an experiment with a hierarchy "
            + "or with sources of weak labels"));

    /// <summary>Without weak labels the names mean nothing.</summary>
    [Fact]
    public Task WithoutSourcesTheNamesAreFree() => Verify.RuleAsync(
        Declaration.Of(other: "private static int Labels => 1; private static int Feasible() => Labels;"));

    private static string Wide(int classes)
    {
        string Of(char letter) => string.Join(", ", Enumerable.Range(0, classes).Select(i => $"{letter}{i}"));
        return $$"""
            [Hierarchy] public enum Root { R0, R1 }
            [Under("R0")] public enum First { {{Of('F')}} }
            [Under("R0")] public enum Second { {{Of('S')}} }

            """;
    }

    private static string Source(string attributes, string tasks = Tasks, string other = "") => Declaration.Of(
        $"[Experiment(\"toy\"), Dataset<Paragraphs>, {attributes}] public static partial class Study", tasks, other: other);
}
