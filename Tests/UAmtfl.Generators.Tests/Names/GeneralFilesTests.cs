using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Methods;

namespace UAmtfl.Generators.Tests.Names;

/// <summary>Code that serves all methods names none of them, so that a new method needs no change there. Only the text of a message may
/// name one, as an example.</summary>
public sealed class GeneralFilesTests
{
    /// <summary>The folders that belong to single methods. All other folders of the generator and the runtime are general.</summary>
    private static readonly string[] OfMethods =
    [
        "Generators/UAmtfl.Generators/Methods/Architectures", "Generators/UAmtfl.Generators/Methods/Transfers",
        "Generators/UAmtfl.Generators/Methods/Solvers", "Generators/UAmtfl.Generators/Methods/Weighting",
        "Generators/UAmtfl.Generators/Methods/Penalties", "Generators/UAmtfl.Generators/Layers",
        "Runtime/UAmtfl/Attributes", "Runtime/UAmtfl/LinearModels", "Runtime/UAmtfl/Penalties", "Runtime/UAmtfl/Sharing",
        "Runtime/UAmtfl/Weighting", "Runtime/UAmtfl/Trunks", "Runtime/UAmtfl/Losses",
    ];

    /// <summary>The names of methods, except those that are ordinary words in other code.</summary>
    private static readonly HashSet<string> Names =
    [
        .. MethodCatalogue.SchemeNames,
        .. LayerCatalogue.Kinds.Select(k => k.Name).Except(["Linear"]),
        "SampleWeighting", "Uncertainty",
        .. MethodCatalogue.PenaltyAttributes.Concat(Described.Weightings.Concat(Described.Around).Select(w => w.Attribute.FullName!))
            .Select(WellKnownNames.Short)
            .Except(["Constant", "Dirty", "Linear", "Equal"]),
    ];

    public static TheoryData<string> Files
    {
        get
        {
            var files = new TheoryData<string>();
            foreach (var folder in new[] { "Generators/UAmtfl.Generators", "Runtime/UAmtfl", "Runtime/UAmtfl.Hosting" })
            {
                foreach (var path in Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
                {
                    var relative = Path.GetRelativePath(Root(), path).Replace('\\', '/');
                    if (!relative.Contains("/obj/", StringComparison.Ordinal)
                        && !OfMethods.Any(f => relative.StartsWith(f + "/", StringComparison.Ordinal)))
                    {
                        files.Add(relative);
                    }
                }
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void NamesNoMethod(string file)
    {
        var tree = CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Root(), file)));
        var named = tree.GetRoot().DescendantTokens()
            .Where(t => t.IsKind(SyntaxKind.IdentifierToken) || t.IsKind(SyntaxKind.StringLiteralToken))
            .Select(t => t.ValueText.Split('.')[^1].Replace("Attribute", "", StringComparison.Ordinal))
            .Where(Names.Contains)
            .Distinct();
        Assert.Empty(named);
    }

    private static string Root([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));
}
