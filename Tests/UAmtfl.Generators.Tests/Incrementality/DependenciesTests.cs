using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Incrementality;

/// <summary>The generator reads an experiment again after a change of anything that it can depend on, and after no other
/// change.</summary>
public sealed class DependenciesTests
{
    private const string Rates = "public static class Rates { public const double Alpha = 0.1; public static int Other() => 1; }";
    private const string Feedback = "Lab.Study+Feedback.g.cs";

    private static readonly string Source =
        Declaration.Of(variants: "[Amtfl(Alpha = Rates.Alpha), L2(1e-4)] public partial class Feedback;");

    private readonly GeneratorRun first = GeneratorRun.Of(("Study.cs", Source), ("Rates.cs", Rates));

    [Fact]
    public void WhenABodyInAnotherFileIsEditedNothingIsReadAgain() => AssertSameModel(first, first.Edit("Rates.cs", "=> 1", "=> 2"));

    [Fact]
    public void WhenAConstantInAnotherFileIsEditedItIsSeen() =>
        Assert.Contains("Alpha { get; init; } = 0.3;", first.Edit("Rates.cs", "Alpha = 0.1", "Alpha = 0.3")[Feedback]);

    [Fact]
    public void WhenAConstantIsEditedAfterABodyItIsSeen() =>
        Assert.Contains(
            "Alpha { get; init; } = 0.3;",
            first.Edit("Rates.cs", "=> 1", "=> 2").Edit("Rates.cs", "Alpha = 0.1", "Alpha = 0.3")[Feedback]);

    [Fact]
    public void WhenAConstantBehindAnotherConstantIsEditedItIsSeen()
    {
        var before = GeneratorRun.Of(
            ("Study.cs", Source),
            ("Rates.cs", Rates.Replace("0.1", "Deeper.Value", StringComparison.Ordinal)),
            ("Deeper.cs", "public static class Deeper { public const double Value = 0.1; }"));
        Assert.Contains("Alpha { get; init; } = 0.3;", before.Edit("Deeper.cs", "0.1", "0.3")[Feedback]);
    }

    [Fact]
    public void WhenAConstantOfABaseClassIsEditedItIsSeen()
    {
        var before = GeneratorRun.Of(
            ("Study.cs", Source),
            ("Rates.cs", "public class Rates : Base;"),
            ("Base.cs", "public class Base { public const double Alpha = 0.1; }"));
        Assert.Contains("Alpha { get; init; } = 0.3;", before.Edit("Base.cs", "0.1", "0.3")[Feedback]);
    }

    [Fact]
    public void WhenAConstantInAnotherExperimentIsEditedItIsSeen()
    {
        var rates = Declaration.Usings + "namespace Lab;\n"
            + Declaration.Body(
                head: """[Experiment("other"), Dataset<Toy>] public static partial class Rates""",
                other: "public const double Alpha = 0.1;");
        var before = GeneratorRun.Of(("Study.cs", Source), ("Rates.cs", rates));
        Assert.Contains("Alpha { get; init; } = 0.3;", before.Edit("Rates.cs", "Alpha = 0.1", "Alpha = 0.3")[Feedback]);
    }

    [Fact]
    public void WhenAGlobalUsingIsAddedItIsSeen()
    {
        var source = Source.Replace("Rates.Alpha", "Alpha0", StringComparison.Ordinal);
        var before = GeneratorRun.Of(
            ("Study.cs", source), ("Rates.cs", "public static class Rates { public const double Alpha0 = 0.7; }"));
        Assert.DoesNotContain("Alpha { get; init; } = 0.7;", before[Feedback]);
        Assert.Contains("Alpha { get; init; } = 0.7;", before.Add("Globals.cs", "global using static Rates;")[Feedback]);
    }

    [Fact]
    public void WhenAConstantBehindAGlobalUsingIsEditedItIsSeen()
    {
        var source = Source.Replace("Rates.Alpha", "Alpha0", StringComparison.Ordinal);
        var before = GeneratorRun.Of(
            ("Study.cs", source),
            ("Globals.cs", "global using static Rates;"),
            ("Rates.cs", "public static class Rates { public const double Alpha0 = 0.1; }"));
        Assert.Contains("Alpha { get; init; } = 0.3;", before.Edit("Rates.cs", "0.1", "0.3")[Feedback]);
    }

