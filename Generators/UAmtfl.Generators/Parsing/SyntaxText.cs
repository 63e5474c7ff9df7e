using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads declarations as text, without binding anything.</summary>
internal static class SyntaxText
{
    /// <summary>True for all nodes but the bodies of methods and accessors, which contain no declaration that another file can
    /// see.</summary>
    public static bool IsDeclaration(SyntaxNode node) => node is not (BlockSyntax or ArrowExpressionClauseSyntax);

    /// <summary>Returns the tokens of a declaration without comments and bodies, and the name of every type that it can refer to,
    /// including names of attributes that are written without their suffix.</summary>
    public static (string Text, IReadOnlyList<string> Names) Of(SyntaxNode node, string context, IEnumerable<string> contextNames)
    {
        var text = new StringBuilder(context);
        var names = new HashSet<string>(contextNames);
        foreach (var token in node.DescendantTokens(IsDeclaration))
        {
            text.Append(token.Text).Append(' ');
            if (token.IsKind(SyntaxKind.IdentifierToken))
            {
                names.Add(token.ValueText);
            }
        }

        return (text.ToString(), [.. names, .. names.Select(n => n + "Attribute")]);
    }

    /// <summary>Returns the identifiers in a directive or a name.</summary>
    public static IEnumerable<string> Names(SyntaxNode node) =>
        node.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText);

    /// <summary>Returns the full metadata name of a type, such as <c>Lab.Outer+Study`1</c>.</summary>
    public static string MetadataName(TypeDeclarationSyntax declaration)
    {
        var name = Arity(declaration.Identifier.ValueText, declaration.TypeParameterList);
        for (var parent = declaration.Parent; parent is not null; parent = parent.Parent)
        {
            name = parent switch
            {
                TypeDeclarationSyntax outer => $"{Arity(outer.Identifier.ValueText, outer.TypeParameterList)}+{name}",
                BaseNamespaceDeclarationSyntax space => $"{string.Join(".", Names(space.Name))}.{name}",
                _ => name,
            };
        }

        return name;
    }

    private static string Arity(string name, TypeParameterListSyntax? parameters) =>
        parameters is null ? name : $"{name}`{parameters.Parameters.Count}";
}
