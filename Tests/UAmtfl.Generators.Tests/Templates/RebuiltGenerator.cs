using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Templates;

/// <summary>Compiles the generator from its sources, which are resources of this assembly, together with further files.</summary>
internal static class RebuiltGenerator
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Assembly Tests = typeof(RebuiltGenerator).Assembly;

    /// <summary>Reads a file of the folder <c>Added</c>.</summary>
    public static string Added(string name) => Read($"added/{name}");

    /// <summary>Compiles the generator with further source files, and returns its type.</summary>
    public static Type With(params IEnumerable<string> added)
    {
        var sources = Tests.GetManifestResourceNames().Where(n => n.StartsWith("generator/", StringComparison.Ordinal)).Select(Read);
        var roslyn = new[] { typeof(ISymbol), typeof(CSharpCompilation) }
            .Select(type => MetadataReference.CreateFromFile(type.Assembly.Location));
        var compilation = CSharpCompilation.Create(
            $"Rebuilt{Guid.NewGuid():N}",
            sources.Append(Usings).Concat(added).Select(text => CSharpSyntaxTree.ParseText(text, References.Parse)),
            [.. Basic.Reference.Assemblies.Net100.References.All, .. roslyn],
            References.Options);
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        GeneratorRun.AssertNone([.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)]);
        return Assembly.Load(stream.ToArray()).GetType(typeof(ExperimentGenerator).FullName!, throwOnError: true)!;
    }

    private static string Read(string resource)
    {
        var stream = Tests.GetManifestResourceStream(resource)
            ?? throw new FileNotFoundException($"The tests have no resource '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