    [Fact]
    public void WhenATypeThatHidesAnotherIsAddedItIsSeen() =>
        Assert.Contains(
            "Alpha { get; init; } = 0.5;",
            first.Add("Hiding.cs", "namespace Lab; public static class Rates { public const double Alpha = 0.5; }")[Feedback]);

    [Fact]
    public void WhenATypeThatHidesAnAttributeIsAddedItIsSeen() =>
        Assert.DoesNotContain("Lab.Study.g.cs", first.Add("Hiding.cs", """
            namespace Lab;

            public sealed class ExperimentAttribute(string name) : System.Attribute
            {
                public string Name => name;
            }
            """).Hints);

    [Fact]
    public void WhenANamespaceThatHidesANameIsAddedItIsSeen()
    {
        var before = first.Edit("Rates.cs", "Alpha = 0.1", "Alpha = 0.7");
        Assert.Contains("Alpha { get; init; } = 0.7;", before[Feedback]);
        Assert.DoesNotContain("Alpha { get; init; } = 0.7;", before.Add("Hiding.cs", "namespace Lab.Rates { }")[Feedback]);
    }

    [Fact]
    public void WhenTheSummaryIsEditedItIsSeen()
    {
        var before = GeneratorRun.Of(
            ("Study.cs", Source.Replace("[Experiment(", "/// <summary>Before.</summary>\n[Experiment(", StringComparison.Ordinal)),
            ("Rates.cs", Rates));
        Assert.Contains("After.", before.Edit("Study.cs", "Before.", "After.")["Lab.Study.g.cs"]);
    }

    [Fact]
    public void AnAliasOfTheAttributeIsFound() =>
        Assert.Contains(
            "Lab.Study.g.cs",
            GeneratorRun.Of(
                (
                    "Study.cs",
                    "using Trial = UAmtfl.ExperimentAttribute;\n" + Source.Replace("[Experiment(", "[Trial(", StringComparison.Ordinal)),
                ("Rates.cs", Rates)).Hints);

    [Fact]
    public void WhenADeclarationThatNoExperimentNamesIsEditedNothingIsReadAgain()
    {
        var before = GeneratorRun.Of(
            ("Study.cs", Source), ("Rates.cs", Rates), ("Other.cs", "public class Other { public const int Digit = 1; }"));
        AssertSameModel(before, before.Edit("Other.cs", "Digit = 1", "Digit = 2"));
    }

    [Fact]
    public void WhenAnExperimentIsEditedTheOthersAreNotReadAgain()
    {
        var other = Declaration.Usings + "namespace Lab;\n"
            + Declaration.Body(head: """[Experiment("other"), Dataset<Toy>] public static partial class Other""");
        var before = GeneratorRun.Of(("Study.cs", Source), ("Rates.cs", Rates), ("Other.cs", other));
        var after = before.Edit("Study.cs", "L2(1e-4)", "L2(1e-3)");
        Assert.NotEqual(Model(before, "Study"), Model(after, "Study"));
        Assert.Same(Model(before, "Other"), Model(after, "Other"));
    }

    [Fact]
    public void NoCompilationIsKeptButTheLast()
    {
        var (old, after) = EditedBody();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(old.TryGetTarget(out _));
        GC.KeepAlive(after);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference<Compilation> Old, GeneratorDriver After) EditedBody()
    {
        var before = GeneratorRun.Of(("Study.cs", Source), ("Rates.cs", Rates));
        return (new(before.Input), before.Edit("Rates.cs", "=> 1", "=> 2").Driver);
    }

    private static void AssertSameModel(GeneratorRun before, GeneratorRun after)
    {
        Assert.Same(Model(before, "Study"), Model(after, "Study"));
        Assert.All(after.Step(TrackingNames.Experiments), o => Assert.Equal(IncrementalStepRunReason.Unchanged, o.Reason));
    }

    private static object Model(GeneratorRun run, string name) =>
        Assert.Single(
            run.Step(TrackingNames.Experiments).Select(o => o.Value),
            m => ((Models.ExperimentModel)m).Class.MetadataName == $"Lab.{name}");
}
