using System.Text.Json.Serialization;

namespace UAmtfl.Data.Tables;

/// <summary>How the text of a table is written.</summary>
public sealed record TableFormat
{
    /// <summary>The ASCII character between fields; NUL, the default, for a tab in <c>.tsv</c> and <c>.tab</c> and a comma in other
    /// files.</summary>
    public char Separator { get; init; }

    /// <summary>True if numbers have a comma in the place of a decimal point.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>The markers of a missing value, in addition to empty and blank fields.</summary>
    public IReadOnlyList<string> Markers { get; init; } = FieldRules.DefaultMarkers;

    /// <summary>The rules by which fields are read.</summary>
    [JsonIgnore]
    internal FieldRules Rules => new(Markers, DecimalComma);

    /// <summary>Returns the character between the fields of a file.</summary>
    /// <param name="path">The file.</param>
    internal byte SeparatorOf(string path) => Separator != '\0' ? (byte)Separator
        : TableFiles.Extension(path) is ".tsv" or ".tab" ? (byte)'\t' : (byte)',';
}
