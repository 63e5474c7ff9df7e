using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;

namespace UAmtfl.Generators.Parsing;

/// <summary>Collects the diagnostics of a declaration while it is read. The analyzer reports them; the generator only checks for
/// errors.</summary>
internal sealed class ParseContext(ProjectFiles files, CancellationToken cancellation, Compilation? compilation = null)
{
    private readonly List<Diagnostic> diagnostics = [];

    /// <summary>The additional files that declarations may name.</summary>
    public ProjectFiles Files { get; } = files;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The aliases that the project defines by <c>global using</c> and that are valid in the global namespace.</summary>
    public IReadOnlyCollection<string> GlobalAliases { get; } = compilation is null
        ? []
        : [
            .. compilation.SyntaxTrees.Select(t => t.GetRoot(cancellation))
                .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.CompilationUnitSyntax>().SelectMany(r => r.Usings)
                .Where(u => u.GlobalKeyword.RawKind != 0 && u.Alias is not null)
                .Select(u => u.Alias!.Name.Identifier.ValueText),
        ];

    /// <summary>True if a namespace, in this project or in one that it references, contains a type or a namespace with a name.</summary>
    public bool Has(INamespaceSymbol space, string name) => (compilation?.GetCompilationNamespace(space) ?? space).GetMembers(name).Any();

    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;

    public bool HasErrors => diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    public void Report(DiagnosticDescriptor rule, Location location, params object[] arguments) =>
        Add(Diagnostic.Create(rule, location, arguments));

    /// <summary>Reports a diagnostic with the name of the code fix that repairs it.</summary>
    public void ReportFixable(DiagnosticDescriptor rule, Location location, string fix, params object[] arguments) =>
        Add(Diagnostic.Create(rule, location, ImmutableDictionary<string, string?>.Empty.Add(Fixes.Property, fix), arguments));

    /// <summary>Adds a diagnostic unless it is there already, because an attribute on an enum is read for every member.</summary>
    private void Add(Diagnostic diagnostic)
    {
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        if (!diagnostics.Any(d => d.Id == diagnostic.Id && d.Location == diagnostic.Location
            && d.GetMessage(CultureInfo.InvariantCulture) == message))
        {
            diagnostics.Add(diagnostic);
        }
    }
}
