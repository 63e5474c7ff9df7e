using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators;

/// <summary>Generates the code for each class with [Experiment]: one file for it, one for each trunk, one for each variant, and one that
/// registers all experiments. This class contains only the pipeline.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ExperimentGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());

        var experiments = Candidates.Read(context)
            .WithTrackingName(TrackingNames.Experiments);

        var files = experiments
            .Select(static (model, _) => model.File)
            .WithTrackingName(TrackingNames.ExperimentFiles);

        var trunks = experiments
            .SelectMany(static (model, _) => model.Trunks.Select(trunk =>
                new TrunkFile(model.Header, trunk, model.NeedsStack(trunk), model.NeedsTaskGradients(trunk), model.Pieces(trunk),
                    model.HeadForms(trunk))))
            .WithTrackingName(TrackingNames.Trunks);

        var variants = experiments
            .SelectMany(
                static (model, _) =>
                    model.Variants.Select(
                        variant => new VariantFile(model.Header, model.Trunks.First(t => t.Name == variant.Trunk), variant)))
            .WithTrackingName(TrackingNames.Variants);

        var library = context.CompilationProvider
            .Select(
                static (compilation, _) =>
                    compilation.Options.OutputKind == OutputKind.DynamicallyLinkedLibrary ? compilation.AssemblyName : null);

        var registration = experiments
            .Select(static (model, _) => model.Class.FullName)
            .Collect()
            .Combine(library)
            .Select(static (pair, _) => new RegistrationFile(pair.Left.Distinct().ToEquatableArray(), pair.Right))
            .WithTrackingName(TrackingNames.Registration);

        context.RegisterSourceOutput(
            files,
            static (output, file) => output.AddSource(ExperimentWriter.HintName(file.Experiment.Class), ExperimentWriter.Write(file)));
        context.RegisterSourceOutput(
            trunks,
            static (output, file) =>
                output.AddSource(ExperimentWriter.NestedHint(file.Experiment.Class, file.Trunk.Name), TrunkWriter.Write(file)));
        context.RegisterSourceOutput(
            variants,
            static (output, file) =>
                output.AddSource(ExperimentWriter.NestedHint(file.Experiment.Class, file.Variant.Name), VariantWriter.Write(file)));
        context.RegisterSourceOutput(
            registration, static (output, file) => output.AddSource(RegistrationWriter.HintName, RegistrationWriter.Write(file)));
    }
}

/// <summary>The names of the pipeline's steps, by which the incrementality tests find them.</summary>
internal static class TrackingNames
{
    public const string Experiments = nameof(Experiments);
    public const string ExperimentFiles = nameof(ExperimentFiles);
    public const string Trunks = nameof(Trunks);
    public const string Variants = nameof(Variants);
    public const string Registration = nameof(Registration);
}
