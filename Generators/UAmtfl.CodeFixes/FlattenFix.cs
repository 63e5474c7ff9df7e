using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using UAmtfl.Generators.Diagnostics;

namespace UAmtfl.CodeFixes;

/// <summary>Fixes UAM010 and UAM015 by inserting the [Flatten] that is missing between an image and a row of features.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class FlattenFix : CodeFixProvider
{
    private const string Title = "Insert [Flatten]";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.BadLayer.Id, Rules.BadTrunk.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(Fixes.Property, out var fix) && fix is Fixes.FlattenBefore or Fixes.FlattenAfter
                && root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>()
                    is { Parent: AttributeListSyntax } attribute)
            {
                var before = fix == Fixes.FlattenBefore;
                context.RegisterCodeFix(
                    CodeAction.Create(Title, cancellation => FixAsync(context.Document, attribute, before, cancellation), Title),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> FixAsync(Document document, AttributeSyntax attribute, bool before, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(Insertion(text, attribute, before)));
    }

    /// <summary>Returns the change that inserts [Flatten]: into the list if it has several attributes, else as another list, on its own
    /// line if lists are on lines of their own.</summary>
    private static TextChange Insertion(SourceText text, AttributeSyntax attribute, bool before)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        var (flatten, node) = list.Attributes.Count > 1 ? (Name(attribute), (SyntaxNode)attribute) : ($"[{Name(attribute)}]", list);
        var separator = list.Attributes.Count > 1 ? ", " : Separator(text, list);
        return before
            ? new(new TextSpan(node.SpanStart, 0), flatten + separator)
            : new(new TextSpan(node.Span.End, 0), separator + flatten);
    }

    /// <summary>Returns a line break and the indentation if the list is the first on its line, else a space.</summary>
    private static string Separator(SourceText text, AttributeListSyntax list)
    {
        var line = text.Lines.GetLineFromPosition(list.SpanStart);
        var indentation = text.ToString(TextSpan.FromBounds(line.Start, list.SpanStart));
        var lineBreak = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        return string.IsNullOrWhiteSpace(indentation) && lineBreak.Length > 0 ? lineBreak + indentation : " ";
    }

    /// <summary>Returns the name Flatten, qualified in the same way as the attribute beside it.</summary>
    private static string Name(AttributeSyntax attribute)
    {
        var name = attribute.Name.ToString();
        return name.Substring(0, Math.Max(name.LastIndexOf('.'), name.LastIndexOf(':')) + 1) + "Flatten";
    }
}
