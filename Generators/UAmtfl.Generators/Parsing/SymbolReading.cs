using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads properties of symbols for the parsers.</summary>
internal static class SymbolReading
{
    /// <summary>The format of names whose keywords have no @, because a file name cannot contain it.</summary>
    private static readonly SymbolDisplayFormat Unescaped = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>Returns the attributes of a symbol in the order in which they are written.</summary>
    public static IReadOnlyList<AttributeReader> Attributes(this ISymbol symbol, ParseContext context) =>
        [.. symbol.GetAttributes().Where(a => a.AttributeClass is not null).Select(a => new AttributeReader(a, context))];

    public static AttributeReader? Find(this IEnumerable<AttributeReader> attributes, string metadataName) =>
        attributes.FirstOrDefault(a => a.Is(metadataName));

    /// <summary>Returns the location of the identifier in the symbol's first declaration.</summary>
    public static Location Identifier(this ISymbol symbol) => symbol.Locations.FirstOrDefault() ?? Location.None;

    /// <summary>True if a symbol is declared only in generated files.</summary>
    public static bool IsGenerated(this ISymbol symbol) => symbol.DeclaringSyntaxReferences.All(IsGenerated);

    private static bool IsGenerated(SyntaxReference reference) =>
        reference.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);

    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>Returns the declarations of a type that the user wrote.</summary>
    public static IEnumerable<TypeDeclarationSyntax> Declarations(this INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Where(r => !IsGenerated(r)).Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>();

    /// <summary>True if a type satisfies the constraints of a type parameter; if it does not, the compiler reports it.</summary>
    public static bool Satisfies(this INamedTypeSymbol type, ITypeParameterSymbol parameter)
    {
        var constructible = !type.IsAbstract && (type.IsValueType
            || type.InstanceConstructors.Any(c => c.Parameters.Length == 0 && c.DeclaredAccessibility == Accessibility.Public));
        return type.TypeKind != TypeKind.Error
            && (constructible || !parameter.HasConstructorConstraint)
            && parameter.ConstraintTypes.All(type.IsA);
    }

    /// <summary>True if a type is another, derives from it or implements it.</summary>
    public static bool IsA(this ITypeSymbol type, ITypeSymbol other) => other.SpecialType == SpecialType.System_Object
        || type.AndBases().Concat(type.AllInterfaces).Any(t => SymbolEqualityComparer.Default.Equals(t, other));

    /// <summary>True if a type is a class, or derives from it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">The full name of the class, with global::.</param>
    public static bool DerivesFrom(this INamedTypeSymbol type, string name) => type.AndBases().Any(t => t.FullName() == name);

    private static IEnumerable<ITypeSymbol> AndBases(this ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>Returns the effective accessibility of a type, which is the lowest of the type and the types around it.</summary>
    public static Accessibility Reach(this INamedTypeSymbol type)
    {
        var reach = type.DeclaredAccessibility;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            reach = outer.DeclaredAccessibility < reach ? outer.DeclaredAccessibility : reach;
        }

        return reach;
    }

    /// <summary>Returns the model of a class to which the generator adds a part.</summary>
    public static ClassModel ToModel(this INamedTypeSymbol type, ParseContext context)
    {
        var taken = ReservedNames.Aliases.Where(name => type.IsTaken(name) || context.Has(type.ContainingNamespace, name)
            || (type.ContainingNamespace.IsGlobalNamespace && context.GlobalAliases.Contains(name))).ToEquatableArray();
        var containers = new List<string>();
        var metadata = type.MetadataName;
        for (var current = type; current is not null; current = current.ContainingType)
        {
            containers.Insert(0, $"partial {current.Keyword()} {current.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}");
            metadata = current.ContainingType is { } outer ? $"{outer.MetadataName}+{metadata}" : metadata;
        }

        var space = type.ContainingNamespace;
        return space.IsGlobalNamespace
            ? new("", containers.ToEquatableArray(), metadata, type.FullName(), taken)
            : new(
                space.ToDisplayString(),
                containers.ToEquatableArray(),
                $"{space.ToDisplayString(Unescaped)}.{metadata}",
                type.FullName(),
                taken);
    }

    /// <summary>True if a name has a meaning in the code of a class, of its nested classes or of the types around it.</summary>
    private static bool IsTaken(this INamedTypeSymbol type, string name)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.AndBases().Any(t => t.GetMembers(name).Length > 0) || outer.Name == name)
            {
                return true;
            }
        }

        return type.GetTypeMembers().Any(nested => nested.GetMembers(name).Any(m => !m.IsGenerated()));
    }

    /// <summary>Returns the keyword with which a type is declared.</summary>
    public static string Keyword(this INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    /// <summary>Returns the words of the summary comment of a symbol on one line, or null. The comment is read from the source, because
    /// the compiler parses documentation only if a documentation file is requested.</summary>
    public static string? Summary(this ISymbol symbol, CancellationToken cancellation)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var trivia = reference.GetSyntax(cancellation).GetLeadingTrivia().ToFullString();
            if (Regex.Match(trivia, "<summary>(.*?)</summary>", RegexOptions.Singleline) is { Success: true } match)
            {
                return DocumentationText.Of(match.Groups[1].Value);
            }
        }

        return null;
    }
}
