using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using UAmtfl.Evaluation;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>The JSON of a run: its files, and what its workers say.</summary>
internal static class RunJson
{
    /// <summary>One line.</summary>
    public static RunJsonContext Line { get; } = new(new(RunJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Indented, for reading.</summary>
    public static RunJsonContext Pretty { get; } = new(new(Line.Options) { WriteIndented = true });
}

/// <summary>The types that are written and read, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(NotFiniteAsNull)])]
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(StoredEpoch))]
[JsonSerializable(typeof(StoredResult))]
[JsonSerializable(typeof(StoredTiming))]
[JsonSerializable(typeof(StoredVersion))]
[JsonSerializable(typeof(EarlierResult))]
[JsonSerializable(typeof(CellOrder))]
[JsonSerializable(typeof(WorkerMessage))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
