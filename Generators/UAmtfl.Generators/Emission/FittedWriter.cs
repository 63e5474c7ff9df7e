using UAmtfl.Generators.Methods.Solvers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the file of a variant that an exact solver fits.</summary>
internal static class FittedWriter
{
    public static string Write(VariantFile file, SolverMethod method) =>
        Fingerprint.Insert(CodeWriter.File(file.Experiment.Class, Comment(file, method), writer =>
    {
        var name = ExperimentWriter.Escape(file.Variant.Name);
        writer.Block($"partial class {name} : global::UAmtfl.LinearModels.FittedVariant, {PredictionWriter.Interface(file)}", () =>
        {
            PredictionWriter.WriteLoad(writer, file);
            writer.Line("private readonly Hyper hyper;").Line();
            writer.Doc("An exact solver fits it: there is no network to build.");
            writer.Line($"public {name}(Hyper hyper) => this.hyper = hyper;").Line();
            writer.Doc(method.Formula(file));
            writer.Line("public override global::UAmtfl.LinearModels.Fit Solve(global::UAmtfl.LinearModels.FitData data) =>");
            writer.Indented(() =>
            {
                foreach (var line in method.Solve(file))
                {
                    writer.Line(line);
                }
            });
            writer.Line();
            HyperWriter.Write(writer, file, method.Formula(file));
        });
    }), file.Variant.Declared);

    private static IEnumerable<string> Comment(VariantFile file, SolverMethod method)
    {
        yield return $"{file.Variant.Name} of {file.Experiment.Name}: {file.Variant.Composition}";
        yield return "";
        yield return $"L = {method.Formula(file)}";
        yield return "";
        var (tasks, inputs) = (file.Tasks.Count, file.Trunk.Input[0]);
        yield return
            $"X_t [N_t, {inputs}] inputs of the task's rows   W [{tasks}, {inputs}] weights   b [{tasks}] intercepts, not penalised";
    }
}
