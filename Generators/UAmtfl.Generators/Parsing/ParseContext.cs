using Microsoft.CodeAnalysis;

namespace UAmtfl.Generators.Parsing;

/// <summary>Collects what is wrong while a declaration is read. The analyzer reports it; the generator only asks whether there is an error.</summary>
internal sealed class ParseContext(CancellationToken cancellation)
{
    private readonly List<Diagnostic> diagnostics = [];

    public CancellationToken Cancellation { get; } = cancellation;

    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;

    public bool HasErrors => diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    public void Report(DiagnosticDescriptor rule, Location location, params object[] arguments) => diagnostics.Add(Diagnostic.Create(rule, location, arguments));
}
