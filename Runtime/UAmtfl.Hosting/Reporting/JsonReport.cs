using System.Text.Json;
using System.Text.Json.Serialization;
using UAmtfl.Evaluation;

namespace UAmtfl.Reporting;

/// <summary>Writes a report as JSON: every number of the other writers, unrounded and not scaled to per
/// cent, and every task. Of the learnt transfer between many tasks it has the extremes (<see cref="LearntTransfer"/>).</summary>
public static class JsonReport
{
    /// <summary>A report of more tasks is not indented: blanks would be half of its megabytes.</summary>
    private const int Indented = 200;

    private static readonly ReportJsonContext Compact =
        new(new JsonSerializerOptions(ReportJsonContext.Default.Options) { WriteIndented = false });

    /// <summary>The text, indented up to 200 tasks; a value that is not finite is null.</summary>
    /// <param name="report">What to write.</param>
    public static string Text(Report report)
    {
        var context = report.Tasks.Count > Indented ? Compact : ReportJsonContext.Default;
        return JsonSerializer.Serialize(report, context.Report).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>Reads what <see cref="Text"/> wrote, curves over epochs excepted.</summary>
    /// <param name="text">The JSON.</param>
    /// <exception cref="JsonException">It is not a report.</exception>
    public static Report Parse(string text) =>
        JsonSerializer.Deserialize(text, ReportJsonContext.Default.Report) ?? throw new JsonException("The report is null.");
}

/// <summary>The serialiser, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(NotFiniteAsNull)])]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
