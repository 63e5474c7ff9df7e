using System.Globalization;
using System.Text.RegularExpressions;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>A variant is trained as its experiment states, except for what its own attributes state.</summary>
public sealed class TrainingPlanTests
{
    private const string Everything =
        "Training(Epochs = 3, BatchSize = 7, EvaluateEvery = 2), Adam(0.02, Beta1 = 0.5, Beta2 = 0.6, Epsilon = 0.1), "
            + "StepDecay(At = 0.7, Factor = 0.3)";

    private static readonly Dictionary<string, string> Whole = new()
    {
        ["Epochs"] = "3", ["BatchSize"] = "7", ["EvaluateEvery"] = "2", ["Optimizer"] = "Adam", ["LearningRate"] = "0.02",
        ["Beta1"] = "0.5", ["Beta2"] = "0.6", ["Epsilon"] = "0.1", ["Momentum"] = "0", ["DecayAt"] = "0.7", ["DecayFactor"] = "0.3",
    };

    [Fact]
    public void WithoutItsOwnItIsTheExperiments() => Assert.Equal(Whole, Plan(Everything, ""));

    [Theory]
    [InlineData("Training(Epochs = 20)", "Epochs=20")]
    [InlineData("Training(BatchSize = 20)", "BatchSize=20")]
    [InlineData("Training(EvaluateEvery = 20)", "EvaluateEvery=20")]
    [InlineData("Training", "")]
    [InlineData("Adam(0.5)", "LearningRate=0.5")]
    [InlineData("Adam", "")]
    [InlineData("Adam(learningRate: 0.5)", "LearningRate=0.5")]
    [InlineData("Adam(Beta1 = 0)", "Beta1=0")]
    [InlineData("Adam(Beta2 = 0)", "Beta2=0")]
    [InlineData("Adam(Epsilon = 1)", "Epsilon=1")]
    [InlineData("StepDecay(At = 0.9)", "DecayAt=0.9")]
    [InlineData("StepDecay(Factor = 0.9)", "DecayFactor=0.9")]
    [InlineData("StepDecay", "")]
    public void AnAttributeChangesWhatItStatesAndNoMore(string own, string changes)
    {
        var expected = new Dictionary<string, string>(Whole);
        foreach (var change in changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('=')))
        {
            expected[change[0]] = change[1];
        }

