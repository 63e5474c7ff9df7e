using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Tests.Support;
using UAmtfl.Tests.Support;

namespace UAmtfl.Generators.Tests.Documentation;

/// <summary>A sample of the documentation as a file that can be compiled.</summary>
/// <remarks>
/// A sample with an experiment is a file; another is placed into an experiment, or into the context that a comment above it names
/// (<see cref="SampleContexts"/>). An ellipsis in the body of an experiment stands for the tasks, the network or the variant that the
/// experiment does not show. There is no other ellipsis: it would be a syntax error.
/// </remarks>
internal static partial class CompletedSample
{
    /// <summary>The file of the sample.</summary>
    public const string File = "Sample.cs";

    private const string Rest = "Rest_";

    /// <summary>The usings that the SDK and the library bring to each project with implicit usings.</summary>
    private static readonly string Usings = string.Concat(
        new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks" }
            .Concat(XDocument.Load(Path.Combine(Repository.Root, "Runtime/UAmtfl/build/UAmtfl.Usings.targets"))
                .Descendants("Using").Select(u => u.Attribute("Include")!.Value))
            .Append("Lab").Select(name => $"global using {name};\n"));

    private static readonly IReadOnlyList<MetadataReference> Libraries =
    [
        .. References.All, References.Images,
        MetadataReference.CreateFromFile(Path.Combine(
            Repository.Root, "Runtime/UAmtfl.Hosting/bin", Repository.Configuration, "net10.0/UAmtfl.Hosting.dll")),
        .. new[]
            {
                typeof(FactAttribute), typeof(Assert), typeof(Snapshot), typeof(CompletedSample), typeof(Compilation),
                typeof(CSharpCompilation),
            }
            .Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)),
    ];

    /// <summary>The compilation to which each sample is added. They share its references, which are read once.</summary>
    private static readonly CSharpCompilation Shared = CSharpCompilation.Create(
        "Lab", [Parsed(Usings), Parsed(SampleContexts.Lab)], Libraries, References.Options);

    /// <summary>Compiles a sample with the generator.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="context">What is around it.</param>
    public static GeneratorRun Run(Sample sample, SampleContext context)
    {
        var tree = Parsed(Complete(Directives(sample), context.Text, sample.Code));
        var kind = tree.GetCompilationUnitRoot().Members.Any(m => m is GlobalStatementSyntax)
            ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        return GeneratorRun.Of(Shared.AddSyntaxTrees(tree).WithOptions(References.Options.WithOutputKind(kind)), context.Files);
    }

    private static SyntaxTree Parsed(string text) => CSharpSyntaxTree.ParseText(text, References.Parse, File);

    private static IEnumerable<string> Directives(Sample sample) =>
        sample.Page.Contains("/UAM", StringComparison.Ordinal) ? SampleContexts.UsingsOfRules : Sample.UsingsOf(sample.Page);

    /// <summary>Puts a sample into its context, the using directives of both and of the page at the top, and code in the place of
    /// ellipses.</summary>
    private static string Complete(IEnumerable<string> usings, string context, string sample)
    {
        var lines = context.Replace("$sample$", sample, StringComparison.Ordinal).Split('\n').ToLookup(Directive().IsMatch);
        var text = string.Join('\n', lines[false]);
        foreach (var ellipsis in SyntaxFactory.ParseTokens(text).Where(t => t.IsKind(SyntaxKind.BadToken) && t.Text == "…").Reverse())
        {
            text = text.Remove(ellipsis.SpanStart, 1).Insert(ellipsis.SpanStart, $"class {Rest};");
        }

        var root = Parsed(text).GetRoot();
        foreach (var rest in root.DescendantNodes().OfType<ClassDeclarationSyntax>().Where(c => c.Identifier.ValueText == Rest).Reverse())
        {
            text = text.Remove(rest.SpanStart, rest.Span.Length).Insert(rest.SpanStart, Missing(rest.Parent));
        }

        return string.Join('\n', usings.Concat(lines[true].Select(line => Directive().Match(line).Value.Trim())).Distinct().Append(text));
    }

    /// <summary>Returns what an experiment does not show of its tasks, network and variants.</summary>
    private static string Missing(SyntaxNode? parent)
    {
        if (parent is not ClassDeclarationSyntax experiment || !Has(experiment, "Experiment"))
        {
            return "…";
        }

        var classes = experiment.Members.OfType<ClassDeclarationSyntax>()
            .Where(c => c.AttributeLists.Count > 0).ToLookup(c => Has(c, "Input"));
        var tasks = experiment.Members.OfType<EnumDeclarationSyntax>().Any() || Has(experiment, "RegressionFamily", "BinaryFamily");
        return string.Join(
            '\n',
            [
                .. tasks ? Array.Empty<string>() : [Declaration.Tasks],
                .. classes[true].Any() ? Array.Empty<string>() : [Declaration.Trunks],
                .. classes[false].Any() ? Array.Empty<string>() : [Declaration.Variants],
            ]);
    }

    /// <summary>True if a class has an attribute with one of these names.</summary>
    private static bool Has(ClassDeclarationSyntax type, params string[] names) =>
        type.AttributeLists.SelectMany(l => l.Attributes).Any(a => names.Contains(a.Name.ToString()));

    [GeneratedRegex(@"^\s*using (static )?[\w.]+( = [\w.]+)?;")]
    private static partial Regex Directive();
}
