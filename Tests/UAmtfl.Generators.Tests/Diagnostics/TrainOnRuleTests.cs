using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>A variant is trained on some of the tasks.</summary>
public sealed class TrainOnRuleTests
{
    [Theory]
    [InlineData("TrainOn(nameof(Digit.Two), nameof(Digit.Zero))", "\"Zero\", \"Two\"", "HardSharing on Zero, Two")]
    [InlineData("TrainOn(Except = [nameof(Digit.Zero)])", "\"One\", \"Two\"", "HardSharing on One, Two")]
    [InlineData("TrainOn(\"Zero\", \"One\", \"Two\")", "\"Zero\", \"One\", \"Two\"", "HardSharing on 3 tasks")]
    public void TheTasksAreInTheDescriptor(string attribute, string names, string composition)
    {
        var run = GeneratorRun.Of(Declaration.Of(variants: $"[HardSharing, {attribute}] public partial class Some;"));
        GeneratorRun.AssertNone(run.GeneratorDiagnostics);
        Assert.Contains($"TrainedOn = [{names}],", run["Lab.Study+Some.g.cs"]);
        Assert.Contains($"Composition = \"{composition}\",", run["Lab.Study+Some.g.cs"]);
    }

    [Fact]
    public void WithoutTheAttributeNothingIsSaidOfTasks() =>
        Assert.DoesNotContain("TrainedOn", GeneratorRun.Of(Declaration.Of())["Lab.Study+Mtl.g.cs"]);

    [Theory]
    [InlineData("TrainOn({|#0:\"Three\"|})")]
    [InlineData("TrainOn({|#0:Except = [\"Three\", \"One\"]|})")]
    public Task UAM033ATaskThatThereIsNot(string attribute) => Verify.RuleAsync(
        Declaration.Of(variants: $"[HardSharing, {attribute}] public partial class Some;"),
        ("UAM033", "[TrainOn] names 'Three', which is none of the tasks 'Zero', 'One', 'Two': name one of these, best by nameof(…)"));

    [Theory]
    [InlineData("TrainOn", "it names no task; name some, [TrainOn(nameof(T.A))], or exceptions")]
    [InlineData("TrainOn(Except = [])", "it names no task; name some, [TrainOn(nameof(T.A))], or exceptions")]
    [InlineData("TrainOn(Except = [\"Two\", \"One\", \"Zero\"])", "none is left; name fewer exceptions")]
    [InlineData("TrainOn(\"Two\", Except = [\"Zero\"])", "it lists tasks and exceptions; keep one of the two")]
    [InlineData("TrainOn(\"Two\"), EarlyStopping(3, Monitor = \"One\")",
        "early stopping needs 'One', which is not among them; add it, or name another")]
    public Task UAM042AChoiceWithoutSense(string attributes, string why) => Verify.RuleAsync(
        Declaration.Of(variants: $"[HardSharing, {Marked(attributes)}] public partial class Some;"),
        ("UAM042", $"'Some' cannot be trained on a choice of the tasks: {why}"));

    [Fact]
    public Task UAM042AFocusThatIsNotTrained() => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, TrainOn(\"Two\"), FocusedLearning({|#0:\"One\"|})] public partial class Some;"),
        ("UAM042", "'Some' cannot be trained on a choice of the tasks: [FocusedLearning] needs 'One', which is not among them; "
            + "add it, or name another"));

    [Fact]
    public Task UAM042ClassesOfOneProblem() => Verify.RuleAsync(
        Declaration.Of(
            tasks: "[Binary(OneVsAll = true)] public enum Digit { Zero, One, Two }",
            variants: "[HardSharing, {|#0:TrainOn(\"Two\")|}] public partial class Some;"),
        ("UAM042", "'Some' cannot be trained on a choice of the tasks: they are the classes of one problem, of which a row needs all; "
            + "remove [TrainOn]"));

    [Fact]
    public Task UAM042RowsOfOneTask() => Verify.RuleAsync(
        Declaration.Of(
            head: Declaration.Head.Replace("Toy", "Rows", StringComparison.Ordinal),
            variants: "[HardSharing, {|#0:TrainOn(\"Two\")|}] public partial class Some;"),
        ("UAM042", "'Some' cannot be trained on a choice of the tasks: each row of the data is of one task; "
            + "leave rows out in the data set instead"));

    [Fact]
    public Task UAM021AnExactSolver() => Verify.RuleAsync(
        Declaration.Of(variants: "[MeanPredictor, {|#0:TrainOn(\"Two\")|}] public partial class Some;"),
        ("UAM021", "[TrainOn] has no effect here: [MeanPredictor] is solved exactly, with its own penalties alone; leave it out"));

    private static string Marked(string attributes)
    {
        var end = attributes.IndexOf("), ", StringComparison.Ordinal) is >= 0 and var found ? found + 1 : attributes.Length;
        return $"{{|#0:{attributes[..end]}|}}{attributes[end..]}";
    }
}
