using System.Globalization;
using System.Text.Json.Serialization;
using UAmtfl.Reporting.Charts;

namespace UAmtfl.Reporting.Sections;

/// <summary>A section of a report, whose tables and lines every writer shows in this order, in its own format.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Tables">The tables, which come first.</param>
/// <param name="Lines">The sentences under the tables.</param>
public sealed record Section(string Heading, IReadOnlyList<Table> Tables, IReadOnlyList<string> Lines)
{
    /// <summary>Makes a section with charts.</summary>
    internal Section(string heading, IReadOnlyList<Table> tables, IReadOnlyList<string> lines, IReadOnlyList<Chart> charts)
        : this(heading, tables, lines) => Charts = charts;

    /// <summary>The charts of the section, for writers that can show them.</summary>
    internal IReadOnlyList<Chart> Charts { get; } = [];
}

/// <summary>A table of a section.</summary>
/// <param name="Columns">The headings; all columns but the first <paramref name="TextColumns"/> contain numbers.</param>
/// <param name="TextColumns">The number of columns that contain words, at least one.</param>
/// <param name="Rows">The rows.</param>
public sealed record Table(IReadOnlyList<string> Columns, int TextColumns, IReadOnlyList<Row> Rows);

/// <summary>A row of a table, with a cell for each column; a row with a single cell is a heading for the rows below it.</summary>
/// <param name="Cells">The cells.</param>
public sealed record Row(params IReadOnlyList<Cell> Cells);

/// <summary>A cell of a table.</summary>
/// <param name="Text">The text, which the console and Markdown show.</param>
/// <param name="Tone">The emphasis.</param>
public sealed record Cell(string Text, Tone Tone = Tone.Plain)
{
    /// <summary>The unrounded number of a cell made by <see cref="Of"/>, for the JSON file; null for words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Value { get; init; }

    /// <summary>The number by which a page sorts the cell if it is not the first one of the text; null if it is.</summary>
    internal double? Order { get; init; }

    /// <summary>True if the cell is bold in files that have no colours.</summary>
    internal bool IsBold => Tone is Tone.Strong or Tone.Bad;

    /// <summary>Makes a cell of words.</summary>
    /// <param name="text">The words.</param>
    public static implicit operator Cell(string text) => new(text);

    /// <summary>Makes a cell of a number.</summary>
    /// <param name="value">The number; a dash is shown for NaN.</param>
    /// <param name="format">The format of the number, such as <c>0.000</c>.</param>
    public static Cell Of(double value, string format) =>
        new(double.IsNaN(value) ? Numbers.None : value.ToString(format, CultureInfo.InvariantCulture)) { Value = value };
}

/// <summary>The emphasis of a cell, which only repeats what its text says.</summary>
public enum Tone
{
    /// <summary>The cell is not emphasised.</summary>
    Plain,

    /// <summary>The cell is the name of the proposed variant.</summary>
    Strong,

    /// <summary>The value is better than the baseline's, and so is the whole interval.</summary>
    Good,

    /// <summary>The value is worse than the baseline's, and so is the whole interval.</summary>
    Bad,
}
