using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Rules about exact solvers, about penalties on the heads of all tasks, and about grids and metrics.</summary>
public sealed class FittedRuleTests
{
    private const string Pupils = "[Regression] public enum Pupil { Ann, Bob }";
    private const string Raw = "[Input(4)] public partial class Raw;";

    [Theory]
    [InlineData(
        "[{|#0:GoMtl(2)|}]",
        "[Binary] public enum T { Sick }",
        "GoMtl",
        "Sick",
        "binary",
        "use the network form, [HardSharing, L1(μ, On = Part.Heads)] on [Linear(k, Bias = false)]")]
    [InlineData(
        "[{|#0:Amtl|}]",
        "[Binary] public enum T { Sick }",
        "Amtl",
        "Sick",
        "binary",
        "use the network form, [DeepAmtl] on a network without layers")]
    [InlineData(
        "[{|#0:ElasticNet|}]",
        "[Binary] public enum T { Sick }",
        "ElasticNet",
        "Sick",
        "binary",
        "use [Ridge], which has a logistic form")]
    [InlineData(
        "[{|#0:Ridge|}]",
        "[Classification(3)] public enum T { Species }",
        "Ridge",
        "Species",
        "a classification into 3 classes",
        "use one [Binary] task a class")]
    [InlineData(
        "[{|#0:Ridge|}]",
        "public enum T { [Binary] Sick, [Regression] Weight }",
        "Ridge",
        "Weight",
        "regression beside other kinds",
        "its strengths are chosen by one loss; use [LinearModel, L2(…)]")]
    [InlineData(
        "[{|#0:MeanPredictor|}]",
        "[Classification(3)] public enum T { Species }",
        "MeanPredictor",
        "Species",
        "a classification into 3 classes",
        "use one [Binary] task a class")]
    public Task UAM009ASolverThatDoesNotFitATask(
        string variant, string tasks, string method, string task, string kind, string instead) => Verify.RuleAsync(
        Declaration.Of(tasks: tasks, trunks: Raw, variants: $"{variant} public partial class Solved;"),
        ("UAM009", $"[{method}] cannot be used with task '{task}', which is {kind}: {instead}"));

    [Theory]
    [InlineData("[Ridge, {|#0:L1(0.1)|}]", "L1", "[Ridge] is solved exactly, with its own penalties alone")]
    [InlineData("[LinearModel, {|#0:Uncertainty|}]", "Uncertainty", "[LinearModel] is solved exactly")]
    [InlineData("[LinearModel, {|#0:Adam(0.1)|}]", "Adam", "[LinearModel] is solved exactly")]
    [InlineData("[LinearModel, {|#0:Training(Epochs = 3)|}]", "Training", "[LinearModel] is solved exactly")]
    public Task UAM021WhatASolverHasNoUseFor(string variant, string name, string why) => Verify.RuleAsync(
        Declaration.Of(tasks: Pupils, trunks: Raw, variants: $"{variant} public partial class Solved;"),
        ("UAM021", $"[{name}] has no effect here: {why}; leave it out"));

    [Theory]
    [InlineData("Adam(0.1)", "Adam", "[Ridge] public partial class Stl; [LinearModel] public partial class Ols;", "is solved exactly")]
    [InlineData("Sgd(0.1)", "Sgd", "[Ridge] public partial class Stl;", "is solved exactly")]
    [InlineData("Training(Epochs = 3)", "Training", "[Ridge] public partial class Stl;", "is solved exactly")]
    [InlineData("StepDecay", "StepDecay", "[Ridge] public partial class Stl;", "is solved exactly")]
    [InlineData("Adam(0.1)", "Adam", "[Ridge] public partial class Stl; [HardSharing, Sgd(0.1)] public partial class Mtl;", "has [Sgd]")]
    [InlineData(
        "Sgd(0.1)", "Sgd", "[Amtfl, Adam] public partial class Asymmetric; [HardSharing, Adam] public partial class Mtl;", "has [Adam]")]
    [InlineData(
        "StepDecay", "StepDecay", "[Amtfl, CosineDecay] public partial class A; [HardSharing, PlateauDecay] public partial class B;",
        "has [CosineDecay] or [PlateauDecay]")]
    [InlineData("ClipNorm(1)", "ClipNorm", "[HardSharing, ClipValue(1)] public partial class Mtl;", "has [ClipValue]")]
    public Task UAM021TrainingThatNoVariantReads(string attribute, string name, string variants, string why) => Verify.RuleAsync(
        Declaration.Of(
            head: $"[Experiment(\"toy\"), Dataset<Toy>, {{|#0:{attribute}|}}] public static partial class Study",
            tasks: Pupils,
            trunks: Raw,
            variants: variants),
        ("UAM021", $"[{name}] has no effect here: each variant of 'Study' that it could be for {why}; leave it out"));

    [Theory]
    [InlineData("Adam(0.1), Training(Epochs = 3), StepDecay", "[Ridge] public partial class Stl; [HardSharing] public partial class Mtl;")]
    [InlineData("Adam(0.1)", "[HardSharing, Sgd(0.1)] public partial class Mtl; [Amtfl] public partial class Asymmetric;")]
    public Task TrainingThatAVariantReadsIsFine(string attributes, string variants) => Verify.RuleAsync(
        Declaration.Of(
            head: $"[Experiment(\"toy\"), Dataset<Toy>, {attributes}] public static partial class Study",
            tasks: Pupils,
            trunks: Raw,
            variants: variants));

