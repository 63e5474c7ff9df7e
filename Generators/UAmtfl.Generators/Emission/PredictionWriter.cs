using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes what a program uses to predict: the typed predictions of an experiment, and how a variant's trained model is
/// loaded.</summary>
internal static class PredictionWriter
{
    private const string Models = "global::UAmtfl.Models";

    /// <summary>The interface of a variant whose trained models can be loaded.</summary>
    public static string Interface(VariantFile file) =>
        $"{Models}.ITrainedVariant<{file.Experiment.Class.FullName}.{ExperimentWriter.Escape(file.Variant.Name)}, {Type(file)}>";

    /// <summary>Writes the predictions of all tasks, which are the same for every variant.</summary>
    public static void Write(CodeWriter writer, TaskSetModel tasks)
    {
        writer.Doc("The predictions of a trained model for N samples. Features: [N][k].");
        writer.Block($"public sealed class Prediction : {Models}.TypedPrediction", () =>
        {
            if (tasks.Family is { } family)
            {
                var kind = tasks.Tasks[0].Kind;
                writer.Line(
                    $"public {Models}.{kind}Prediction this[{ExperimentWriter.Escape(family)} task] => Values.{kind}((int)task);");
                return;
            }

            foreach (var (task, _) in ExperimentWriter.AsDeclared(tasks))
            {
                var name = ExperimentWriter.Escape(task.Name);
                writer.Line($"public {Models}.{task.Kind}Prediction {name} => Values.{task.Kind}({task.LabelColumn});");
            }
        });
    }

    /// <summary>Writes the method that loads a trained model.</summary>
    public static void WriteLoad(CodeWriter writer, VariantFile file)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public static {Models}.TrainedModel<{Type(file)}> Load(string path) =>");
        writer.Indented(() => writer.Line($"new(path, {file.Experiment.Class.FullName}.Descriptor, Descriptor);"));
        writer.Line();
    }

    private static string Type(VariantFile file) => $"{file.Experiment.Class.FullName}.Prediction";
}
