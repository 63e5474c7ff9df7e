using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Robustness;

/// <summary>A declaration with one change that may break it: a description of the change, its position, and the changed text.</summary>
internal sealed record Damage(string What, int At, string Text)
{
    /// <summary>The changed line.</summary>
    public string Line => Text[..At][(Text[..At].LastIndexOf('\n') + 1)..] + Text[At..].Split('\n')[0];

    private static readonly string[] Numbers =
    [
        "\"text\"", "Missing.Member", "Nope", "int.MaxValue", "int.MinValue", "-1", "0", "1.5", "double.NaN", "double.PositiveInfinity",
        "1e308", "null", "default",
        "'c'", "typeof(int)", "true", "1 / 0",
    ];

    private static readonly string[] Texts =
        ["1", "null", "\"\"", "\"\\ud800\"", "\"a b\"", "\"../x\"", "nameof(Nope)", "default", "'c'", "\"class\""];
    private static readonly string[] Names =
    [
        "Nope", "int", "_", "var", "@class", "class", "Study", "Toy", "global::System.Void", "dynamic", "Digit",
    ];
    private static readonly string[] Words = ["1", "null", "Nope", "static", "record", "struct"];

    /// <summary>Lists all changes to the part of a text that begins at <paramref name="from"/>, in a fixed order.</summary>
    public static IEnumerable<Damage> Of(string text, int from)
    {
        var root = CSharpSyntaxTree.ParseText(text, References.Parse).GetRoot();
        return root.DescendantNodesAndTokens().Where(n => n.SpanStart >= from && n.Span.Length > 0)
            .SelectMany(n => n.AsNode() is { } node ? OfNode(text, node) : OfToken(text, n.AsToken()));
    }

    private static IEnumerable<Damage> OfToken(string text, SyntaxToken token)
    {
        yield return Replaced(text, token.Span, "", "without");
        yield return Replaced(text, token.Span, $"{token} {token}", "twice");
        yield return new($"ends before '{token}'", token.SpanStart, text[..token.SpanStart]);
        var others = token.Kind() switch
        {
            SyntaxKind.NumericLiteralToken => Numbers,
            SyntaxKind.StringLiteralToken => Texts,
            SyntaxKind.IdentifierToken => Names,
            _ => token.IsKeyword() ? Words : [],
        };
        foreach (var other in others)
        {
            yield return Replaced(text, token.Span, other, $"{other} for");
        }
    }

    /// <summary>Deletes an attribute, argument or member together with its comma, so that the remaining text is often correct.</summary>
    private static IEnumerable<Damage> OfNode(string text, SyntaxNode node)
    {
        var (span, comma) = node switch
        {
            AttributeSyntax { Parent: AttributeListSyntax list } attribute => (InList(list.Attributes, attribute), true),
            AttributeArgumentSyntax { Parent: AttributeArgumentListSyntax list } argument => (InList(list.Arguments, argument), true),
            EnumMemberDeclarationSyntax { Parent: EnumDeclarationSyntax list } member => (InList(list.Members, member), true),
            AttributeListSyntax or AttributeArgumentListSyntax or TypeArgumentListSyntax or MemberDeclarationSyntax => (node.Span, false),
            _ => default,
        };
        if (span.Length > 0)
        {
            yield return Replaced(text, span, "", "without");
            yield return new($"twice '{node}'", node.SpanStart, text.Insert(node.Span.End, (comma ? ", " : " ") + node));
        }
    }

    private static TextSpan InList<T>(SeparatedSyntaxList<T> list, T item)
        where T : SyntaxNode
    {
        var at = list.IndexOf(item);
        return at + 1 < list.Count ? TextSpan.FromBounds(item.SpanStart, list[at + 1].SpanStart)
            : at > 0 ? TextSpan.FromBounds(list[at - 1].Span.End, item.Span.End)
            : item.Span;
    }

    private static Damage Replaced(string text, TextSpan span, string other, string what) =>
        new(
            $"{what} '{text.Substring(span.Start, span.Length)}'",
            span.Start,
            string.Concat(text.AsSpan(0, span.Start), other, text.AsSpan(span.End)));
}
