using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Files;
using UAmtfl.Models;
using UAmtfl.Trunks;
using static TorchSharp.torch;


namespace UAmtfl.Tests.Support;

/// <summary>Predictions of any experiment, by number.</summary>
public sealed class AnyPrediction : TypedPrediction;

/// <summary>Saves models into folders of their own, as a cell does.</summary>
internal static class SavedModel
{
    /// <summary>Trains a variant for real.</summary>
    public static CellResult Train(ExperimentDescriptor experiment, string name, int epochs = 1)
    {
        using var scope = NewDisposeScope();
        var variant = Variant(experiment, name);
        var bound = variant.Bind(TestSettings.Empty);
        return TestCell.Run(
            experiment, variant, bound, variant.Plan with { Epochs = epochs }, new(null, 1), _ => { }, CancellationToken.None);
    }

    /// <summary>Writes the two files of a model.</summary>
    /// <returns>The folder.</returns>
    public static string Write(this TemporaryFolder folder, ModelFiles model, string name = "cell")
    {
        var path = Directory.CreateDirectory(folder.File(name)).FullName;
        File.WriteAllBytes(Path.Combine(path, ModelFiles.TensorsName), model.Tensors);
        File.WriteAllBytes(Path.Combine(path, ModelFiles.DescriptionName), model.Description);
        return path;
    }

    /// <summary>Saves a model that was not trained in a run, with transforms that do nothing by default.</summary>
    public static ModelFiles Files(
        ExperimentDescriptor experiment, string name, IPredictor model, Tensor inputs, FittedTransforms? transforms = null) =>
        new ModelWriter(experiment, Variant(experiment, name))
        {
            Seed = 1,
            Values = Variant(experiment, name).Bind(TestSettings.Empty).Values,
            Input = inputs.shape[1..],
            NetworkInputs = inputs,
            Transforms = transforms ?? FittedTransforms.Restore([], [], experiment.Tasks, rowsOfOneTask: false),
            OverallError = 0.5,
            TaskErrors = [.. experiment.Tasks.Tasks.Select(_ => 0.25)],
        }.Write(model);

    /// <summary>Loads a model of any experiment.</summary>
    public static TrainedModel<AnyPrediction> Load(string path, ExperimentDescriptor experiment, string name) =>
        new(path, experiment, Variant(experiment, name));

    public static VariantDescriptor Variant(ExperimentDescriptor experiment, string name) =>
        experiment.Variants.Single(v => v.Name == name);

    /// <summary>The outputs of a model as the evaluation computes them, [N][M], widened to float64.</summary>
    public static double[][] Evaluated(IPredictor model, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        var outputs = Prediction.Of(model, inputs);
        return [.. outputs.to(float64).data<double>().ToArray().Chunk((int)outputs.shape[1])];
    }
}
