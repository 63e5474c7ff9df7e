using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Diagnostics;

/// <summary>Reports what is wrong with a declaration: whatever the generator's own parser finds.</summary>
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
            start.RegisterSymbolAction(symbol => Analyze(symbol, named), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => ReportDuplicates(end, named));
        });
    }

    private static void Analyze(SymbolAnalysisContext analysis, ConcurrentBag<(string Name, INamedTypeSymbol Type, Location Location)> named)
    {
        var type = (INamedTypeSymbol)analysis.Symbol;
        if (!type.GetAttributes().Any(a => AttributeReader.MetadataNameOf(a.AttributeClass) == WellKnownNames.Experiment))
        {
            return;
        }

        var context = new ParseContext(analysis.CancellationToken);
        ExperimentParser.Parse(type, context);
        foreach (var diagnostic in context.Diagnostics)
        {
            analysis.ReportDiagnostic(diagnostic);
        }

        var attribute = type.Attributes(context).Find(WellKnownNames.Experiment)!;
        named.Add((attribute.Text("name") ?? "", type, attribute.LocationOf("name")));
    }

    private static void ReportDuplicates(CompilationAnalysisContext end, IEnumerable<(string Name, INamedTypeSymbol Type, Location Location)> named)
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
