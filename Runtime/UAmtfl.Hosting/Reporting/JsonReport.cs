using System.Text.Json;
using System.Text.Json.Serialization;
using UAmtfl.Evaluation;

namespace UAmtfl.Reporting;

/// <summary>Writes a report as JSON, with every task and every number of the other formats, neither rounded nor scaled to per cent. For
/// many tasks it has only the largest part of the learnt transfer (<see cref="LearntTransfer"/>).</summary>
public static class JsonReport
{
    /// <summary>The largest number of tasks for which the report is indented, because in larger reports blanks would be half of the
    /// file.</summary>
    private const int Indented = 200;

    private static readonly ReportJsonContext Compact =
        new(new JsonSerializerOptions(ReportJsonContext.Default.Options) { WriteIndented = false });

    /// <summary>Returns a report as JSON text, indented up to 200 tasks; a value that is not finite is null.</summary>
    /// <param name="report">The report.</param>
    public static string Text(Report report)
    {
        var context = report.Tasks.Count > Indented ? Compact : ReportJsonContext.Default;
        return JsonSerializer.Serialize(report, context.Report).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>Reads a report that <see cref="Text"/> wrote, which lacks the curves over epochs.</summary>
    /// <param name="text">The JSON text.</param>
    /// <exception cref="JsonException">The text is not a report.</exception>
    public static Report Parse(string text) =>
        JsonSerializer.Deserialize(text, ReportJsonContext.Default.Report) ?? throw new JsonException("The report is null.");
}

/// <summary>The serialiser of reports, which is generated at compile time.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(NotFiniteAsNull)])]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
