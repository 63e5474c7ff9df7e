using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using UAmtfl.Generators.Diagnostics;

namespace UAmtfl.CodeFixes;

/// <summary>Fixes UAM001 by making the class, and each class around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakePartialFix : CodeFixProvider
{
    private const string Title = "Make partial";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.NotPartial.Id];

    /// <summary>Makes one edit for a whole document, because several diagnostics may concern the same class.</summary>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
        diagnostics.IsEmpty ? document : await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create(Title, cancellation => FixAsync(context.Document, context.Diagnostics, cancellation), Title),
            context.Diagnostics);
        return Task.CompletedTask;
    }

    private static async Task<Document> FixAsync(Document document, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var keywords = diagnostics
            .SelectMany(diagnostic => root!.FindToken(diagnostic.Location.SourceSpan.Start).Parent!.AncestorsAndSelf()
                .OfType<TypeDeclarationSyntax>())
            .Where(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(declaration => declaration.Keyword.SpanStart)
            .Distinct()
            .OrderBy(position => position);

        // 'partial' is inserted right before the keyword, where C# requires it, so that everything else stays as it is.
        return document.WithText(text.WithChanges(keywords.Select(position => new TextChange(new TextSpan(position, 0), "partial "))));
    }
}
