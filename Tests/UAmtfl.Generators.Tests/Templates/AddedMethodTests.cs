using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Templates;

/// <summary>A new layer, penalty or architecture needs an attribute and one file of the generator; a new weighting needs its class and an
/// attribute. The files in <c>Added</c> are examples to copy. The tests compile the generator with them and change nothing
/// else.</summary>
public sealed class AddedMethodTests
{
    /// <summary>The generator with the three files, compiled once because that takes seconds.</summary>
    private static readonly Lazy<Type> Rebuilt = new(() =>
        RebuiltGenerator.With(((string[])["ELULayer.cs", "LogPenalty.cs", "SideBySide.cs"]).Select(RebuiltGenerator.Added)));

    [Fact]
    public void ALayerIsOneFileBesideItsAttribute()
    {
        var run = Run(Rebuilt.Value, "ELUAttribute.cs",
            trunks: "[Input(4), Linear(8), ELU(0.2), Linear(3)] public partial class Net;");
        Assert.Contains("h = F.elu(h, 0.2);", run("Lab.Study+Net.g.cs"), StringComparison.Ordinal);
        Assert.Contains("h = graph.Add(\"Elu\", h, (\"alpha\", 0.2d));", run("Lab.Study+Net.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void APenaltyIsOneFileBesideItsAttribute()
    {
        var run = Run(Rebuilt.Value, "LogPenaltyAttribute.cs",
            variants: "[HardSharing, L2(1e-4), LogPenalty(0.5)] public partial class Mtl;");
        var text = run("Lab.Study+Mtl.g.cs");
        Assert.Contains("+ (hyper.LogPenalty * Network.HeadWeight.square().log1p().sum());", text, StringComparison.Ordinal);
        Assert.Contains("public double LogPenalty { get; init; } = 0.5;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArchitectureIsOneFileBesideItsAttribute()
    {
        var run = Run(Rebuilt.Value, "SideBySideAttribute.cs", variants: "[SideBySide] public partial class Mtl;");
        var text = run("Lab.Study+Mtl.g.cs");
        Assert.Contains("Composition = \"SideBySide\",", text, StringComparison.Ordinal);
        Assert.Contains("Z [3, N, 8] features, one trunk a task", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AWeightingIsItsClassWithAnAttribute()
    {
        var run = Run(typeof(ExperimentGenerator), "PowerMean.cs",
            variants: "[HardSharing, PowerMean(Power = 3)] public partial class Mtl;");
        var text = run("Lab.Study+Mtl.g.cs");
        Assert.Contains("public double PowerMeanPower { get; init; } = 3;", text, StringComparison.Ordinal);
        Assert.Contains(
            "Weighting = Keep(new global::UAmtfl.PowerMean(3, power: hyper.PowerMeanPower), counts.dtype, counts.device);",
            text,
            StringComparison.Ordinal);
    }

    /// <summary>Runs a generator on a declaration that uses an added attribute, and returns the generated text for a file
    /// name.</summary>
    private static Func<string, string> Run(
        Type type, string attribute, string trunks = Declaration.Trunks, string variants = Declaration.Variants)
    {
        var generator = (IIncrementalGenerator)Activator.CreateInstance(type)!;
        var study = References.Compile(
        [
            CSharpSyntaxTree.ParseText(Declaration.Of(trunks: trunks, variants: variants), References.Parse, "Study.cs"),
            CSharpSyntaxTree.ParseText(RebuiltGenerator.Added(attribute), References.Parse, attribute),
        ]);
        var driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: References.Parse)
            .RunGeneratorsAndUpdateCompilation(study, out var output, out var diagnostics);
        GeneratorRun.AssertNone([.. diagnostics.Concat(output.GetDiagnostics()).Where(d => d.Severity >= DiagnosticSeverity.Warning)]);
        return hint => driver.GetRunResult().Results.Single().GeneratedSources.Single(s => s.HintName == hint).SourceText.ToString();
    }
}
