using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads declarations as text, without binding anything.</summary>
internal static class SyntaxText
{
    /// <summary>All ends of lines of C#, which a verbatim string can contain.</summary>
    private static readonly Regex LineEnd = new("\r\n|[\n\r\u0085\u2028\u2029]");

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

    /// <summary>Returns the attributes of a class as they are written, one list a line, and its name, without comments. White space is
    /// that of Roslyn, so that the text depends on nothing but the tokens.</summary>
    /// <param name="parts">The declarations of the class, at least one.</param>
    public static IEnumerable<string> Declaration(IReadOnlyList<TypeDeclarationSyntax> parts)
    {
        var head = $"{string.Join(" ", parts[0].Modifiers.Select(m => m.Text))} class {parts[0].Identifier.Text};";
        return parts.SelectMany(p => p.AttributeLists).SelectMany(list => LineEnd.Split(
            list.ReplaceTokens(list.DescendantTokens(), (_, token) => token.WithLeadingTrivia().WithTrailingTrivia())
                .NormalizeWhitespace().ToString())).Append(head);
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
