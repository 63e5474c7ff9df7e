using System.Globalization;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Models;

/// <summary>Compares a saved model with the declaration that is to predict with it.</summary>
internal static class ModelChecks
{
    private const string Remedy = "train the variant again, or use the program that trained it";

    /// <summary>Refuses a model of another experiment, variant, tasks, inputs or network.</summary>
    /// <param name="model">The saved model.</param>
    /// <param name="experiment">The experiment as declared now.</param>
    /// <param name="variant">The variant as declared now.</param>
    /// <returns>Lines on changes that do not alter the predictions.</returns>
    /// <exception cref="UAmtflException">The model does not fit.</exception>
    public static IReadOnlyList<string> Require(ModelDescription model, ExperimentDescriptor experiment, VariantDescriptor variant)
    {
        if (model.Experiment != experiment.Name || model.Variant != variant.Name)
        {
            throw new UAmtflException(
                $"it is a model of {model.Variant} of {model.Experiment}, not of {variant.Name} of {experiment.Name}: "
                    + "load it with the variant that trained it");
        }

        RequireTasks(model, experiment.Tasks);
        if (variant.Input is { } input && !input.Select(size => (long)size).SequenceEqual(model.NetworkInput))
        {
            throw new UAmtflException(
                $"its network takes inputs of shape [{string.Join(", ", model.NetworkInput)}], but {variant.Name} is declared with "
                    + $"[{string.Join(", ", input)}]: {Remedy}");
        }

        if (model.Network != variant.Network)
        {
            var (trained, declared) = FirstDifference(model.Network.Split(" → "), variant.Network.Split(" → "));
            throw new UAmtflException($"its network has {trained} where {variant.Name} declares {declared}: {Remedy}");
        }

        if (model.TaskEpochs is { } epochs && (epochs.Count != model.Tasks.Count || variant.Fitted))
        {
            throw new UAmtflException(
                $"it has epochs for {epochs.Count} tasks, and there are {model.Tasks.Count}{(variant.Fitted ? " without epochs" : "")}: "
                + Remedy);
        }

        return [.. Notes(model, variant), .. DataNotes(model, experiment)];
    }

    /// <summary>Reads the element type of the network.</summary>
    /// <param name="model">The saved model.</param>
    /// <exception cref="UAmtflException">The type is neither Float32 nor Float64.</exception>
    public static ScalarType Type(ModelDescription model) => model.Type switch
    {
        nameof(ScalarType.Float32) => ScalarType.Float32,
        nameof(ScalarType.Float64) => ScalarType.Float64,
        var other => throw new UAmtflException($"its type is '{other}', which is neither Float32 nor Float64: train the model again"),
    };

    /// <summary>Refuses tensors that are not those of the network.</summary>
    /// <param name="saved">The tensors of the file.</param>
    /// <param name="declared">The tensors of the network as declared.</param>
    /// <exception cref="UAmtflException">A name, a shape or a type is another.</exception>
    public static void RequireSame(IReadOnlyDictionary<string, Tensor> saved, IReadOnlyDictionary<string, Tensor> declared)
    {
        foreach (var name in declared.Keys.Concat(saved.Keys))
        {
            var (of, has) = (declared.TryGetValue(name, out var own), saved.TryGetValue(name, out var values));
            if (!of || !has)
            {
                throw new UAmtflException($"{(of ? "it lacks" : "the network has no")} tensor {name}: {Remedy}");
            }

            if (Described(own!) != Described(values!))
            {
                throw new UAmtflException($"tensor {name} is {Described(values!)}, but the network has {Described(own!)}: {Remedy}");
            }
        }
    }

