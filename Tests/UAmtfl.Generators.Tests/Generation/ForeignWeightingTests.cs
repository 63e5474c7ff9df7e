using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>A weighting with its attribute and defaults works if it comes compiled, from an assembly that the generator does not
/// know.</summary>
public sealed class ForeignWeightingTests
{
    private const string Package = """
        using System;
        using System.ComponentModel;
        using UAmtfl;
        using UAmtfl.Weighting;
        using UAmtfl.Weightings;

        namespace Elsewhere;

        public enum Mood { Calm, Bold, [TaskLimit(2, "it compares every pair")] Wild }

        public sealed class Steady(int tasks, double pull, int patience, bool loud, Mood mood, double[]? shares, int chief)
            : GramianWeighting(tasks)
        {
            public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) =>
                [pull, patience, loud ? 1 : 0, (int)mood, shares?[0] ?? 0, chief];
        }

        [AttributeUsage(AttributeTargets.Class)]
        [WeightingBy<Steady>(
            Formula = "Σ_t w_t {0}, w steady", Scale = "weights sum to 7", Site = GradientSite.LastLayer, Heads = HeadGradients.Weighted)]
        public sealed class SteadyAttribute(string chief, params double[] shares) : GradientWeightingAttribute
        {
            [TaskName] public string Chief { get; } = chief;

            public double[] Shares { get; } = shares;

            [Number(0, 2, Above = true, Default = 0.25, Summary = "How strong the pull is.")] public double Pull { get; init; } = 0.25;

            [TaskMaximum, Number(1, Default = 2, Summary = "How many steps it waits.")] public int Patience { get; init; } = 2;

            [DefaultValue(true)] public bool Loud { get; init; } = true;

            [DefaultValue(Mood.Bold)] public Mood Mood { get; init; } = Mood.Bold;
        }

        public sealed class Twice(GramianWeighting inner, int times) : GramianWeighting(inner.Tasks)
        {
            public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => [times, .. inner.Weights(gramian, losses)];
        }

        [AttributeUsage(AttributeTargets.Class)]
        [WeightingAround<Twice>(Formula = "{0}, twice", Scale = "{0}, times two")]
        public sealed class TwiceAttribute : Attribute
        {
            [Number(2, 9, Default = 2, Summary = "How many times.")] public int Times { get; init; } = 2;
        }

        public sealed class Short(int tasks, double missing) : LossWeighting(tasks)
        {
            public override TorchSharp.torch.Tensor forward(TorchSharp.torch.Tensor input) => input.sum() * missing;
        }

        [WeightingBy<Short>(Formula = "{0}", Scale = "free")]
        public sealed class ShortAttribute : Attribute;

        public sealed class Idle(int tasks) : LossWeighting(tasks)
        {
            public override TorchSharp.torch.Tensor forward(TorchSharp.torch.Tensor input) => input.sum();
        }

        [WeightingBy<Idle>(Formula = "{0}", Scale = "free")]
        public sealed class IdleAttribute : Attribute
        {
            [Number(0, Default = 1)] public double Strength { get; init; } = 1;
        }
        """;

    private static readonly MetadataReference Compiled = Compile();

    [Fact]
    public void ItIsCreatedFromItsAttribute()
    {
        var run = Of("Elsewhere.Steady(nameof(Digit.Two))");
        GeneratorRun.AssertNone(run.Problems);
        var code = run["Lab.Study+Mtl.g.cs"];
        Assert.Contains(
            "new global::Elsewhere.Steady(3, pull: hyper.SteadyPull, patience: hyper.SteadyPatience, loud: true, mood: "
                + "global::Elsewhere.Mood.Bold, shares: null, chief: 2)",
            code);
        Assert.Contains("w steady", code);
        Assert.Contains("weights sum to 7; heads: weighted", code);
        Assert.Contains("g_t: ∂L_t/∂θ of the trunk's last layer; loud = true, mood = Bold, chief = Two", code);
    }

    [Fact]
    public void ItsNumbersAreHyperParametersWithItsDefaultsAndRanges()
    {
        var code = Of("Elsewhere.Steady(\"Two\", 1, 2, 3, Patience = 3, Loud = false)")["Lab.Study+Mtl.g.cs"];
        Assert.Contains("/// <summary>How strong the pull is. Above 0 and at most 2.</summary>", code);
        Assert.Contains("public double SteadyPull { get; init; } = 0.25;", code);
        Assert.Contains("[global::UAmtfl.Number(0, 2, Above = true)]", code);
        Assert.Contains("/// <summary>How many steps it waits. A whole number, at least 1 and at most 3.</summary>", code);
        Assert.Contains("public int SteadyPatience { get; init; } = 3;", code);
        Assert.Contains("[global::UAmtfl.Number(1, 3)]", code);
        Assert.Contains("loud: false, mood: global::Elsewhere.Mood.Bold, shares: [1, 2, 3], chief: 2", code);
    }

