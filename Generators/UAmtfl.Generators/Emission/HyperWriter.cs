using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the hyper-parameters of a variant, how they are read from configuration, and the variant's descriptor.</summary>
internal static class HyperWriter
{
    public static void Write(CodeWriter writer, VariantFile file, string objective)
    {
        var hypers = file.Variant.Hypers.ToList();
        writer.Doc($"The hyper-parameters; in configuration under {file.Experiment.Name}:{file.Variant.Name}.");
        writer.Line("public sealed record Hyper : global::UAmtfl.Descriptors.HyperParameters").Line("{").Indented(() =>
        {
            foreach (var (hyper, index) in hypers.Select((hyper, index) => (hyper, index)))
            {
                if (index > 0)
                {
                    writer.Line();
                }

                writer.Doc(hyper.Doc).Line($"[global::UAmtfl.Number({hyper.Range.Arguments})]");
                writer.Line($"public {(hyper.Whole ? "int" : "double")} {hyper.Name} {{ get; init; }} = {Value(hyper)};");
            }
        }).Line("}");
        writer.Line();
        WriteDescriptor(writer, file, objective);
    }

    private static void WriteDescriptor(CodeWriter writer, VariantFile file, string objective)
    {
        var (variant, plan) = (file.Variant, file.Variant.Plan);
        writer.Doc("The variant as the host runs it.");
        writer.Block("public static global::UAmtfl.Descriptors.VariantDescriptor Descriptor { get; } = new()", () =>
        {
            writer.Line($"Name = {ExperimentWriter.Text(variant.Name)},")
                .Line($"Composition = {ExperimentWriter.Text(variant.Composition)},")
                .Line($"Objective = {ExperimentWriter.Text(objective)},");
            if (variant.Weighting?.Module is { } weighting)
            {
                writer.Line($"Weighting = {ExperimentWriter.Text(GradientStepWriter.Summary(weighting))},");
            }

            writer.Line($"Fingerprint = \"{Fingerprint.Place}\",").Line($"Input = [{string.Join(", ", file.Trunk.Input)}],");
            if (variant.Solver is null && file.Trunk.Layers.FirstOrDefault() is EmbeddingLayer { Vocabulary: var vocabulary })
            {
                writer.Line($"Vocabulary = {vocabulary},");
            }

            if (variant.Solver is null)
            {
                writer.Line($"Network = {ExperimentWriter.Text(Fingerprint.Network(file))},");
            }

            writer.Line($"Role = global::UAmtfl.Descriptors.VariantRole.{variant.Role},")
                .Line($"OnRequest = {(variant.OnRequest ? "true" : "false")},");
            PlanWriter.Write(writer, plan);
            if (variant.Start is { } start)
            {
                var paths = start.Paths.Count == 0 ? "" : $", Paths = [{string.Join(", ", start.Paths.Select(ExperimentWriter.Text))}]";
                var source = ExperimentWriter.Text(start.Source);
                var from = start.Experiment is { } experiment ? $"Elsewhere = new({ExperimentWriter.Text(experiment)}, {source})"
                    : start.IsFile ? $"File = {source}"
                    : $"Variant = {source}";
                writer.Line(
                    $"Start = new() {{ {from}, "
                        + $"Part = global::UAmtfl.Part.{start.Part}{paths} }},");
            }

            if (variant.TrainedOn.Count > 0)
            {
                writer.Line($"TrainedOn = [{string.Join(", ", variant.TrainedOn.Select(ExperimentWriter.Text))}],");
            }

            if (variant.Setting is not null)
            {
                writer.Line($"Setting = global::UAmtfl.TransferKind.{variant.Setting},");
            }

            if (variant.Weak is { } weak)
            {
                WeakWriter.WritePlan(writer, weak);
            }

            if (variant.Grid.Count > 0)
            {
                writer.Line("Grid =").Line("[").Indented(() =>
                {
                    foreach (var grid in variant.Grid)
                    {
                        writer.Line(
                            $"new([{string.Join(", ", grid.Parameters.Select(ExperimentWriter.Text))}], "
                                + $"[{string.Join(", ", grid.Values.Select(N))}]),");
                    }
                }).Line("],");
            }

            var fitted = variant.Solver is not null;
            if (fitted)
            {
                writer.Line("Fitted = true,");
            }

            writer.Line("Bind = static settings => global::UAmtfl.Descriptors.BoundVariant.Of(").Indented(() =>
            {
                if (fitted)
                {
                    writer.Line($"settings, static (Hyper hyper) => new {ExperimentWriter.Escape(variant.Name)}(hyper)),");
                    return;
                }

                writer.Line("settings, static (dtype, device) => new Network(dtype, device),");
                writer.Line("static (Network network, Hyper hyper, Tensor counts) => new Objective(network, hyper, counts)),");
            });
        }, "};");
    }

    private static string Value(HyperModel hyper) => hyper.Whole ? $"{(int)hyper.Value}" : N(hyper.Value);

    private static string N(double value) => ExperimentWriter.Number(value);
}
