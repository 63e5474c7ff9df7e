using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Finds the classes with [Experiment], and sees to it that they are read again only when something changed that they can
/// depend on.</summary>
/// <remarks>Reading an experiment binds every attribute in it, which in a new compilation is new work for each experiment: a
/// hundred of them took tens of milliseconds a keystroke, wherever it fell. But nearly all keystrokes fall into the bodies
/// of methods, on which no declaration depends.</remarks>
internal static class Candidates
{
    /// <summary>The models of the classes with [Experiment] that have no error.</summary>
    public static IncrementalValuesProvider<ExperimentModel> Read(IncrementalGeneratorInitializationContext context)
    {
        var names = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => MayBeExperiment(node), static (found, _) => MetadataName((TypeDeclarationSyntax)found.Node))
            .Collect()
            .Select(static (names, _) => names.Distinct().ToEquatableArray());

        var files = context.AdditionalTextsProvider
            .Where(static file => NameFile.Is(file))
            .Select(static (file, cancellation) => NameFile.Read(file, cancellation))
            .Collect()
            .Select(static (files, _) => files.ToEquatableArray());

        return context.CompilationProvider
            .WithComparer(SameDeclarations.Instance)
            .Combine(names)
            .Combine(files)
            .SelectMany(static (pair, cancellation) => Read(pair.Left.Left, pair.Left.Right, pair.Right, cancellation));
    }

    /// <summary>Whether a node can be an experiment, by its looks: an attribute may have an alias.</summary>
    public static bool MayBeExperiment(SyntaxNode node) => node is TypeDeclarationSyntax { AttributeLists.Count: > 0 };

    private static ImmutableArray<ExperimentModel> Read(Compilation compilation, EquatableArray<string> names, EquatableArray<NameFile> files, CancellationToken cancellation)
    {
        var models = ImmutableArray.CreateBuilder<ExperimentModel>();
        foreach (var name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            if (compilation.Assembly.GetTypeByMetadataName(name) is { } type && IsExperiment(type) && ExperimentParser.Parse(type, new ParseContext(files, cancellation)) is { } model)
            {
                models.Add(model);
            }
        }

        return models.ToImmutable();
    }

    private static bool IsExperiment(INamedTypeSymbol type) => type.GetAttributes().Any(a => AttributeReader.MetadataNameOf(a.AttributeClass) == WellKnownNames.Experiment);

    private static string MetadataName(TypeDeclarationSyntax declaration)
    {
        var name = Arity(declaration.Identifier.ValueText, declaration.TypeParameterList);
        for (var parent = declaration.Parent; parent is not null; parent = parent.Parent)
        {
            name = parent switch
            {
                TypeDeclarationSyntax outer => $"{Arity(outer.Identifier.ValueText, outer.TypeParameterList)}+{name}",
                BaseNamespaceDeclarationSyntax space => $"{string.Join(".", space.Name.DescendantTokens().Where(t => t.Text != ".").Select(t => t.ValueText))}.{name}",
                _ => name,
            };
        }

        return name;
    }

    private static string Arity(string name, TypeParameterListSyntax? parameters) => parameters is null ? name : $"{name}`{parameters.Parameters.Count}";
}
