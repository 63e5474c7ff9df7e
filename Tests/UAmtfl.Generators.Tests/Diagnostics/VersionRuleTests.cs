using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>The generator and the library state the same version of the language, and a library of another version is reported.</summary>
public sealed class VersionRuleTests
{
    private const string Attributes = """
        namespace UAmtfl
        {
            public sealed class LanguageVersionAttribute(int version) : System.Attribute { public int Version => version; }

            public sealed class ExperimentAttribute(string name) : System.Attribute { public string Name => name; }
        }
        """;

    [Fact]
    public void TheLibraryStatesTheVersionOfTheGenerator()
    {
        Assert.Equal(LanguageVersionAttribute.Current, WellKnownNames.Version);
        Assert.Equal(
            WellKnownNames.Version, typeof(ExperimentAttribute).Assembly.GetCustomAttribute<LanguageVersionAttribute>()!.Version);
    }

    [Fact]
    public void TheSameVersionIsNoFinding() => Assert.Empty(Find("[assembly: UAmtfl.LanguageVersion(1)]\n" + Attributes));

    [Theory]
    [InlineData("[assembly: UAmtfl.LanguageVersion(2)]\n", "has version 2")]
    [InlineData("", "has none")]
    public void AnotherVersionIsReportedAtTheExperiment(string version, string stated)
    {
        var finding = Assert.Single(Find(version + Attributes));
        Assert.Equal(
            $"The generator writes code for version 1 of the language, and the library UAmtfl {stated}: reference the same version of all "
                + "packages whose names begin with UAmtfl",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("UAmtfl.Experiment(\"toy\")", finding.Location.SourceTree!.GetText().ToString(finding.Location.SourceSpan));
    }

    /// <summary>Returns the findings about versions in a project that references a library with this source.</summary>
    private static IEnumerable<Diagnostic> Find(string library)
    {
        var reference = CSharpCompilation.Create(
            "UAmtfl", [CSharpSyntaxTree.ParseText(library)], Net100.References.All, References.Options).ToMetadataReference();
        var project = CSharpCompilation.Create(
            "Lab", [CSharpSyntaxTree.ParseText("[UAmtfl.Experiment(\"toy\")] public static partial class Study;")],
            [.. Net100.References.All, reference], References.Options);
        return ExperimentAnalyzer.Find(project.GetTypeByMetadataName("Study")!, () => default, CancellationToken.None)
            .Where(d => d.Id == Rules.OtherVersion.Id);
    }
}
