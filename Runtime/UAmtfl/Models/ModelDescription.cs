using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using UAmtfl.Data.Tables;
using UAmtfl.Evaluation;
using UAmtfl.Tasks;

namespace UAmtfl.Models;

/// <summary>The contents of <c>model.json</c>: what a trained model predicts, from what, and how it came about. It has no times in it, so
/// that equal trainings write equal bytes.</summary>
internal sealed record ModelDescription
{
    /// <summary>The format that this program writes, and the newest that it reads.</summary>
    public const int Current = 1;

    /// <summary>The format of the file.</summary>
    public required int Format { get; init; }

    /// <summary>The name of the experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>The name of the variant.</summary>
    public required string Variant { get; init; }

    /// <summary>The seed of the training.</summary>
    public required int Seed { get; init; }

    /// <summary>The methods that the variant is composed of.</summary>
    public required string Composition { get; init; }

    /// <summary>The tasks as declared.</summary>
    public required IReadOnlyList<SavedTask> Tasks { get; init; }

    /// <summary>True if the tasks are the classes of one problem.</summary>
    public required bool OneVsAll { get; init; }

    /// <summary>True if each row of the data set is of one task.</summary>
    public required bool RowsOfOneTask { get; init; }

    /// <summary>The shape of one raw sample, which a program gives to the model.</summary>
    public required IReadOnlyList<long> Input { get; init; }

    /// <summary>The options of the data that the experiment declared, without the class of the data set, on which no prediction depends;
    /// null in models of older versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>The columns of a table from which a raw sample is read by name; null if the data is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TableInputs? Table { get; init; }

    /// <summary>The shape of one transformed sample, which the network takes.</summary>
    public required IReadOnlyList<long> NetworkInput { get; init; }

    /// <summary>What the network computes, layer by layer; empty for a linear model that an exact solver fitted.</summary>
    public required string Network { get; init; }

    /// <summary>The element type of the inputs and the outputs: Float32 or Float64.</summary>
    public required string Type { get; init; }

    /// <summary>The hyper-parameters of the training.</summary>
    public required IReadOnlyDictionary<string, double> HyperParameters { get; init; }

    /// <summary>[T], tasks as declared: the epoch whose network predicts the task, in tensors with names that begin with <c>Epoch12.</c>;
    /// null if one network predicts all tasks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? TaskEpochs { get; init; }

    /// <summary>The names of the tasks that the model is trained on, so that what it predicts of the others means nothing; null if it is
    /// trained on all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? TrainedOn { get; init; }

    /// <summary>The transforms of the inputs, in the order in which they are applied.</summary>
    public required IReadOnlyList<SavedTransform> InputTransforms { get; init; }

    /// <summary>The transforms of the labels of regressions, in the order in which they are applied.</summary>
    public required IReadOnlyList<SavedTransform> LabelTransforms { get; init; }

    /// <summary>The hash of the declaration of the experiment (<see cref="Descriptors.ExperimentDescriptor.Fingerprint"/>).</summary>
    public required string ExperimentFingerprint { get; init; }

    /// <summary>The hash of the declaration of the variant (<see cref="Descriptors.VariantDescriptor.Fingerprint"/>).</summary>
    public required string VariantFingerprint { get; init; }

    /// <summary>The versions of the libraries that trained the model.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>The error over all tasks on the test rows; null if it is undefined.</summary>
    public required double OverallError { get; init; }

    /// <summary>Writes the description as indented JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ModelJson.Format.ModelDescription);

    /// <summary>Reads a description.</summary>
    /// <param name="bytes">From <see cref="ToBytes"/>.</param>
    /// <exception cref="InvalidDataException">The bytes are no such description, or of a newer format.</exception>
    public static ModelDescription FromBytes(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.TryGetProperty("format", out var written) && written.TryGetInt32(out var format) && format > Current)
            {
                throw new InvalidDataException(
                    $"it has format {format}, and this program reads up to {Current}; use the version of UAmtfl that wrote it");
            }

            return document.RootElement.Deserialize(ModelJson.Format.ModelDescription) ?? throw new InvalidDataException("it is null");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"it is damaged: {error.Message}", error);
        }
    }
}

/// <summary>A task of a saved model.</summary>
/// <param name="Name">The name of the task.</param>
/// <param name="Kind">The kind of the task.</param>
/// <param name="Outputs">The number of outputs: 1, or the number of classes.</param>
/// <param name="FirstOutput">The place of its first output among all outputs of the model, which is a row of the heads' weights.</param>
/// <param name="Error">The headline metric on the test rows as an error; null if it is undefined.</param>
internal sealed record SavedTask(string Name, TaskKind Kind, int Outputs, int FirstOutput, double Error);

/// <summary>A fitted transform of a saved model.</summary>
/// <param name="Type">The full name of its class.</param>
/// <param name="Tensors">The names of its arrays, each with the name of the tensor that holds it.</param>
internal sealed record SavedTransform(string Type, IReadOnlyDictionary<string, string> Tensors);

/// <summary>The format of <c>model.json</c>.</summary>
internal static class ModelJson
{
    /// <summary>Indented, with letters of every alphabet as they are.</summary>
    public static ModelJsonContext Format { get; } = new(
        new(ModelJsonContext.Default.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>The types of <c>model.json</c>, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(NotFiniteAsNull)])]
[JsonSerializable(typeof(ModelDescription))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