        Assert.Equal(expected, Plan(Everything, own));
    }

    [Theory]
    [InlineData("", "EarlyStopping(3)", "3")]
    [InlineData("EarlyStopping(5)", "", "5")]
    [InlineData("EarlyStopping(5)", "EarlyStopping(3)", "3")]
    public void PatienceIsTheVariantsOrTheExperiments(string experiment, string own, string patience) =>
        Assert.Equal(patience, Plan(experiment, own)["Patience"]);

    /// <summary>What is written only where it is not the default: by its own attribute, by the experiment's, or by both.</summary>
    [Theory]
    [InlineData("", "L2(1), AdamW(0.5, Beta1 = 0.8)", "Optimizer=AdamW LearningRate=0.5 Beta1=0.8")]
    [InlineData("Adam(0.02, Beta1 = 0.5)", "L2(1), AdamW", "Optimizer=AdamW")]
    [InlineData("", "Sgd(0.5, Momentum = 0.9, Nesterov = true)", "Optimizer=Sgd LearningRate=0.5 Momentum=0.9 Nesterov=true")]
    [InlineData("", "CosineDecay", "Schedule=Cosine")]
    [InlineData("CosineDecay(Floor = 0.1)", "", "Schedule=Cosine DecayFloor=0.1")]
    [InlineData("StepDecay(At = 0.3, Factor = 0.2)", "CosineDecay(Floor = 0.1)", "Schedule=Cosine DecayFloor=0.1")]
    [InlineData("CosineDecay(Floor = 0.1)", "StepDecay(At = 0.3)", "DecayAt=0.3 DecayFactor=0.1")]
    [InlineData("", "ExponentialDecay(0.9, Floor = 0.2)", "Schedule=Exponential DecayFactor=0.9 DecayFloor=0.2")]
    [InlineData("", "PlateauDecay", "Schedule=Plateau DecayFactor=0.1")]
    [InlineData(
        "PlateauDecay(Factor = 0.3, Patience = 20)", "PlateauDecay(Threshold = 0.5, Floor = 0.2)",
        "Schedule=Plateau DecayFactor=0.3 PlateauPatience=20 PlateauThreshold=0.5 DecayFloor=0.2")]
    [InlineData("WarmUp(3)", "ClipNorm(2), Accumulate(4)", "WarmUp=3 ClipNorm=2 Accumulate=4")]
    [InlineData("ClipNorm(2), Accumulate(4)", "ClipValue(0.5), Accumulate(1)", "ClipValue=0.5")]
    public void WhatFewPlansHave(string experiment, string own, string changes)
    {
        var expected = Plan("", "");
        foreach (var change in changes.Split(' ').Select(c => c.Split('=')))
        {
            expected[change[0]] = change[1];
        }

        Assert.Equal(expected, Plan(experiment, own));
    }

    [Fact]
    public void FurtherTimesOfStepsAreAList() => Assert.Contains(
        "DecayAt = 0.5, DecayFactor = 0.1,\n                DecayAlsoAt = [0.75, 0.9],\n".Replace("\n", Environment.NewLine),
        PlanBlock("", "StepDecay(AlsoAt = [0.75, 0.9])"));

    [Theory]
    [InlineData("EarlyStopping(5, Monitor = nameof(Task.One))", "", "Monitor = \"One\"")]
    [InlineData("EarlyStopping(5, PerTask = true)", "", "Monitor = \"*\"")]
    [InlineData("EarlyStopping(5, PerTask = true)", "EarlyStopping(3)", null)]
    [InlineData("EarlyStopping(5)", "EarlyStopping(3, Monitor = \"Two\")", "Monitor = \"Two\"")]
    public void EarlyStoppingWatchesWhatTheVariantsOrTheExperimentsAttributeSays(string experiment, string own, string? monitor) =>
        Assert.Equal(monitor, Regex.Match(PlanBlock(experiment, own), @"Monitor = ""[^""]*""") is { Success: true } m ? m.Value : null);

    [Theory]
    [InlineData("Freeze(Part.Trunk)", "FrozenTrunk = global::UAmtfl.FreezeAttribute.Always,")]
    [InlineData("Freeze(Part.Heads, Epochs = 3)", "FrozenHeads = 3,")]
    [InlineData("LearningRateScale(Part.Trunk, 0.1)", "TrunkRate = 0.1,")]
    [InlineData("LearningRateScale(Part.Heads, 5), Freeze(Part.Heads, Epochs = 3)", "HeadRate = 5,")]
    public void WhatHoldsForAPartIsInThePlan(string own, string expected) => Assert.Contains(expected, PlanBlock("", own));

    [Theory]
    [InlineData("Sgd(0.5, Momentum = 0.9)", "Sgd(0.1)", "Sgd", "0.1", "0.9")]
    [InlineData("Sgd(0.5, Momentum = 0.9)", "Sgd(0.1, Momentum = 0)", "Sgd", "0.1", "0")]
    [InlineData("Sgd(0.5, Momentum = 0.9)", "", "Sgd", "0.5", "0.9")]
    [InlineData("Sgd(0.5, Momentum = 0.9)", "Adam", "Adam", "0.001", "0")]
    [InlineData("Adam(0.02, Beta1 = 0.5)", "Sgd(0.1)", "Sgd", "0.1", "0")]
    public void ALearningRateOfOneOptimiserSaysNothingAboutAnother(
        string experiment, string own, string optimizer, string rate, string momentum)
    {
        var plan = Plan(experiment, own);
        Assert.Equal([optimizer, rate, momentum], [plan["Optimizer"], plan["LearningRate"], plan["Momentum"]]);
    }

    [Fact]
    public void AnAttributeThatTheExperimentDoesNotHaveTakesItsDefaults()
    {
        var plan = Plan("", "Training(Epochs = 5), StepDecay(At = 0.8)");
        Assert.Equal(["5", "100", "0.8", "0.1"], [plan["Epochs"], plan["BatchSize"], plan["DecayAt"], plan["DecayFactor"]]);
    }

    /// <summary>The parser uses the same defaults as the attributes, because those are what a reader sees.</summary>
    [Fact]
    public void TheDefaultsAreTheAttributes()
    {
        var (training, adam, decay) = (new TrainingAttribute(), new AdamAttribute(), new StepDecayAttribute());
        var expected = new Dictionary<string, double>
        {
            ["Epochs"] = training.Epochs, ["BatchSize"] = training.BatchSize, ["EvaluateEvery"] = training.EvaluateEvery,
            ["LearningRate"] = adam.LearningRate, ["Beta1"] = adam.Beta1, ["Beta2"] = adam.Beta2, ["Epsilon"] = adam.Epsilon,
            ["Momentum"] = new SgdAttribute(1).Momentum, ["DecayAt"] = decay.At, ["DecayFactor"] = decay.Factor,
        };
        var plan = Plan("", "Training, Adam, StepDecay");
        Assert.True(plan.Remove("Optimizer", out var optimizer));
        Assert.Equal("Adam", optimizer);
        Assert.Equal(expected, plan.ToDictionary(e => e.Key, e => double.Parse(e.Value, CultureInfo.InvariantCulture)));
    }

    private static Dictionary<string, string> Plan(string experiment, string own) =>
        Regex.Matches(PlanBlock(experiment, own), @"(\w+) = (?:[\w:.]+\.(?=[A-Z]))?([\w.+-]+),")
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    /// <summary>Returns the text of a variant's plan.</summary>
    private static string PlanBlock(string experiment, string own)
    {
        var run = GeneratorRun.Of(Declaration.Of(
            head: $$"""
                [Experiment("toy"), Dataset<Toy>{{(experiment == "" ? "" : ", " + experiment)}}]
                public static partial class Study
                """,
            variants: $"[HardSharing{(own == "" ? "" : ", " + own)}] public partial class Mtl; "
                + "[SingleTask] public partial class AsTheExperimentSays;"));
        GeneratorRun.AssertNone(run.GeneratorDiagnostics);
        return Regex.Match(run["Lab.Study+Mtl.g.cs"], @"Plan = new\(\)\s*\{(.*?)\}", RegexOptions.Singleline).Groups[1].Value;
    }
}
