using UAmtfl.Reporting.Charts;

namespace UAmtfl.Reporting.Sections;

/// <summary>A section of a report, whose tables, lines and charts every writer shows in this order, in its own format.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Tables">The tables, which come first.</param>
/// <param name="Lines">The sentences under the tables.</param>
/// <param name="Charts">The charts, for writers that can show them.</param>
internal sealed record Section(string Heading, IReadOnlyList<Table> Tables, IReadOnlyList<string> Lines, IReadOnlyList<Chart> Charts);

/// <summary>A table of a section.</summary>
/// <param name="Columns">The headings; all columns but the first <paramref name="TextColumns"/> contain numbers.</param>
/// <param name="TextColumns">The number of columns that contain words.</param>
/// <param name="Rows">The rows.</param>
internal sealed record Table(IReadOnlyList<string> Columns, int TextColumns, IReadOnlyList<Row> Rows);

/// <summary>A row of a table; a row with a single cell is a heading for the rows below.</summary>
internal sealed record Row(params IReadOnlyList<Cell> Cells);

/// <summary>A cell of a table.</summary>
internal sealed record Cell(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>The emphasis of a cell, which only repeats what its text says.</summary>
internal enum Tone
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
