using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the hyper-parameters of a variant, how they are read from configuration, and the variant's descriptor.</summary>
internal static class HyperWriter
{
    private const string Object = "global::System.Collections.Generic.Dictionary<string, object>";

    public static void Write(CodeWriter writer, VariantFile file, string objective)
    {
        var hypers = file.Variant.Hypers.ToList();
        writer.Doc($"The hyper-parameters; in configuration under {file.Experiment.Name}:{file.Variant.Name}.");
        writer.Block("public sealed record Hyper", () =>
        {
            foreach (var hyper in hypers)
            {
                writer.Doc(hyper.Doc);
                writer.Line($"public double {hyper.Name} {{ get; init; }} = {ExperimentWriter.Number(hyper.Value)};").Line();
            }

            writer.Doc("Reads what the configuration changes.");
            writer.Block("public static Hyper From(global::UAmtfl.Descriptors.Settings settings) => new()", () =>
            {
                foreach (var hyper in hypers)
                {
                    writer.Line($"{hyper.Name} = settings.Number(\"{hyper.Name}\", {N(hyper.Value)}, {hyper.Range.Arguments}),");
                }
            }, "};");
            writer.Line().Doc("The values by name, for the record of a run.");
            writer.Block($"public {Object} ToDictionary() => new()", () =>
            {
                foreach (var hyper in hypers)
                {
                    writer.Line($"[\"{hyper.Name}\"] = {hyper.Name},");
                }
            }, "};");
        });
        writer.Line();
        WriteDescriptor(writer, file, objective);
    }

    private static void WriteDescriptor(CodeWriter writer, VariantFile file, string objective)
    {
        var (variant, plan) = (file.Variant, file.Variant.Plan);
        writer.Doc("The variant as the host runs it.");
        writer.Block("public static global::UAmtfl.Descriptors.VariantDescriptor Descriptor { get; } = new()", () =>
        {
            writer.Line($"Name = {ExperimentWriter.Text(variant.Name)},").Line($"Composition = {ExperimentWriter.Text(variant.Composition)},").Line($"Objective = {ExperimentWriter.Text(objective)},");
            if (variant.Weighting?.Module is { } weighting)
            {
                writer.Line($"Weighting = {ExperimentWriter.Text(GradientStepWriter.Summary(weighting))},");
            }

            writer.Line($"Input = [{string.Join(", ", file.Trunk.Input)}],");
            writer.Line($"Role = global::UAmtfl.Descriptors.VariantRole.{variant.Role},").Line($"OnRequest = {(variant.OnRequest ? "true" : "false")},");
            writer.Block("Plan = new()", () =>
            {
                writer.Line($"Epochs = {plan.Epochs}, BatchSize = {plan.BatchSize}, EvaluateEvery = {plan.EvaluateEvery},");
                writer.Line($"Optimizer = global::UAmtfl.Training.OptimizerKind.{plan.Optimizer}, LearningRate = {N(plan.LearningRate)},");
                writer.Line($"Beta1 = {N(plan.Beta1)}, Beta2 = {N(plan.Beta2)}, Epsilon = {N(plan.Epsilon)}, Momentum = {N(plan.Momentum)},");
                writer.Line($"DecayAt = {N(plan.DecayAt)}, DecayFactor = {N(plan.DecayFactor)},");
            }, "},");
            if (variant.Grid.Count > 0)
            {
                writer.Line("Grid =").Line("[").Indented(() =>
                {
                    foreach (var grid in variant.Grid)
                    {
                        writer.Line($"new([{string.Join(", ", grid.Parameters.Select(ExperimentWriter.Text))}], [{string.Join(", ", grid.Values.Select(N))}]),");
                    }
                }).Line("],");
            }

            var fitted = variant.Solver is not null;
            if (fitted)
            {
                writer.Line("Fitted = true,");
            }

            writer.Block("Bind = static settings =>", () => writer
                .Line("Hyper hyper = Hyper.From(settings);")
                .Line($"return new(hyper.ToDictionary(), {(fitted ? "_" : "counts")} => new {ExperimentWriter.Escape(variant.Name)}(hyper{(fitted ? "" : ", counts")}));"), "},");
        }, "};");
    }

    private static string N(double value) => ExperimentWriter.Number(value);
}
