using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>A variant is trained on weak labels where sources vote for them.</summary>
public sealed class WeakLabelsRuleTests
{
    private const string Tree = "[Hierarchy] public enum Entity { A, B } [Under(\"A\")] public enum Kind { C, D }";
    private const string NoSource = "no source votes for them; declare some with [Source(…)] or [LabellingFunction] on the experiment";

    [Theory]
    [InlineData("Dataset<Toy>", "HardSharing, {|#0:WeakLabels|}", NoSource)]
    [InlineData("Dataset<Rows>, Source(\"a\")", "HardSharing, {|#0:WeakLabels|}",
        "each row of the data is of one task, and the labels of all tasks are modelled together; use an IDataset")]
    [InlineData("Dataset<Toy>, Source(\"a\")", "HardSharing, WeakLabels({|#0:Prior = [0.5, 0.25, 0.2]|})",
        "the shares of Prior sum to 0.95; let them sum to 1")]
    [InlineData("Dataset<Toy>, Source(\"a\")", "HardSharing, WeakLabels({|#0:Prior = [0.5, 0.5]|})",
        "Prior has 2 shares, and there are 3 feasible label vectors; give one for each, in the order of the generated file")]
    [InlineData("Dataset<Toy>, Source(\"a\")", "HardSharing, WeakLabels({|#0:Prior = [0.5, 0.5]|})",
        "Prior gives the shares of one set of tasks, and there are 2, which nothing connects; use Balance",
        "[Binary] public enum Weather { Rain, Sun }")]
    public Task UAM055AVariantWithoutWeakLabels(string head, string variant, string why, string tasks = Tree) => Verify.RuleAsync(
        Declaration.Of(
            $"[Experiment(\"toy\"), {head}] public static partial class Study", tasks,
            variants: $"[{variant}] public partial class Weak;"),
        ("UAM055", $"'Weak' cannot be trained on weak labels: {why}"));

    [Fact]
    public Task UAM055AnExactSolver() => Verify.RuleAsync(
        Declaration.Of(
            "[Experiment(\"toy\"), Dataset<Toy>, Source(\"a\")] public static partial class Study",
            variants: "[LinearModel, {|#0:WeakLabels|}] public partial class Weak;"),
        ("UAM055", "'Weak' cannot be trained on weak labels: [LinearModel] is solved exactly, from the labels of the data set; "
            + "leave [WeakLabels] out"));

    [Fact]
    public Task UAM055ClassesOfOneProblem() => Verify.RuleAsync(
        Declaration.Of(
            "[Experiment(\"toy\"), Dataset<Toy>, Source(\"a\")] public static partial class Study",
            "[Binary(OneVsAll = true)] public enum Digit { Zero, One }",
            variants: "[HardSharing, {|#0:WeakLabels|}] public partial class Weak;"),
        ("UAM055", "'Weak' cannot be trained on weak labels: the tasks are the classes of one problem, of which a row has one; "
            + "declare one [Classification(…)] instead"));

    [Fact]
    public Task UAM011ANumberThatIsNoShare() => Verify.RuleAsync(
        Source("{|#0:{|#1:Prior = [1.5, -1, 0.5]|}|}"),
        ("UAM011", "WeakLabels's Prior is 1.5; it must be above 0 and at most 1"),
        ("UAM011", "WeakLabels's Prior is -1; it must be above 0 and at most 1"));

    [Fact]
    public Task UAM021ABalanceBesideAPrior() => Verify.RuleAsync(
        Source("Prior = [0.5, 0.25, 0.25], {|#0:Balance = ClassBalance.Uniform|}"),
        ("UAM021", "Balance of [WeakLabels] has no effect here: Prior says what the shares are; leave one of the two out"));

    [Theory]
    [InlineData("MajorityVote", "Dependencies = SourceDependencies.Ignored", "counts votes and has no probabilities to estimate")]
    [InlineData("WeightedMajority", "Balance = ClassBalance.Uniform", "counts votes and has no probabilities to estimate")]
    [InlineData("MajorityVote", "Abstentions = false", "counts votes and has no probabilities to estimate")]
    [InlineData("DawidSkene", "Dependencies = SourceDependencies.Ignored", "takes all sources as independent")]
    public Task UAM021AnOptionThatTheModelDoesNotRead(string model, string option, string why) => Verify.RuleAsync(
        Source($"Model = WeakLabelModel.{model}, {{|#0:{option}|}}"),
        ("UAM021", $"{option.Split(' ')[0]} of [WeakLabels] has no effect here: WeakLabelModel.{model} {why}; leave it out"));

    /// <summary>The number of shares is checked where the compiler knows that of the vectors.</summary>
    [Theory]
    [InlineData("Prior = [0.1, 0.2, 0.7]", Tree)]
    public Task SharesOfAsManyVectorsAsThereAre(string prior, string tasks) => Verify.RuleAsync(Source(prior, tasks));

    private static string Source(string options, string tasks = Tree) => Declaration.Of(
        "[Experiment(\"toy\"), Dataset<Toy>, Source(\"a\")] public static partial class Study", tasks,
        variants: $"[HardSharing, WeakLabels({options})] public partial class Weak;");
}
