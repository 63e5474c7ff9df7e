using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.Architectures;
using UAmtfl.Generators.Methods.Penalties;
using UAmtfl.Generators.Methods.Transfers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the members that train the network of a variant: groups of parameters, the value to minimise, and what is done in a
/// step.</summary>
internal static class TrainingWriter
{
    private const string Base = "/// <inheritdoc/>";

    public static void Write(CodeWriter writer, VariantFile file, ObjectiveWriter objective)
    {
        writer.Doc("Trains the network: the value that is minimised, and what happens around each step.");
        writer.Block("public sealed class Objective : global::UAmtfl.Training.Objective", () =>
        {
            WriteConstructor(writer, file);
            writer.Line();
            objective.Write(writer);
            GradientStepWriter.Write(writer, file);
            WriteAroundSteps(writer, file);
        });
    }

    private static void WriteConstructor(CodeWriter writer, VariantFile file)
    {
        var (variant, transfer, weighting) = (file.Variant, MethodCatalogue.Transfer(file), MethodCatalogue.Weighting(file));
        var fields = Fields(file).ToList();
        writer.Line("private readonly Hyper hyper;");
        foreach (var (field, type, _, comment) in fields)
        {
            writer.Line($"private readonly {type} {field};   // {comment}");
        }

        if (Ramp.Has(file))
        {
            writer.Line("private double ramp;   // how much of α and γ the epoch has, from 0 to 1");
        }

        writer.Line().Doc("Makes the objective of a network.");
        writer.Line("/// <param name=\"network\">The network; it is not disposed of with the objective.</param>");
        writer.Line("/// <param name=\"hyper\">The hyper-parameters.</param>");
        writer.Line($"/// <param name=\"counts\">[{file.Tasks.Count}], how many training labels each task has.</param>");
        writer.Block("public Objective(Network network, Hyper hyper, Tensor counts)", () =>
        {
            writer.Line("this.hyper = hyper;");
            writer.Line("Network = network;");
            if (variant.Weighting?.Module is { } module)
            {
                writer.Line($"Weighting = Keep({module.New}, counts.dtype, counts.device);");
                if (module is { Need: Need.Jacobian, Site: "Trunk" })
                {
                    var shared = string.Join(", ", Shared(file).Select(p => $"network.{p.Name}"));
                    writer.Line(
                        $"Weighting.Allocate(global::UAmtfl.Trunks.Parameters.Count({shared}), counts.dtype, counts.device);");
                }
            }

            foreach (var (field, _, create, _) in fields)
            {
                writer.Line($"{field} = {create};");
            }

            if (file.Architecture.Search(file) is { } search)
            {
                writer.Line($"Search = {search};");
            }

            WriteGroups(writer, file, transfer, weighting);
        });
        writer.Line().Line(Base).Line("public override Network Network { get; }");
        if (variant.Weighting?.Module is { } module)
        {
            writer.Line().Line(Base).Line($"public override {module.Type} Weighting {{ get; }}");
        }

        if (file.Architecture.Search(file) is not null)
        {
            writer.Line().Line(Base).Line("public override global::UAmtfl.Training.Structure.StructureSearch Search { get; }");
        }

        writer.Line()
            .Line(Base)
            .Line(
                "public override global::System.Collections.Generic.IReadOnlyList<global::UAmtfl.Training.ParameterGroup> Groups { "
                    + "get; }");
    }

    /// <summary>Returns the fields of the objective that are computed once, when the objective is created.</summary>
    private static IEnumerable<(string Name, string Type, string Create, string Comment)> Fields(VariantFile file)
    {
        if (file.Tasks.PerTask)
        {
            yield return (
                "rowWeights", "Tensor", "Loss.RowWeights(counts)", $"N / N_t, what a row counts in its task's loss  [{file.Tasks.Count}]");
        }

        if (MethodCatalogue.Transfer(file) is not null)
        {
            yield return (
                "floor",
                "Tensor",
                "global::UAmtfl.Sharing.Transfer.Floor(hyper.Floor, counts)",
                $"δ_t = Floor / √(N_t / mean N)  [{file.Tasks.Count}]");
            if (!file.Tasks.SingleOutputs)
            {
                yield return (
                    "columnsOfTask",
                    "Tensor",
                    $"global::UAmtfl.Sharing.Transfer.ColumnsOfTask([{string.Join(", ", file.Tasks.Tasks.Select(t => t.Outputs))}], "
                        + "counts)",
                    $"1 where a column of the outputs is the task's  [{file.Tasks.Count}, {file.Tasks.Columns}]");
            }
        }

        foreach (var penalty in file.Variant.Penalties)
        {
            if (penalty.Field(file.Tasks) is { } field)
            {
                yield return (field.Name, field.Type, field.Create.Text, penalty.Terms(file)[0].Formula);
            }
        }

        foreach (var own in LossCode.Own(file.Tasks))
        {
            yield return own;
        }

        foreach (var (name, code, comment) in LossCode.Constants(file.Tasks).Concat(MethodCatalogue.Weighting(file).Constants(file)))
        {
            yield return (name, "Tensor", code, comment);
        }

        if (file.Variant.Penalties.SelectMany(p => p.Project(file).Concat(p.Terms(file).Select(t => t.Value)))
            .Any(code => code?.Uses.HasFlag(Uses.TrunkWeights) == true))
        {
            yield return (
                "trunkWeights",
                "Tensor[]",
                $"global::UAmtfl.Trunks.Parameters.Weights({NetworkWriter.Trunks(file.Parts.Where(p => !p.OfHeads && !p.IsStructure))})",
                "the trunk's weights, without biases");
        }
    }

