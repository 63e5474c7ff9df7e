using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using UAmtfl.Evaluation;

namespace UAmtfl.Hosting;

/// <summary>The JSON formats of the files of a run and of the messages of its workers.</summary>
internal static class RunJson
{
    /// <summary>The format of a JSON value on one line.</summary>
    public static RunJsonContext Line { get; } = new(
        new(RunJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The format of an indented JSON value, which is easier to read.</summary>
    public static RunJsonContext Pretty { get; } = new(new(Line.Options) { WriteIndented = true });
}

/// <summary>The types that are written to and read from JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(NotFiniteAsNull)])]
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(StoredEpoch))]
[JsonSerializable(typeof(EpochTiming))]
[JsonSerializable(typeof(StoredResult))]
[JsonSerializable(typeof(StoredSearch))]
[JsonSerializable(typeof(StoredTiming))]
[JsonSerializable(typeof(StoredVersion))]
[JsonSerializable(typeof(EarlierResult))]
[JsonSerializable(typeof(CellOrder))]
[JsonSerializable(typeof(WorkerMessage))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
