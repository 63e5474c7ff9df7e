using System.Globalization;
using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Data.Tables;
using UAmtfl.Descriptors;
using UAmtfl.Files;
using UAmtfl.LinearModels;
using UAmtfl.Messages;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Models;

/// <summary>Writes a trained model, so that a program can load it and predict.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="variant">The variant.</param>
internal sealed class ModelWriter(ExperimentDescriptor experiment, VariantDescriptor variant)
{
    /// <summary>The names of a linear model's tensors, which are those of a linear layer in PyTorch.</summary>
    public const string Weight = "weight", Bias = "bias";

    /// <summary>The beginning of the name of each tensor of a transform.</summary>
    public const string TransformPrefix = "transforms.";

    /// <summary>The seed of the training.</summary>
    public required int Seed { get; init; }

    /// <summary>The hyper-parameters of the training.</summary>
    public required IReadOnlyDictionary<string, object> Values { get; init; }

    /// <summary>The shape of one raw sample.</summary>
    public required IReadOnlyList<long> Input { get; init; }

    /// <summary>The columns of the table that the inputs are from; null for other data.</summary>
    public TableInputs? Table { get; init; }

    /// <summary>The inputs after the transforms, [N, …], of which shape and type are read.</summary>
    public required Tensor NetworkInputs { get; init; }

    /// <summary>The transforms of the training.</summary>
    public required FittedTransforms Transforms { get; init; }

    /// <summary>The error over all tasks on the test rows.</summary>
    public required double OverallError { get; init; }

    /// <summary>[T], the errors of the tasks on the test rows, tasks as declared.</summary>
    public required IReadOnlyList<double> TaskErrors { get; init; }

    /// <summary>[T], tasks as declared: the epoch whose network predicts the task; null if one network predicts all.</summary>
    public IReadOnlyList<int>? TaskEpochs { get; init; }

    /// <summary>Writes a model.</summary>
    /// <param name="model">A network that is trained, or a linear model that is fitted.</param>
    public ModelFiles Write(IPredictor model)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var tensors = new Dictionary<string, Tensor>(State(model));
        var description = Description(
            Saved(Transforms.Inputs, $"{TransformPrefix}inputs", tensors), Saved(Transforms.Labels, $"{TransformPrefix}labels", tensors));
        using var file = new MemoryStream();
        Safetensors.Write(file, tensors, new Dictionary<string, string> { ["format"] = "pt" });
        return new(file.ToArray(), description.ToBytes());
    }

    /// <summary>Returns the tensors of a model by name. Those of a network are its own, those of a linear model too.</summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyDictionary<string, Tensor> State(IPredictor model) => model switch
    {
        nn.Module network => network.state_dict(),
        FittedVariant { Model: { } linear } => new Dictionary<string, Tensor> { [Weight] = linear.Weights, [Bias] = linear.Biases },
        _ => throw new InvalidOperationException($"{model.GetType()} is neither a network nor a fitted linear model."),
    };

    private static List<SavedTransform> Saved(
        IReadOnlyList<IFittedTransform> transforms, string prefix, Dictionary<string, Tensor> tensors)
    {
        var saved = new List<SavedTransform>();
        foreach (var (place, transform) in transforms.Index())
        {
            var names = new Dictionary<string, string>();
            foreach (var (name, values) in transform.State.OrderBy(s => s.Key, StringComparer.Ordinal))
            {
                names[name] = string.Create(CultureInfo.InvariantCulture, $"{prefix}.{place}.{name}");
                tensors[names[name]] = values;
            }

            saved.Add(new(transform.GetType().FullName!, names));
        }

        return saved;
    }

    private ModelDescription Description(List<SavedTransform> inputs, List<SavedTransform> labels)
    {
        var tasks = experiment.Tasks;
        return new()
        {
            Format = ModelDescription.Current,
            Experiment = experiment.Name,
            Variant = variant.Name,
            Seed = Seed,
            Composition = variant.Composition,
            Tasks = [.. tasks.Declared.Tasks.Zip(TaskErrors, (task, error) =>
                new SavedTask(task.Name, task.Kind, task.Outputs, tasks.FirstOutput(task), error))],
            OneVsAll = tasks.OneVsAll,
            RowsOfOneTask = Transforms.RowsOfOneTask,
            Input = Input,
            Data = experiment.NewDataset().Declared,
            Table = Table,
            NetworkInput = NetworkInputs.shape[1..],
            Network = variant.Network,
            Type = NetworkInputs.dtype.ToString(),
            HyperParameters = Values.ToDictionary(v => v.Key, v => Convert.ToDouble(v.Value, CultureInfo.InvariantCulture)),
            TaskEpochs = TaskEpochs,
            TrainedOn = variant.TrainedOn,
            InputTransforms = inputs,
            LabelTransforms = labels,
            ExperimentFingerprint = experiment.Fingerprint,
            VariantFingerprint = variant.Fingerprint,
            Versions = new Dictionary<string, string>
            {
                ["UAmtfl"] = AssemblyVersion.Of(typeof(ModelWriter).Assembly),
                ["TorchSharp"] = AssemblyVersion.Of(typeof(torch).Assembly),
            },
            OverallError = OverallError,
        };
    }
}
