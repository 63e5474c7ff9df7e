using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>A variant starts from a network that is trained before it.</summary>
public sealed class StartRuleTests
{
    private const string Networks = "[HardSharing] public partial class Pre; [Ridge] public partial class Linear;";

    [Theory]
    [InlineData("StartFrom(nameof(Pre), Part = Part.All)", "Start = new() { Variant = \"Pre\", Part = global::UAmtfl.Part.All },")]
    [InlineData("StartFrom(\"a/b.safetensors\")", "Start = new() { File = \"a/b.safetensors\", Part = global::UAmtfl.Part.Trunk },")]
    [InlineData(
        "StartFrom(nameof(Pre), Paths = [\"Trunk.Linear1\", \"HeadBias\"])",
        "Start = new() { Variant = \"Pre\", Part = global::UAmtfl.Part.Trunk, Paths = [\"Trunk.Linear1\", \"HeadBias\"] },")]
    public void TheStartIsInTheDescriptor(string attribute, string expected)
    {
        var run = GeneratorRun.Of(Declaration.Of(variants: $"{Networks} [HardSharing, {attribute}] public partial class Tuned;"));
        GeneratorRun.AssertNone(run.GeneratorDiagnostics);
        Assert.Contains(expected, run["Lab.Study+Tuned.g.cs"]);
        Assert.Matches("Composition = \"HardSharing from [a-zA-Z/.]+\",", run["Lab.Study+Tuned.g.cs"]);
    }

    [Theory]
    [InlineData(
        "\"Per\"", "Per",
        "which is no variant of the experiment, nor a file that ends in .safetensors, .pt, .pth: name one of 'Pre', 'Linear'")]
    [InlineData("nameof(Linear)", "Linear", "which an exact solver fits: start from a network")]
    [InlineData("nameof(Tuned)", "Tuned", "which starts from it in turn (Tuned → Tuned): break the circle")]
    public Task UAM041WhatIsNoNetwork(string source, string name, string why) => Verify.RuleAsync(
        Declaration.Of(variants: $"{Networks} [HardSharing, StartFrom({{|#0:{source}|}})] public partial class Tuned;"),
        ("UAM041", $"'Tuned' starts from '{name}', {why}"));

    /// <summary>Weights fit a network with the same parts, and those of one trunk fit a trunk for each task.</summary>
    [Theory]
    [InlineData("HardSharing", "CrossStitch", "HardSharing", "CrossStitch")]
    [InlineData("Mtan", "SingleTask", "Mtan", "SingleTask")]
    [InlineData("SingleTask", "HardSharing", "SingleTask", "HardSharing")]
    [InlineData("Amtfl", "Mtan", "HardSharing", "Mtan")]
    [InlineData("Mmoe(2)", "Mmoe(2)", null, null)]
    [InlineData("Amtfl", "SingleTask", null, null)]
    [InlineData("SingleTask", "SoftSharing(0.1)", null, null)]
    [InlineData("HardSharing", "Adapters(2)", null, null)]
    public Task UAM041AnotherArchitecture(string source, string target, string? parts, string? wanted)
    {
        var of = parts is null ? "nameof(Pre)" : "{|#0:nameof(Pre)|}";
        return Verify.RuleAsync(
            Declaration.Of(variants: $"[{source}] public partial class Pre; [{target}, StartFrom({of})] public partial class Tuned;"),
            parts is null ? [] :
            [
                (
                    "UAM041",
                    $"'Tuned' starts from 'Pre', whose parts are those of [{parts}] and not of [{wanted}]: start from a variant of the "
                        + "same architecture, or name the parts that both have with Paths"),
            ]);
    }

    [Fact]
    public Task UAM041ASourceWithANetworkForEachTask() => Verify.RuleAsync(
        Declaration.Of(
            variants: "[HardSharing, EarlyStopping(2, PerTask = true)] public partial class Pre; "
                + "[HardSharing, StartFrom({|#0:nameof(Pre)|})] public partial class Tuned;"),
        (
            "UAM041",
            "'Tuned' starts from 'Pre', which keeps a network for each task by [EarlyStopping(PerTask = true)]: leave PerTask out there"));

