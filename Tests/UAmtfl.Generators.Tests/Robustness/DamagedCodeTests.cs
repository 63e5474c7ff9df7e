using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Parsing;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Robustness;

/// <summary>In a correct declaration one token or node is deleted, doubled or replaced. Generator and analyzer never throw, and what the
/// compiler and the rules accept is generated and compiles.</summary>
public sealed class DamagedCodeTests
{
    private static readonly Type[] Language =
    [
        .. typeof(ExperimentAttribute).Assembly.GetExportedTypes()
            .Where(t => t.IsSubclassOf(typeof(Attribute)) && !t.IsAbstract),
    ];

    /// <summary>The texts to change, with the position from which on they are changed: each example as a whole, and each attribute with
    /// all its options.</summary>
    private static IEnumerable<(string Text, int From)> Sources =>
    [
        .. Examples.All.Select(text => (text, Declaration.Prelude.Length)),
        .. Language.Select(attribute => Declaration.Of(variants: $"[HardSharing, {Written(attribute)}] public partial class V;"))
            .Select(text => (text, text.IndexOf("[HardSharing,", StringComparison.Ordinal))),
    ];

    /// <summary>One change in 397 is tested, because there are some 40,000 and each takes about 100 ms. 397 is prime, so that every kind
    /// of change is among them.</summary>
    [Fact]
    public void NothingThrowsAndWhatIsAcceptedCompiles()
    {
        var bench = new Bench();
        var damages = Sources.SelectMany(s => Damage.Of(s.Text, s.From)).Where((_, i) => i % 397 == 3).ToList();
        Assert.InRange(damages.Count, 100, 300);
        Assert.All(damages, damage =>
        {
            if (bench.Fault(damage) is { } fault)
            {
                Assert.Fail($"{damage.What} in\n{damage.Line}\n{fault}");
            }
        });
    }

    private static string Short(Type attribute) => attribute.Name.Split('`')[0][..^"Attribute".Length];

    /// <summary>Writes an attribute with all arguments that it can have.</summary>
    private static string Written(Type attribute)
    {
        var parameters = attribute.GetConstructors()[0].GetParameters();
        var options = attribute.GetProperties()
            .Where(p =>
                p.SetMethod is { IsPublic: true }
                && !parameters.Any(q => string.Equals(p.Name, q.Name, StringComparison.OrdinalIgnoreCase)));
        var arguments = parameters.Select(p => Value(p.ParameterType)).Concat(options.Select(p => $"{p.Name} = {Value(p.PropertyType)}"));
        var type = !attribute.IsGenericType
            ? "" : attribute == typeof(DatasetAttribute<>) ? "<Toy>" : attribute == typeof(TrunkAttribute<>) ? "<Perceptron>"
            : "<Mean>";
        return $"{Short(attribute)}{type}({string.Join(", ", arguments)})";
    }

    private static string Value(Type type) =>
        type.IsEnum ? $"{type.FullName}.{Enum.GetNames(type)[^1]}"
        : type.IsArray ? string.Join(", ", Enumerable.Repeat(Value(type.GetElementType()!), 2))
        : type == typeof(string) ? "\"Zero\"" : type == typeof(bool) ? "true" : type == typeof(double) ? "0.5" : "1";

    /// <summary>Compiles one text after the other with the same references.</summary>
    private sealed class Bench
    {
        private readonly CSharpCompilation before = References.Compile([]);
        private readonly HashSet<string> compiled = [];
        private readonly GeneratorDriver driver =
            CSharpGeneratorDriver.Create([new ExperimentGenerator().AsSourceGenerator()], parseOptions: References.Parse);

        /// <summary>Describes what generator and analyzer do wrong with a changed declaration, or returns null.</summary>
        public string? Fault(Damage damage)
        {
            var tree = CSharpSyntaxTree.ParseText(damage.Text, References.Parse, "Study.cs");
            var input = before.AddSyntaxTrees(tree);
            var types = Types([input.Assembly.GlobalNamespace]).ToList();
            var findings = types.SelectMany(t => ExperimentAnalyzer.Find(t, () => default, default)).ToList();
            var candidates = new Dependencies(input).Candidates().SelectMany(c => c.MetadataNames).ToHashSet();
            var broken = tree.GetDiagnostics()
                .Concat(input.GetDeclarationDiagnostics())
                .Concat(findings)
                .Any(d => d.Severity == DiagnosticSeverity.Error);
            var experiments = types.Where(ExperimentAnalyzer.IsExperiment).ToList();
            if (!broken && experiments.FirstOrDefault(e => !candidates.Contains(MetadataName(e))) is { } missed)
            {
                return $"the generator does not see {missed}";
            }

            if (!experiments.Exists(e => ExperimentParser.Parse(e, new ParseContext(default, default, input)) is not null))
            {
                return broken || experiments.Count == 0 ? null : "no rule says why nothing is generated";
            }

            var after = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
            var generated = after.GetRunResult().GeneratedTrees;
            return Text(diagnostics)
                ?? Text(generated.SelectMany(g => g.GetDiagnostics()))
                ?? (broken ? null : Text(Problems(output, generated)));
        }

        /// <summary>The compiler's warnings and errors in generated files that were not compiled before.</summary>
        private IEnumerable<Diagnostic> Problems(Compilation output, IEnumerable<SyntaxTree> generated) => generated
            .Where(g => compiled.Add(g.ToString()))
            .SelectMany(g => output.GetSemanticModel(g).GetDiagnostics())
            // CS8981: users may give a type a name in lower-case letters.
            .Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS8981");

        private static string MetadataName(INamedTypeSymbol type) =>
            type.ContainingType is { } outer ? $"{MetadataName(outer)}+{type.MetadataName}" : AttributeReader.MetadataNameOf(type);

        private static string? Text(IEnumerable<Diagnostic> problems) =>
            problems.Take(3).ToList() is { Count: > 0 } some ? string.Join("\n", some) : null;

        private static IEnumerable<INamedTypeSymbol> Types(IEnumerable<ISymbol> members) => members.OfType<INamespaceOrTypeSymbol>()
            .SelectMany(m => Types(m.GetMembers()).Concat(m is INamedTypeSymbol type ? [type] : []));
    }
}