    /// <summary>Refuses tensors that are not those of a linear model.</summary>
    /// <param name="saved">The tensors of the file.</param>
    /// <param name="model">The saved model.</param>
    /// <exception cref="UAmtflException">A tensor is missing or has another shape.</exception>
    public static void RequireLinear(IReadOnlyDictionary<string, Tensor> saved, ModelDescription model)
    {
        using var weight = empty([model.Tasks.Count, model.NetworkInput[0]], dtype: ScalarType.Float64);
        using var bias = empty([model.Tasks.Count], dtype: ScalarType.Float64);
        RequireSame(saved, new Dictionary<string, Tensor> { [ModelWriter.Weight] = weight, [ModelWriter.Bias] = bias });
    }

    /// <summary>Refuses tensors with NaN or infinity.</summary>
    /// <param name="tensors">The tensors of the file.</param>
    /// <exception cref="UAmtflException">A number is not finite.</exception>
    public static void RequireFinite(IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach (var (name, values) in tensors)
        {
            if (values.is_floating_point() && !values.isfinite().all().item<bool>())
            {
                throw new UAmtflException($"tensor {name} has numbers that are not finite: train the model again");
            }
        }
    }

    private static void RequireTasks(ModelDescription model, TaskSet tasks)
    {
        var declared = tasks.Declared.Tasks;
        if (model.Tasks.Count != declared.Count)
        {
            throw new UAmtflException($"it has {model.Tasks.Count} tasks, but {declared.Count} are declared: {Remedy}");
        }

        foreach (var (saved, task) in model.Tasks.Zip(declared))
        {
            if (saved.Name != task.Name || saved.Kind != task.Kind || saved.Outputs != task.Outputs
                || saved.FirstOutput != tasks.FirstOutput(task))
            {
                throw new UAmtflException(
                    $"it has task {Described(saved.Name, saved.Kind, saved.Outputs, saved.FirstOutput)} where "
                        + $"{Described(task.Name, task.Kind, task.Outputs, tasks.FirstOutput(task))} is declared: {Remedy}");
            }
        }
    }

    private static string Described(string name, TaskKind kind, int outputs, int first) =>
        $"{name} ({kind}, {outputs} from output {first})";

    private static string Described(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}] of {tensor.dtype}";

    private static (string Trained, string Declared) FirstDifference(string[] trained, string[] declared)
    {
        var same = trained.Zip(declared).TakeWhile(pair => pair.First == pair.Second).Count();
        return (Part(trained), Part(declared));

        string Part(string[] parts) => same < parts.Length && parts[same].Length > 0 ? parts[same] : "nothing";
    }

    private static IEnumerable<string> DataNotes(ModelDescription model, ExperimentDescriptor experiment)
    {
        List<string> changes = model.Data is { } before ? [.. DeclaredOptions.Differences(before, experiment.NewDataset().Declared)] : [];
        return changes.Count == 0 ? []
            : [
                $"the data of {experiment.Name} are declared otherwise than when the model was trained ({string.Join("; ", changes)}), "
                    + "and the model takes the inputs that it was trained with",
            ];
    }

    private static List<string> Notes(ModelDescription model, VariantDescriptor variant)
    {
        if (model.VariantFingerprint == variant.Fingerprint)
        {
            return [];
        }

        var changes = new List<string>();
        if (model.Composition != variant.Composition)
        {
            changes.Add($"it was {model.Composition} and is {variant.Composition}");
        }

        var declared = variant.Bind(new Settings(new FixedSettings(variant.Name, new Dictionary<string, double>()))).Values;
        foreach (var name in model.HyperParameters.Keys.Union(declared.Keys))
        {
            var before = model.HyperParameters.TryGetValue(name, out var value) ? Text(value) : "not there";
            var now = declared.TryGetValue(name, out var current) ? Text(current) : "not there";
            if (before != now)
            {
                changes.Add($"{name} was {before} and is {now}");
            }
        }

        return
        [
            $"{variant.Name} is declared otherwise than when the model was trained "
                + $"({(changes.Count > 0 ? string.Join("; ", changes) : "in its training")}), which does not alter its predictions",
        ];

        static string Text(object number) => Convert.ToDouble(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