    [Fact]
    public Task UAM021APartOfALinearModel() => Verify.RuleAsync(
        Declaration.Of(
            tasks: Pupils, trunks: Raw, variants: "[LinearModel, L2(0.1, {|#0:On = Part.Trunk|})] public partial class Solved;"),
        (
            "UAM021",
            "On of [L2] has no effect here: [LinearModel] has weights on the inputs alone, and its solver one form of the norm; "
                + "leave it out"));

    [Fact]
    public Task UAM021HeadsWithNothingInCommon() => Verify.RuleAsync(
        Declaration.Of(variants: "[SingleTask, {|#0:TraceNorm(0.1)|}] public partial class Stl;"),
        (
            "UAM021",
            "[TraceNorm] has no effect here: [SingleTask] has no shared features, so that its heads have nothing in common; "
                + "use it with one that shares them"));

    [Fact]
    public Task UAM027ALinearModelOfImages() => Verify.RuleAsync(
        Declaration.Of(
            trunks: "[Input(1, 4, 4), Flatten] public partial class Net;", variants: "[{|#0:Ridge|}] public partial class Stl;"),
        (
            "UAM027",
            "[Ridge] does not fit the data: a linear model needs rows of numbers, and the input is an image: "
                + "declare a network with [Input(features)] and name it with [Network(nameof(…))]"));

    [Fact]
    public Task UAM027WeightsOnTheInputsThroughMoreThanOneLayer() => Verify.RuleAsync(
        Declaration.Of(variants: "[DeepAmtl({|#0:OnInputs = true|})] public partial class Naive;"),
        (
            "UAM027",
            "OnInputs does not fit the data: the tasks have weights on the inputs only through a single linear layer: "
                + "give 'Mlp' exactly one [Linear(k)], or leave OnInputs out"));

    [Theory]
    [InlineData("Grid({|#0:\"Mu\"|}, 1, 0.1)", "it has no hyper-parameter 'Mu'; it has Alpha, Gamma, Floor, MuHeads")]
    [InlineData(
        "Grid(\"Alpha\", 1, 0.1, {|#0:Tied = \"Lambda\"|})", "it has no hyper-parameter 'Lambda'; it has Alpha, Gamma, Floor, MuHeads")]
    [InlineData("Grid(\"Alpha\", 1, 0.1), Grid({|#0:\"Alpha\"|}, 2, 3)", "'Alpha' has two grids: keep one")]
    public Task UAM028AGridOfNothing(string grid, string problem) => Verify.RuleAsync(
        Declaration.Of(variants: $"[Amtfl, L1(1e-4, On = Part.Heads), {grid}] public partial class Deep;"),
        ("UAM028", $"The grid of 'Deep' cannot be searched: {problem}"));

    [Fact]
    public Task UAM028AValueThatStandsThereTwice() => Verify.RuleAsync(
        Declaration.Of(variants: "[Amtfl, Grid(\"Alpha\", {|#0:1|}, 0.1, 1)] public partial class Deep;"),
        ("UAM028", "The grid of 'Deep' cannot be searched: a value of the grid stands there twice: keep one"));

    [Fact]
    public Task UAM028AGridOfOneValue() => Verify.RuleAsync(
        Declaration.Of(variants: "[Amtfl, Grid(\"Alpha\", {|#0:1|})] public partial class Deep;"),
        ("UAM028", "The grid of 'Deep' cannot be searched: a grid needs two values or more to choose from"));

    [Theory]
    [InlineData("[LinearModel, TraceNorm(0.1), {|#0:L1(0.1)|}]", "TraceNorm", "L1", "not smooth: the solver takes one such penalty")]
    [InlineData(
        "[HardSharing, GroupLasso(0.1), {|#0:TraceNorm(0.1)|}]",
        "GroupLasso",
        "TraceNorm",
        "of the heads, of which one alone has an exact proximal step")]
    [InlineData(
        "[HardSharing, L1(0.1, On = Part.Heads), {|#0:Dirty(0.1, 0.1)|}]",
        "L1(Heads)",
        "Dirty",
        "of the heads, of which one alone has an exact proximal step")]
    public Task UAM029TwoProximalSteps(string variant, string first, string second, string why) => Verify.RuleAsync(
        Declaration.Of(
            tasks: Pupils, trunks: "[Input(4), Linear(3)] public partial class Net;", variants: $"{variant} public partial class Both;"),
        ("UAM029", $"Variant 'Both' has [{first}] and [{second}], both {why}: keep one"));

    [Theory]
    [InlineData("Metric({|#0:TaskMetric.RocAuc|})", "RocAuc", "is defined for none of the tasks, which are regression: choose another")]
    [InlineData(
        "Metric(TaskMetric.Rmse), Metric({|#0:TaskMetric.R2|})",
        "R2",
        "is for the same tasks as Rmse: choose one as the headline, since the report shows all")]
    public Task UAM030AMetricThatDoesNotFit(string metrics, string metric, string problem) => Verify.RuleAsync(
        Declaration.Of(head: $"[Experiment(\"toy\"), Dataset<Toy>, {metrics}] public static partial class Study", tasks: Pupils),
        ("UAM030", $"The metric {metric} {problem}"));
}
