using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;

namespace UAmtfl.Generators.Tests.Support;

/// <summary>The options and references with which the code of a test is compiled. They do not depend on what the machine has
/// installed.</summary>
internal static class References
{
    public static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14, DocumentationMode.Parse);

    /// <summary>Compiler options as in a new project, where the SDK turns off CS1701 and CS1702, which say that libraries refer to an
    /// older .NET.</summary>
    public static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    /// <summary>References to the runtime and to the libraries that its public members name.</summary>
    public static readonly IReadOnlyList<MetadataReference> Libraries =
    [
        .. new[] { typeof(ExperimentAttribute), typeof(TorchSharp.torch), typeof(IServiceCollection) }
            .Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)),
    ];

    /// <summary>A reference to the package that reads images, which most projects do without.</summary>
    public static readonly MetadataReference Images =
        MetadataReference.CreateFromFile(typeof(UAmtfl.Data.ImageFolderDataset).Assembly.Location);

    public static readonly IReadOnlyList<MetadataReference> All = [.. Net100.References.All, .. Libraries];

    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees) => CSharpCompilation.Create("Lab", trees, All, Options);
}