    [Fact]
    public void AnotherStandsAroundIt()
    {
        var run = Of("Elsewhere.Steady(\"One\"), Elsewhere.Twice(Times = 4)");
        GeneratorRun.AssertNone(run.Problems);
        var code = run["Lab.Study+Mtl.g.cs"];
        Assert.Contains("new global::Elsewhere.Twice(new global::Elsewhere.Steady(3, ", code);
        Assert.Contains(", times: hyper.TwiceTimes)", code);
        Assert.Contains("public int TwiceTimes { get; init; } = 4;", code);
        Assert.Contains("weights sum to 7, times two", code);
        Assert.Contains("Twice(Steady)", code);
    }

    [Theory]
    [InlineData("Elsewhere.Steady(\"One\", Pull = 0)", "UAM011: Steady's Pull is 0; it must be above 0 and at most 2")]
    [InlineData("Elsewhere.Steady(\"One\", Patience = 4)", "UAM011: Steady's Patience is 4; it must be at least 1 and at most 3")]
    [InlineData(
        "Elsewhere.Steady(\"One\"), Grid(\"SteadyPatience\", 1, 2.5)",
        "UAM011: Grid's SteadyPatience is 2.5; it must be a whole number, at least 1 and at most 3")]
    [InlineData(
        "Elsewhere.Steady(\"Ten\")",
        "UAM033: [Steady] names 'Ten', which is none of the tasks 'Zero', 'One', 'Two': name one of these, best by nameof(…)")]
    [InlineData("Elsewhere.Steady(\"One\", 1, 2)", "UAM034: [Steady] has 2 numbers for 3 tasks: give one a task, or none")]
    [InlineData(
        "Elsewhere.Steady(\"One\", Mood = Elsewhere.Mood.Wild)",
        "UAM034: [Steady] has Mood = Wild for 3 tasks: it compares every pair, which is for at most 2; use another")]
    [InlineData("Dwa, Elsewhere.Steady(\"One\")", "UAM008: 'Mtl' has both [Dwa] and [Steady]: keep one")]
    [InlineData(
        "Dwa, Elsewhere.Twice",
        "UAM021: [Twice] has no effect here: [Dwa] does not solve for one weight a task from inner products of gradients alone; "
            + "leave it out")]
    [InlineData(
        "Elsewhere.Short",
        "UAM022: 'Short' cannot be created: its constructor's 'missing' has no counterpart in [Short]; "
            + "add a property of that name and of type double, a number with [Number(…)]")]
    [InlineData(
        "Elsewhere.Idle",
        "UAM022: 'Idle' cannot be created: no parameter of its constructor takes the number Strength of [Idle]; "
            + "add one, or remove the number")]
    public async Task WhatIsWrongIsReportedAsForOurs(string weighting, string message)
    {
        var found = await Of(weighting).AnalyzeAsync();
        Assert.Equal(
            message,
            Assert.Single(found.Select(d => $"{d.Id}: {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}").Distinct()));
    }

    /// <summary>After a change of the attribute's class in the same project, the generator reads again the experiment that uses it, and
    /// no other.</summary>
    [Fact]
    public void AChangeOfTheAttributesClassIsSeen()
    {
        const string Other = "[HardSharing] public partial class Mtl;";
        var run = GeneratorRun.Of(
            ("Study.cs", Declaration.Of(variants: "[HardSharing, Elsewhere.Steady(\"One\")] public partial class Mtl;")
                + Declaration.Body(head: Declaration.Head.Replace("toy", "other").Replace("Study", "Other"), variants: Other)),
            ("Package.cs", Package));
        var edited = run.Edit("Package.cs", "Default = 0.25", "Default = 0.5");
        Assert.Equal(["Lab.Study+Mtl.g.cs"], edited.WrittenSince(run));
        Assert.Contains("SteadyPull { get; init; } = 0.5;", edited["Lab.Study+Mtl.g.cs"]);
    }

    [Fact]
    public Task UAM036ADescriptionOfWhatIsNoAttribute() => Verify.RuleAsync(
        Declaration.Of() + "[{|#0:WeightingBy<Mean>(Formula = \"{0}\", Scale = \"\")|}] public sealed class Plain;",
        (
            "UAM036",
            "[WeightingBy] has no effect on 'Plain', which is not nested in a class with [Experiment]: "
                + "put it on an attribute class, which is then a weighting"));

    private static GeneratorRun Of(string weighting) => GeneratorRun.OfProject(
        Declaration.Of(variants: $"[HardSharing, {weighting}] public partial class Mtl;"), "Lab", OutputKind.DynamicallyLinkedLibrary,
        Compiled);

    private static MetadataReference Compile()
    {
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create(
            "Elsewhere", [CSharpSyntaxTree.ParseText(Package, References.Parse)], References.All, References.Options).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
