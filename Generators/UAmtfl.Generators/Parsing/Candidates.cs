using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Finds the classes with [Experiment], and reads each again only after a change to the text of a declaration on which it can
/// depend.</summary>
/// <remarks>Reading an experiment binds every attribute in it. The compiler does that anew in each compilation, so that a hundred
/// experiments would take tens of milliseconds for each keystroke. A model is therefore kept with the texts that it depends on. An
/// entry is used only if those texts are equal, so that it does not matter which run of the generator wrote it.</remarks>
internal sealed class Candidates
{
    private IReadOnlyDictionary<string, Entry> entries = new Dictionary<string, Entry>();

    /// <summary>Returns the models of the classes with [Experiment] that have no error.</summary>
    public static IncrementalValuesProvider<ExperimentModel> Read(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Collect()
            .Select(static (files, cancellation) => ProjectFiles.Of(files, cancellation));

        var candidates = new Candidates();
        return context.CompilationProvider
            .Combine(files)
            .SelectMany((pair, cancellation) => candidates.Read(pair.Left, pair.Right, cancellation));
    }

    private ImmutableArray<ExperimentModel> Read(Compilation compilation, ProjectFiles files, CancellationToken cancellation)
    {
        var (before, now) = (entries, new Dictionary<string, Entry>());
        var models = ImmutableArray.CreateBuilder<ExperimentModel>();
        foreach (var (names, texts) in new Dependencies(compilation).Candidates())
        {
            cancellation.ThrowIfCancellationRequested();
            var entry = before.TryGetValue(names[0], out var known) && known.Texts.SequenceEqual(texts) && known.Files.Equals(files)
                ? known
                : new(texts, files, [.. names.Select(name => Parse(compilation, name, files, cancellation)).OfType<ExperimentModel>()]);
            now[names[0]] = entry;
            models.AddRange(entry.Models);
        }

        entries = now;
        return models.ToImmutable();
    }

    private static ExperimentModel? Parse(
        Compilation compilation, string name, ProjectFiles files, CancellationToken cancellation) =>
        compilation.Assembly.GetTypeByMetadataName(name) is { } type && IsExperiment(type)
            ? ExperimentParser.Parse(type, new ParseContext(files, cancellation, compilation))
            : null;

    private static bool IsExperiment(INamedTypeSymbol type) =>
        type.GetAttributes().Any(a => AttributeReader.MetadataNameOf(a.AttributeClass) == WellKnownNames.Experiment);

    /// <summary>The models of types that are declared together, and the texts from which they were read.</summary>
    private sealed record Entry(IReadOnlyList<string> Texts, ProjectFiles Files, ImmutableArray<ExperimentModel> Models);
}
