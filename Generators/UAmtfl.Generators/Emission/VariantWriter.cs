using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.Transfers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the file of a variant: model, hyper-parameters and objective.</summary>
internal static class VariantWriter
{
    public static string Write(VariantFile file)
    {
        if (MethodCatalogue.SchemeOf(file.Variant).Solver is { } solver)
        {
            return FittedWriter.Write(file, solver);
        }

        var objective = new ObjectiveWriter(file);
        return CodeWriter.File(file.Experiment.Class, Comment(file, objective), writer =>
            writer.Block($"partial class {ExperimentWriter.Escape(file.Variant.Name)} : global::UAmtfl.Training.Variant", () =>
            {
                WriteConstructor(writer, file);
                writer.Line();
                objective.Write(writer);
                writer.Line();
                GradientStepWriter.Write(writer, file);
                WriteReadOuts(writer, file);
                writer.Line();
                ModelWriter.Write(writer, file);
                writer.Line();
                HyperWriter.Write(writer, file, string.Join("; ", objective.Kinds.Prepend(objective.Formula)));
            }));
    }

    private static IEnumerable<string> Comment(VariantFile file, ObjectiveWriter objective)
    {
        yield return $"{file.Variant.Name} of {file.Experiment.Name}: {file.Variant.Composition}";
        yield return "";
        yield return $"L = {objective.Formula}";
        yield return "";
        yield return string.Join("   ", ModelWriter.Legend(file));
        if (file.Variant.Weighting?.Module is { } weighting)
        {
            yield return GradientStepWriter.Summary(weighting);
        }

        if (file.Tasks.Groups.Count > 1)
        {
            yield return string.Join("   ", objective.Kinds);
        }
    }

    private static void WriteConstructor(CodeWriter writer, VariantFile file)
    {
        var (variant, transfer, weighting) = (file.Variant, MethodCatalogue.Transfer(file), MethodCatalogue.Weighting(file));
        var name = ExperimentWriter.Escape(variant.Name);
        var fields = Fields(file).ToList();
        writer.Line("private readonly Hyper hyper;");
        foreach (var (field, type, _, comment) in fields)
        {
            writer.Line($"private readonly {type} {field};   // {comment}");
        }

        if (Methods.Transfers.Ramp.Has(file))
        {
            writer.Line("private double ramp;   // how much of α and γ the epoch has, from 0 to 1");
        }

        writer.Line().Doc("Builds the network from the current random state.");
        writer.Line("/// <param name=\"hyper\">The hyper-parameters.</param>");
        writer.Line($"/// <param name=\"counts\">[{file.Tasks.Count}], how many training labels each task has; its type and device become the network's.</param>");
        writer.Block($"public {name}(Hyper hyper, Tensor counts)", () =>
        {
            writer.Line("this.hyper = hyper;");
            writer.Line($"Network = new({(ModelWriter.NeedsHyper(file) ? "hyper, " : "")}counts.dtype, counts.device);");
            foreach (var (field, _, create, _) in fields)
            {
                writer.Line($"{field} = {create.Replace("dtype: dtype, device: device", "dtype: counts.dtype, device: counts.device")};");
            }

            WriteGroups(writer, file, transfer, weighting);
        });
        writer.Line().Line("/// <inheritdoc/>").Line("public override Model Network { get; }");
        writer.Line().Line("/// <inheritdoc/>").Line("public override global::System.Collections.Generic.IReadOnlyList<global::UAmtfl.Training.ParameterGroup> Groups { get; }");
        writer.Line().Line("/// <inheritdoc/>").Line($"public override Tensor Prepare(Tensor inputs) => {ModelWriter.TrunkType(file)}.Prepare(inputs);");
        if (file.Trunk.Prepared is { } prepared)
        {
            var size = (double)LayerShape.Size(prepared.Shape) / LayerShape.Size(file.Trunk.Input);
            writer.Line().Line("/// <inheritdoc/>").Line($"public override double PreparedSize => {ExperimentWriter.Number(Math.Round(size, 3))};");
        }
    }

