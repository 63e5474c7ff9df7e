using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Rules about training attributes that contradict each other or the methods of a variant.</summary>
public sealed class PlanRuleTests
{
    private const string WarmUp =
        "cannot be trained like this: the warm-up takes 5 epochs, but the training has 5; shorten the one, or lengthen the other";

    [Fact]
    public Task UAM040AWarmUpAsLongAsTheTraining() => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, Training(Epochs = 5), {|#0:WarmUp(5)|}] public partial class Mtl;"),
        ("UAM040", $"'Mtl' {WarmUp}"));

    [Fact]
    public Task UAM040AVariantThatIsTrainedTooShort() => Verify.RuleAsync(
        OnExperiment("WarmUp(5)", "[HardSharing, {|#0:Training(Epochs = 5)|}] public partial class Mtl; "
            + "[HardSharing] public partial class Whole;"),
        ("UAM040", $"'Mtl' {WarmUp}"));

    /// <summary>What the experiment states is reported once, and not for each variant.</summary>
    [Fact]
    public Task UAM040OnTheExperimentIsSaidOnce() => Verify.RuleAsync(
        OnExperiment("Training(Epochs = 5), {|#0:WarmUp(5)|}", "[HardSharing] public partial class A; [Amtfl] public partial class B;"),
        ("UAM040", $"'Study' {WarmUp}"));

    [Fact]
    public Task UAM040APlateauThatIsNotMeasured() => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, {|#0:PlateauDecay(Patience = 3)|}] public partial class Mtl;"),
        ("UAM040", "'Mtl' cannot be trained like this: the validation error is measured every 10 epochs, and a plateau ends after 3; "
            + "lower EvaluateEvery, or raise the Patience of [PlateauDecay]"));

    [Theory]
    [InlineData("FocusedLearning(\"One\")", "FocusedLearning")]
    [InlineData("PcGrad", "PcGrad")]
    [InlineData("Weighting<Mean>", "Weighting")]
    public Task UAM040AWeightingOfOneBatch(string weighting, string name) => Verify.RuleAsync(
        Declaration.Of(
            tasks: "[Binary] public enum Task { One, Two }",
            variants: $"[HardSharing, Accumulate(4), {{|#0:{weighting}|}}] public partial class Mtl;"),
        ("UAM040", $"'Mtl' cannot be trained like this: [{name}] looks at the losses or gradients of one batch, "
            + "and a step is made up of 4; raise BatchSize in the place of [Accumulate]"));

    [Theory]
    [InlineData("[HardSharing, Uncertainty, Accumulate(4)]")]
    [InlineData("[HardSharing, SampleWeighting, Accumulate(4)]")]
    [InlineData("[HardSharing, PcGrad, Accumulate(1), ClipNorm(1)]")]
    [InlineData("[HardSharing, PlateauDecay, WarmUp(5), Sgd(0.1, Momentum = 0.9, Nesterov = true)]")]
    [InlineData("[HardSharing, L2(0.01), AdamW]")]
    public Task WhatFitsIsNotReported(string attributes) => Verify.RuleAsync(
        Declaration.Of(tasks: "[Binary] public enum Task { One, Two }", variants: $"{attributes} public partial class Mtl;"));

    [Fact]
    public Task UAM021NesterovWithoutMomentum() => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, Sgd(0.1, {|#0:Nesterov = true|})] public partial class Mtl;"),
        ("UAM021", "Nesterov of [Sgd] has no effect here: it looks ahead along the momentum, which is 0; set Momentum, or leave it out"));

    [Fact]
    public Task UAM021AdamWWithoutDecay() => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, {|#0:AdamW|}] public partial class Mtl;"),
        ("UAM021", "[AdamW] has no effect here: it keeps the decay of [L2] out of the moments, and there is none; "
            + "add [L2(0.01)], or write [Adam]"));

    [Fact]
    public Task UAM021AdamWOfAnExperimentWithoutDecay() => Verify.RuleAsync(
        OnExperiment("{|#0:AdamW|}", "[HardSharing] public partial class A; [HardSharing, L2(0.1), Adam] public partial class B;"),
        ("UAM021", "[AdamW] has no effect here: it keeps the decay of [L2] out of the moments, and there is none; "
            + "add [L2(0.01)], or write [Adam]"));

    private static string OnExperiment(string attributes, string variants) => Declaration.Of(
        head: $"[Experiment(\"toy\"), Dataset<Toy>, {attributes}] public static partial class Study", variants: variants);
}
