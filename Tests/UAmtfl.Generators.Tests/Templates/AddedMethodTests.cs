using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Templates;

/// <summary>A new layer or penalty is an attribute and one file of the generator: the files in <c>Added</c>, which are copied when a
/// method is added. The tests compile the generator together with one of these files, and nothing else is changed.</summary>
public sealed class AddedMethodTests
{
    [Fact]
    public void ALayerIsOneFileBesideItsAttribute()
    {
        var run = Run("LeakyReLULayer.cs", "LeakyReLUAttribute.cs",
            trunks: "[Input(4), Linear(8), LeakyReLU(0.2), Linear(3)] public partial class Net;");
        Assert.Contains("h = F.leaky_relu(h, 0.2);", run("Lab.Study+Net.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void APenaltyIsOneFileBesideItsAttribute()
    {
        var run = Run("LogPenalty.cs", "LogPenaltyAttribute.cs",
            variants: "[HardSharing, L2(1e-4), LogPenalty(0.5)] public partial class Mtl;");
        var text = run("Lab.Study+Mtl.g.cs");
        Assert.Contains("+ (hyper.LogPenalty * Network.HeadWeight.square().log1p().sum());", text, StringComparison.Ordinal);
        Assert.Contains("public double LogPenalty { get; init; } = 0.5;", text, StringComparison.Ordinal);
    }

    /// <summary>Runs the generator with an added file on a declaration, and returns what it writes by hint.</summary>
    private static Func<string, string> Run(
        string added, string attribute, string trunks = Declaration.Trunks, string variants = Declaration.Variants)
    {
        var generator = RebuiltGenerator.With(RebuiltGenerator.Added(added));
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
