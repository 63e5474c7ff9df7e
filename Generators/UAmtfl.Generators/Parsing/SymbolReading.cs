using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>What the parsers ask of a symbol.</summary>
internal static class SymbolReading
{
    /// <summary>A symbol's attributes in the order they are written.</summary>
    public static IReadOnlyList<AttributeReader> Attributes(this ISymbol symbol, ParseContext context) =>
        [.. symbol.GetAttributes().Where(a => a.AttributeClass is not null).Select(a => new AttributeReader(a, context))];

    public static AttributeReader? Find(this IEnumerable<AttributeReader> attributes, string metadataName) => attributes.FirstOrDefault(a => a.Is(metadataName));

    /// <summary>The identifier in the symbol's first declaration.</summary>
    public static Location Identifier(this ISymbol symbol) => symbol.Locations.FirstOrDefault() ?? Location.None;

    /// <summary>Whether a symbol stands in generated files only.</summary>
    public static bool IsGenerated(this ISymbol symbol) => symbol.DeclaringSyntaxReferences.All(r => r.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));

    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>Reports what keeps the generator from adding a part to a class.</summary>
    public static void CheckExtensible(this INamedTypeSymbol type, ParseContext context)
    {
        if (type.IsFileLocal)
        {
            context.Report(Rules.BadClass, type.Identifier(), type.Name, "file-local", "remove 'file'");
        }

        if (type.TypeParameters.Length > 0)
        {
            context.Report(Rules.BadClass, type.Identifier(), type.Name, "generic", "remove the type parameters");
        }

        if (type.IsRecord)
        {
            context.Report(Rules.BadClass, type.Identifier(), type.Name, "a record", "write 'class'");
        }

        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(context.Cancellation) is TypeDeclarationSyntax declaration && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                context.Report(Rules.NotPartial, declaration.Identifier.GetLocation(), type.Name);
            }
        }
    }

    public static ClassModel ToModel(this INamedTypeSymbol type)
    {
        var containers = new List<string>();
        var metadata = type.MetadataName;
        for (var current = type; current is not null; current = current.ContainingType)
        {
            var keyword = current switch { { IsRecord: true, IsValueType: true } => "record struct", { IsRecord: true } => "record", { TypeKind: TypeKind.Struct } => "struct", { TypeKind: TypeKind.Interface } => "interface", _ => "class" };
            containers.Insert(0, $"partial {keyword} {current.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}");
            metadata = current.ContainingType is { } outer ? $"{outer.MetadataName}+{metadata}" : metadata;
        }

        var ns = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        return new(ns, containers.ToEquatableArray(), ns.Length == 0 ? metadata : $"{ns}.{metadata}", type.FullName());
    }

    /// <summary>The summary comment on one line, or null. Read as text: the compiler parses documentation only where a file of it is asked for.</summary>
    public static string? Summary(this ISymbol symbol, CancellationToken cancellation)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var trivia = reference.GetSyntax(cancellation).GetLeadingTrivia().ToFullString();
            if (Regex.Match(trivia, "<summary>(.*?)</summary>", RegexOptions.Singleline) is { Success: true } match)
            {
                var text = Regex.Replace(match.Groups[1].Value, @"\s*\n\s*///\s*|\s+", " ").Trim();
                return text.Length > 0 ? text : null;
            }
        }

        return null;
    }
}
