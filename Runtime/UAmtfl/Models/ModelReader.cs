using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Files;
using UAmtfl.LinearModels;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Models;

/// <summary>Loads trained models, and refuses those that do not fit the declaration.</summary>
internal static class ModelReader
{
    /// <summary>Loads a model.</summary>
    /// <param name="path">The folder of a finished cell, or the <c>model.safetensors</c> in it.</param>
    /// <param name="experiment">The experiment as it is declared now.</param>
    /// <param name="variant">The variant as it is declared now.</param>
    /// <exception cref="UAmtflException">A file is missing or damaged, or the model does not fit.</exception>
    public static LoadedModel Read(string path, ExperimentDescriptor experiment, VariantDescriptor variant)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(variant);
        var folder = Folder(Path.GetFullPath(path));
        var description = Guarded(
            Path.Combine(folder, ModelFiles.DescriptionName), file => ModelDescription.FromBytes(File.ReadAllBytes(file)));
        var file = Path.Combine(folder, ModelFiles.TensorsName);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var tensors = Guarded(file, name =>
        {
            using var stream = File.OpenRead(name);
            return Safetensors.Read(stream).Tensors;
        });
        try
        {
            return Load(description, tensors, experiment, variant);
        }
        catch (UAmtflException wrong)
        {
            throw new UAmtflException($"cannot load {file}: {wrong.Message}", wrong);
        }
    }

    private static LoadedModel Load(
        ModelDescription description,
        IReadOnlyDictionary<string, Tensor> tensors,
        ExperimentDescriptor experiment,
        VariantDescriptor variant)
    {
        var notes = ModelChecks.Require(description, experiment, variant);
        ModelChecks.RequireFinite(tensors);
        var type = ModelChecks.Type(description);
        var bound = variant.Bind(new Settings(new FixedSettings(variant.Name, description.HyperParameters)));
        var predictor = description.TaskEpochs is { } epochs
            ? SpecialistNetwork.Of(epochs.Distinct().ToDictionary(e => e, _ => (Network)Build(bound, type)), epochs, experiment.Tasks)
            : Build(bound, type);
        try
        {
            Fill(predictor, description, tensors);
            return new()
            {
                Predictor = predictor,
                Transforms = Transforms(description, tensors, experiment),
                Description = description,
                Tasks = experiment.Tasks,
                Type = type,
                Notes = notes,
                Vocabulary = variant.Vocabulary,
            };
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
    }

    private static string Folder(string path)
    {
        if (Directory.Exists(path))
        {
            var cells = Path.Combine(path, "cells");
            return !Directory.Exists(cells) ? path : throw new UAmtflException(
                $"{path} is the folder of a run with several models: name the folder of one of its cells, such as "
                    + $"{Directory.EnumerateDirectories(cells).Order(StringComparer.Ordinal).FirstOrDefault() ?? $"{cells}/Net-1"}");
        }

        return Path.GetFileName(path) == ModelFiles.TensorsName && File.Exists(path)
            ? Path.GetDirectoryName(path)!
            : throw new UAmtflException(
                $"there is no model at {path}: name the folder of a finished cell, or the {ModelFiles.TensorsName} in it");
    }

    private static T Guarded<T>(string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception error) when (error is FileNotFoundException)
        {
            throw new UAmtflException(
                $"cannot load {file}: there is no such file; a finished cell of a run has {ModelFiles.TensorsName} and "
                    + ModelFiles.DescriptionName,
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UAmtflException($"cannot load {file}: {error.Message}", error);
        }
    }

    private static FittedTransforms Transforms(
        ModelDescription description, IReadOnlyDictionary<string, Tensor> tensors, ExperimentDescriptor experiment)
    {
        return FittedTransforms.Restore(
            Restored(description.InputTransforms), Restored(description.LabelTransforms), experiment.Tasks, description.RowsOfOneTask);

        List<IFittedTransform> Restored(IReadOnlyList<SavedTransform> saved) =>
            [.. saved.Select(s => TransformCalls.Restore(s.Type, s.Tensors.ToDictionary(t => t.Key, t => Kept(t.Value))))];

        Tensor Kept(string name) => tensors.TryGetValue(name, out var values)
            ? values.clone().DetachFromDisposeScope()
            : throw new UAmtflException($"the tensor {name} of a transform is missing: train the model again");
    }

    /// <summary>Builds a network whose initial weights nobody sees, or makes a solver. The program's random state stays as it was, and
    /// the tensors belong to no scope.</summary>
    private static IPredictor Build(BoundVariant bound, ScalarType type)
    {
        if (bound is BoundSolver solver)
        {
            return solver.Create();
        }

        using var random = torch.random.get_rng_state();
        try
        {
            var network = ((BoundNetwork)bound).Network(type, CPU);
            foreach (var values in network.state_dict().Values)
            {
                values.DetachFromDisposeScope();
            }

            return network;
        }
        finally
        {
            torch.random.set_rng_state(random);
        }
    }

    private static void Fill(IPredictor predictor, ModelDescription description, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var saved = tensors.Where(t => !t.Key.StartsWith(ModelWriter.TransformPrefix, StringComparison.Ordinal))
            .ToDictionary(t => t.Key, t => t.Value);
        if (predictor is FittedVariant fitted)
        {
            ModelChecks.RequireLinear(saved, description);
            fitted.Restore(saved[ModelWriter.Weight], saved[ModelWriter.Bias]);
            return;
        }

        var network = (Network)predictor;
        ModelChecks.RequireSame(saved, network.state_dict());
        network.CopyFrom(saved);
        network.eval();
    }
}
