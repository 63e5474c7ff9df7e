using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
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
    Converters = [typeof(NotANumberAsNull)])]
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(EpochRecord))]
[JsonSerializable(typeof(StoredResult))]
[JsonSerializable(typeof(StoredTiming))]
[JsonSerializable(typeof(CellOrder))]
[JsonSerializable(typeof(WorkerMessage))]
internal sealed partial class RunJsonContext : JsonSerializerContext;

/// <summary>JSON has no NaN: a number that is not there is null.</summary>
internal sealed class NotANumberAsNull : JsonConverter<double>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