    private static void WriteGroups(CodeWriter writer, VariantFile file, TransferMethod? transfer, WeightingMethod weighting)
    {
        writer.Line("Groups =").Line("[").Indented(() =>
        {
            foreach (var part in file.Parts.Where(p => !p.IsStructure))
            {
                var ownRate = part.LearningRateScale is null ? "" : $", LearningRateScale: {part.LearningRateScale}";
                var decay = Decay(file, part.OfHeads ? Part.Heads : Part.Trunk);
                writer.Line($"new({part.Owner}, [.. Network.{part.Name}.parameters()]{decay}{ownRate}),");
            }

            writer.Line(
                $"new({Owners.OneTask}, [{HeadCode.WeightNames(file)}, Network.HeadBias]{Decay(file, Part.Heads)}),");
            WriteGroup(writer, transfer?.Parameters(file) ?? [], "");
            WriteGroup(writer, weighting.Parameters(file), $", LearningRateScale: {weighting.LearningRateScale}");
            if (file.Variant.Weighting?.Module?.LearningRateScale is { } scale)
            {
                writer.Line($"new({Owners.NoTask}, [.. Weighting.parameters()], LearningRateScale: {scale}),");
            }
        }).Line("];");
    }

    private static void WriteGroup(CodeWriter writer, IReadOnlyList<ParameterCode> parameters, string arguments)
    {
        if (parameters.Count > 0)
        {
            writer.Line($"new({parameters[0].Owner}, [{string.Join(", ", parameters.Select(p => $"Network.{p.Name}"))}]{arguments}),");
        }
    }

    /// <summary>Returns the modules whose parameters all tasks have in common.</summary>
    public static IEnumerable<PartCode> Shared(VariantFile file) => file.Parts.Where(p => p.Owner == Owners.AllTasks && !p.IsStructure);

    private static string Decay(VariantFile file, Part part)
    {
        var terms = file.Variant.Penalties.Select(p => p.Decay(file, part)).OfType<Code>().ToList();
        return terms.Count == 0 ? "" : $", Decay: {string.Join(" + ", terms)}";
    }

    private static void WriteAroundSteps(CodeWriter writer, VariantFile file)
    {
        var (transfer, weighting) = (MethodCatalogue.Transfer(file), MethodCatalogue.Weighting(file));
        List<string> project =
        [
            .. file.Variant.Penalties.SelectMany(p => p.Project(file)).Select(code => code.Text), .. transfer?.Project(file) ?? [],
        ];
        if (project.Count > 0)
        {
            writer.Line().Line(Base).Block("public override void Project(double trunkRate, double headRate)", () =>
            {
                foreach (var statement in project)
                {
                    writer.Line(statement);
                }
            });
        }

        if (LossCode.FromLabels(file.Tasks).ToList() is { Count: > 0 } weights)
        {
            writer.Line().Line(Base).Block("public override void TrainingStarted(global::UAmtfl.Data.Labels labels)", () =>
            {
                foreach (var statement in weights)
                {
                    writer.Line(statement);
                }
            });
        }

        if (Ramp.Has(file))
        {
            writer.Line()
                .Line(Base)
                .Line(
                    "public override void EpochStarted(int epoch, int epochs) => ramp = global::UAmtfl.Sharing.Transfer.Ramp(epoch, "
                        + "epochs, hyper.Ramp);");
        }

        if (weighting.Traces(file) is { Count: > 0 } traces)
        {
            writer.Line().Line(Base);
            writer.Line(
                "public override global::System.Collections.Generic.IEnumerable<(string Name, "
                    + $"Tensor Values)> Traces() => [{string.Join(", ", traces.Select(t => $"(\"{t.Name}\", {t.Code})"))}];");
        }

        if (file.Variant.Weighting?.Module is not null)
        {
            writer.Line().Line(Base).Line("public override void EpochEnded(Tensor meanLosses) => Weighting.EpochEnded(meanLosses);");
        }
    }
}
