using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Incrementality;

/// <summary>Experiments are not read again where only the body of a method changed, and are where anything changed that they can depend on.</summary>
public sealed class SameDeclarationsTests
{
    private const string Rates = "public static class Rates { public const double Alpha = 0.1; public static int Other() => 1; }";

    private static readonly string Source = Declaration.Of(variants: "[Amtfl(Alpha = Rates.Alpha), L2(1e-4)] public partial class Feedback;");

    private readonly GeneratorRun first = GeneratorRun.Of(("Study.cs", Source), ("Rates.cs", Rates));

    [Fact]
    public void ABodyInAnotherFileIsEdited_NothingIsReadAgain() =>
        Assert.All(first.Edit("Rates.cs", "=> 1", "=> 2").Step(TrackingNames.Experiments), o => Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));

    [Fact]
    public void AConstantInAnotherFileIsEdited_ItIsSeen() =>
        Assert.Contains("Alpha { get; init; } = 0.3;", first.Edit("Rates.cs", "Alpha = 0.1", "Alpha = 0.3")["Lab.Study+Feedback.g.cs"]);

    [Fact]
    public void AConstantIsEditedAfterABody_ItIsSeen() =>
        Assert.Contains("Alpha { get; init; } = 0.3;", first.Edit("Rates.cs", "=> 1", "=> 2").Edit("Rates.cs", "Alpha = 0.1", "Alpha = 0.3")["Lab.Study+Feedback.g.cs"]);

    [Fact]
    public void ATypeThatHidesAnAttributeIsAdded_ItIsSeen() =>
        Assert.DoesNotContain("Lab.Study.g.cs", first.Add("Hiding.cs", "namespace Lab; public sealed class ExperimentAttribute(string name) : System.Attribute { public string Name => name; }").Hints);

    [Fact]
    public void AnAliasOfTheAttributeIsFound() =>
        Assert.Contains("Lab.Study.g.cs", GeneratorRun.Of(("Study.cs", "using Trial = UAmtfl.ExperimentAttribute;\n" + Source.Replace("[Experiment(", "[Trial(", StringComparison.Ordinal)), ("Rates.cs", Rates)).Hints);
}
