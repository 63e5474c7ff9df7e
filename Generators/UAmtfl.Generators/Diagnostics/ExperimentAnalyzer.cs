using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Diagnostics;

/// <summary>Reports the errors of a declaration that the generator's parser finds.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExperimentAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Rules.All];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var named = new ConcurrentBag<(string Name, INamedTypeSymbol Type, Location Location)>();
            var files = new Lazy<ProjectFiles>(() => ProjectFiles.Of(start.Options.AdditionalFiles, start.CancellationToken));
            start.RegisterSymbolAction(symbol => Analyze(symbol, files, named), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => ReportDuplicates(end, named));
        });
    }

    /// <summary>Returns the diagnostics of a type and, if it is an experiment, of everything in it.</summary>
    internal static IReadOnlyList<Diagnostic> Find(
        INamedTypeSymbol type, Func<ProjectFiles> files, CancellationToken cancellation)
    {
        var around = new ParseContext(default, cancellation);
        var nested = type.ContainingType is { } outer && IsExperiment(outer);
        Places.CheckOutside(type, IsExperiment(type), nested, around);
        if (!IsExperiment(type))
        {
            if (HasExperiment(type))
            {
                type.CheckExtensible(around);
            }

            return around.Diagnostics;
        }

        var context = new ParseContext(files(), cancellation);
        ExperimentParser.Parse(type, context);

        // Errors of a type around the experiment are reported for that type, because a diagnostic outside the analysed symbol has no
        // code fix.
        bool IsInside(Diagnostic found) => type.DeclaringSyntaxReferences.Any(
            r => r.SyntaxTree == found.Location.SourceTree && r.Span.Contains(found.Location.SourceSpan));
        return [.. around.Diagnostics, .. context.Diagnostics.Where(IsInside)];
    }

    private static void Analyze(
        SymbolAnalysisContext analysis,
        Lazy<ProjectFiles> files,
        ConcurrentBag<(string Name, INamedTypeSymbol Type, Location Location)> named)
    {
        var type = (INamedTypeSymbol)analysis.Symbol;
        foreach (var finding in Find(type, () => files.Value, analysis.CancellationToken))
        {
            analysis.ReportDiagnostic(finding);
        }

        if (type.Attributes(new ParseContext(default, analysis.CancellationToken)).Find(WellKnownNames.Experiment) is { } attribute
            && attribute.Text("name") is { Length: > 0 } name)
        {
            named.Add((name, type, attribute.LocationOf("name")));
        }
    }

    internal static bool IsExperiment(INamedTypeSymbol type) =>
        type.GetAttributes().Any(a => AttributeReader.MetadataNameOf(a.AttributeClass) == WellKnownNames.Experiment);

    private static bool HasExperiment(INamedTypeSymbol type) =>
        type.GetTypeMembers().Any(nested => IsExperiment(nested) || HasExperiment(nested));

    private static void ReportDuplicates(
        CompilationAnalysisContext end, IEnumerable<(string Name, INamedTypeSymbol Type, Location Location)> named)
    {
        foreach (var same in named.GroupBy(n => n.Name).Where(g => g.Count() > 1))
        {
            var ordered = same.OrderBy(n => n.Type.ToDisplayString(), StringComparer.Ordinal).ToList();
            foreach (var (name, _, location) in ordered.Skip(1))
            {
                end.ReportDiagnostic(Diagnostic.Create(Rules.DuplicateExperiment, location, name, ordered[0].Type.ToDisplayString()));
            }
        }
    }
}