    private const string Other = """
        [Experiment("other"), Dataset<Toy>]
        public static partial class Other
        {
            [Binary] public enum Task { A }
            [Input(4), Linear(3), ReLU] public partial class Net;
            [HardSharing, Network(nameof(Net))] public partial class Pre;
        }
        """;

    [Fact]
    public void TheVariantOfAnotherExperimentIsInTheDescriptor()
    {
        const string tuned = "[HardSharing, StartFrom(nameof(Other.Pre), Of = typeof(Other))] public partial class Tuned;";
        var run = GeneratorRun.Of(Declaration.Of(variants: tuned) + Other);
        GeneratorRun.AssertNone(run.GeneratorDiagnostics);
        Assert.Contains(
            "Start = new() { Elsewhere = new(\"other\", \"Pre\"), Part = global::UAmtfl.Part.Trunk },", run["Lab.Study+Tuned.g.cs"]);
        Assert.Contains("Composition = \"HardSharing from other/Pre\",", run["Lab.Study+Tuned.g.cs"]);
    }

    [Theory]
    [InlineData(
        "{|#0:\"Per\"|}, Of = typeof(Other)", "Per", "which is no variant of 'Other': name one of its variants, nameof(Other.…)")]
    [InlineData("\"Pre\", {|#0:Of = typeof(Toy)|}", "Pre", "but 'Toy' is no experiment: name a class with [Experiment]")]
    [InlineData(
        "{|#0:\"Pre\"|}, Of = typeof(Study)", "Pre",
        "and 'Study' is the experiment itself: leave out Of, so that a run trains 'Pre' first")]
    public Task UAM041WhatIsNoVariantOfAnotherExperiment(string arguments, string name, string why) => Verify.RuleAsync(
        Declaration.Of(variants: $"{Networks} [HardSharing, StartFrom({arguments})] public partial class Tuned;") + Other,
        ("UAM041", $"'Tuned' starts from '{name}', {why}"));

    [Fact]
    public Task UAM041ACircle() => Verify.RuleAsync(
        Declaration.Of(
            variants: "[HardSharing, StartFrom({|#0:nameof(B)|})] public partial class A; "
                + "[HardSharing, StartFrom({|#1:nameof(A)|})] public partial class B;"),
        ("UAM041", "'A' starts from 'B', which starts from it in turn (A → B → A): break the circle"),
        ("UAM041", "'B' starts from 'A', which starts from it in turn (B → A → B): break the circle"));

    [Fact]
    public Task UAM021APreTrainingThatNobodyStartsFrom() => Verify.RuleAsync(
        Declaration.Of(variants: "[{|#0:PreTraining|}, HardSharing] public partial class Pre;"),
        ("UAM021", "[PreTraining] has no effect here: no variant starts from 'Pre'; mark one with [StartFrom(nameof(Pre))]"));

    [Theory]
    [InlineData("{|#0:Freeze(Part.All)|}", "it leaves nothing to train; freeze the trunk or the heads")]
    [InlineData("Freeze(Part.Trunk, Epochs = 1), {|#0:Freeze(Part.Trunk)|}", "another [Freeze] is for the same part; keep one")]
    public Task UAM021AFreezeWithoutSense(string attributes, string why) => Verify.RuleAsync(
        Declaration.Of(variants: $"[HardSharing, {attributes}] public partial class Mtl;"),
        ("UAM021", $"[Freeze] has no effect here: {why}"));

    [Theory]
    [InlineData(
        "{|#0:LearningRateScale(Part.All, 2)|}",
        "it scales every learning rate; change that of the optimiser, or name the trunk or the heads")]
    [InlineData(
        "LearningRateScale(Part.Trunk, 2), {|#0:LearningRateScale(Part.Trunk, 3)|}",
        "another [LearningRateScale] is for the same part; keep one")]
    [InlineData(
        "{|#0:LearningRateScale(Part.Trunk, 2)|}, Freeze(Part.Trunk)",
        "[Freeze] keeps the same part for the whole training; leave one of the two out")]
    public Task UAM021ALearningRateWithoutSense(string attributes, string why) => Verify.RuleAsync(
        Declaration.Of(variants: $"[HardSharing, {attributes}] public partial class Mtl;"),
        ("UAM021", $"[LearningRateScale] has no effect here: {why}"));
}
