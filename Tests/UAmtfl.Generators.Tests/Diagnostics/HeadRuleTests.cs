using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>The rules about heads of some of the tasks.</summary>
public sealed class HeadRuleTests
{
    [Theory]
    [InlineData(
        "{|#0:Heads(\"Age\", For = TaskKinds.Binary)|}, Linear(3)",
        "it names tasks and kinds; keep one of the two")]
    [InlineData(
        "{|#0:Heads(For = TaskKinds.Classification)|}, Linear(3)",
        "no task of the experiment is of that kind; leave it and its layers out")]
    [InlineData(
        "Heads(For = TaskKinds.Regression), Linear(3), {|#0:Heads(\"Sick\", \"Age\")|}, Linear(3)",
        "'Age' has heads of another [Heads] too; let one of them name the task")]
    [InlineData(
        "Heads, Linear(3), {|#0:Heads|}, Linear(3)",
        "another [Heads] is for all remaining tasks too; name its tasks, or leave it and its layers out")]
    [InlineData(
        "Heads(For = TaskKinds.Regression | TaskKinds.Binary), Linear(3), {|#0:Heads|}, Linear(3)",
        "every task has heads of another [Heads]; leave it and its layers out")]
    [InlineData(
        "Heads(\"Age\"), Linear(3), {|#0:Heads|}, Dropout",
        "no layer with parameters follows it, so that heads are linear without it; leave it out, or add layers after it")]
    public Task UAM043HeadsThatDoNotFitTheTasks(string heads, string why) => Verify.RuleAsync(
        Of(heads), ("UAM043", $"[Heads] on 'Net' does not fit: {why}"));

    [Theory]
    [InlineData("Heads(\"Age\"), Linear(5), Heads, Linear(4)")]
    [InlineData("Heads(\"Age\"), Linear(5)")]
    public Task UAM031GradientsOfHeadsOfDifferentShapes(string heads) => Verify.RuleAsync(
        Of(heads, "HardSharing, Mgda({|#0:Site = GradientSite.TaskHead|})"),
        ("UAM031", "[Mgda] compares gradients of heads, which end in different numbers of features here; use another Site"));

    [Fact]
    public Task UAM033AnUnknownTask() => Verify.RuleAsync(
        Of("Heads({|#0:\"Old\"|}), Linear(3)"),
        ("UAM033", "[Heads] names 'Old', which is none of the tasks 'Age', 'Sick', 'Dose': name one of these, best by nameof(…)"));

    private static string Of(string heads, string sharing = "HardSharing") => Declaration.Of(
        tasks: "public enum T { [Regression] Age, [Binary] Sick, [Regression] Dose }",
        trunks: $"[Input(4), Linear(3), {heads}] public partial class Net;",
        variants: $"[{sharing}] public partial class Mtl;");
}
