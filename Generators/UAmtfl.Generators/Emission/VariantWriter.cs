using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the file of a variant: its training, its network and its hyper-parameters.</summary>
internal static class VariantWriter
{
    public static string Write(VariantFile file)
    {
        if (MethodCatalogue.SchemeOf(file.Variant).Solver is { } solver)
        {
            return FittedWriter.Write(file, solver);
        }

        var objective = new ObjectiveWriter(file);
        var text = CodeWriter.File(file.Experiment.Class, Comment(file, objective), writer =>
            writer.Block($"partial class {ExperimentWriter.Escape(file.Variant.Name)} : {PredictionWriter.Interface(file)}", () =>
            {
                PredictionWriter.WriteLoad(writer, file);
                WriteBuild(writer, file);
                writer.Line();
                TrainingWriter.Write(writer, file, objective);
                writer.Line();
                NetworkWriter.Write(writer, file);
                writer.Line();
                HyperWriter.Write(writer, file, string.Join("; ", objective.Kinds.Prepend(objective.Formula)));
            }));
        return Fingerprint.Insert(text, file.Variant.Declared);
    }

    private static IEnumerable<string> Comment(VariantFile file, ObjectiveWriter objective)
    {
        yield return $"{file.Variant.Name} of {file.Experiment.Name}: {file.Variant.Composition}";
        yield return "";
        yield return $"L = {objective.Formula}";
        yield return "";
        yield return string.Join("   ", NetworkWriter.Legend(file));
        if (file.Variant.Weighting?.Module is { } module)
        {
            yield return GradientStepWriter.Summary(module);
        }

        if (file.Tasks.Groups.Count > 1)
        {
            yield return string.Join("   ", objective.Kinds);
        }
    }

    private static void WriteBuild(CodeWriter writer, VariantFile file)
    {
        writer.Doc("Builds a network from the current random state, and the objective that trains it.");
        writer.Line("/// <param name=\"hyper\">The hyper-parameters.</param>");
        writer.Line(
            $"/// <param name=\"counts\">[{file.Tasks.Count}], how many training labels each task has; "
                + "its type and device become the network's.</param>");
        writer.Line(
            "public static Objective Build(Hyper hyper, Tensor counts) => new(new Network(counts.dtype, counts.device), hyper, counts);");
    }
}