    /// <summary>What is computed once, when the network is built.</summary>
    private static IEnumerable<(string Name, string Type, string Create, string Comment)> Fields(VariantFile file)
    {
        if (file.Tasks.PerTask)
        {
            yield return ("rowWeights", "Tensor", "Loss.RowWeights(counts)", $"N / N_t, what a row counts in its task's loss  [{file.Tasks.Count}]");
        }

        if (MethodCatalogue.Transfer(file) is not null)
        {
            yield return ("floor", "Tensor", "global::UAmtfl.Sharing.Transfer.Floor(hyper.Floor, counts)", $"δ_t = Floor / √(N_t / mean N)  [{file.Tasks.Count}]");
            if (!file.Tasks.SingleOutputs)
            {
                yield return ("columnsOfTask", "Tensor", $"global::UAmtfl.Sharing.Transfer.ColumnsOfTask([{string.Join(", ", file.Tasks.Tasks.Select(t => t.Outputs))}], counts)", $"1 where a column of the outputs is the task's  [{file.Tasks.Count}, {file.Tasks.Columns}]");
            }
        }

        foreach (var penalty in file.Variant.Penalties)
        {
            if (MethodCatalogue.Penalty(penalty).FieldOf(penalty, file.Tasks) is var (field, type, create))
            {
                yield return (field, type, create, MethodCatalogue.Penalty(penalty).Terms(file, penalty)[0].Formula);
            }
        }

        foreach (var (name, code, comment) in MethodCatalogue.Weighting(file).Constants(file))
        {
            yield return (name, "Tensor", code, comment);
        }

        if (file.Variant.Penalties.Any(p => MethodCatalogue.Penalty(p).Project(file, p).Concat(MethodCatalogue.Penalty(p).Terms(file, p).Select(t => t.Code ?? "")).Any(code => code.Contains("trunkWeights"))))
        {
            yield return ("trunkWeights", "Tensor[]", $"global::UAmtfl.Trunks.Parameters.Weights({ModelWriter.TrunkName(file)})", "the trunk's weights, without biases");
        }
    }

    private static void WriteGroups(CodeWriter writer, VariantFile file, TransferMethod? transfer, WeightingMethod weighting)
    {
        writer.Line("Groups =").Line("[").Indented(() =>
        {
            writer.Line($"new(\"trunk\", [.. {ModelWriter.TrunkName(file)}.parameters()]{Decay(file, "Trunk")}),");
            writer.Line($"new(\"heads\", [{(file.Decomposes ? "Network.HeadShared, Network.HeadOwn" : "Network.HeadWeight")}, Network.HeadBias]{Decay(file, "Heads")}),");
            WriteGroup(writer, "sharing", transfer?.Parameters(file) ?? [], "");
            WriteGroup(writer, "weighting", weighting.Parameters(file), $", LearningRateScale: {weighting.LearningRateScale}");
            if (file.Variant.Weighting?.Module?.LearningRateScale is { } scale)
            {
                writer.Line($"new(\"weighting\", [.. Network.Weighting.parameters()], LearningRateScale: {scale}),");
            }
        }).Line("];");
    }

    private static void WriteGroup(CodeWriter writer, string name, IReadOnlyList<ParameterCode> parameters, string arguments)
    {
        if (parameters.Count > 0)
        {
            writer.Line($"new(\"{name}\", [{string.Join(", ", parameters.Select(p => $"Network.{p.Name}"))}]{arguments}),");
        }
    }

    private static string Decay(VariantFile file, string part)
    {
        var terms = file.Variant.Penalties.Select(p => MethodCatalogue.Penalty(p).Decay(file, p, part)).OfType<string>().ToList();
        return terms.Count == 0 ? "" : $", Decay: {string.Join(" + ", terms)}";
    }

    private static void WriteReadOuts(CodeWriter writer, VariantFile file)
    {
        var (transfer, weighting) = (MethodCatalogue.Transfer(file), MethodCatalogue.Weighting(file));
        writer.Line("/// <inheritdoc/>");
        writer.Block("public override Tensor Predict(Tensor prepared)", () =>
        {
            var values = weighting.Predict(file);
            writer.Line("Outputs outputs = Network.Forward(prepared);");
            writer.Aligned([.. weighting.Prepare(file).Where(_ => values != "outputs.Values")]);
            writer.Line($"return {values};");
        });
        List<string> project = [.. file.Variant.Penalties.SelectMany(p => MethodCatalogue.Penalty(p).Project(file, p)), .. transfer?.Project(file) ?? []];
        if (project.Count > 0)
        {
            writer.Line().Line("/// <inheritdoc/>").Block("public override void Project(double learningRate)", () =>
            {
                foreach (var statement in project)
                {
                    writer.Line(statement);
                }
            });
        }

        if (Methods.Transfers.Ramp.Has(file))
        {
            writer.Line().Line("/// <inheritdoc/>").Line("public override void EpochStarted(int epoch, int epochs) => ramp = global::UAmtfl.Sharing.Transfer.Ramp(epoch, epochs, hyper.Ramp);");
        }

        if (weighting.Traces(file) is { Count: > 0 } traces)
        {
            writer.Line().Line("/// <inheritdoc/>");
            writer.Line($"public override global::System.Collections.Generic.IEnumerable<(string Name, Tensor Values)> Traces() => [{string.Join(", ", traces.Select(t => $"(\"{t.Name}\", {t.Code})"))}];");
        }

        if (transfer is not null)
        {
            var (code, formula) = transfer.Learnt(file);
            writer.Line().Line("/// <inheritdoc/>").Line($"public override Tensor? Transfer() => {code};   // {formula}  [{file.Tasks.Count}, {file.Tasks.Count}]");
        }

        if (file.Variant.Weighting?.Module is not null)
        {
            writer.Line().Line("/// <inheritdoc/>").Line("public override void EpochEnded(Tensor meanLosses) => Network.Weighting.EpochEnded(meanLosses);");
        }
    }
}
