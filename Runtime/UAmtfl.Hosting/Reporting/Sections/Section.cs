using UAmtfl.Reporting.Charts;

namespace UAmtfl.Reporting.Sections;

/// <summary>A part of the report: what every writer shows, in this order, each in its own way.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Tables">Tables, which come first.</param>
/// <param name="Lines">Sentences under the tables.</param>
/// <param name="Charts">Charts, for writers that can show them.</param>
internal sealed record Section(string Heading, IReadOnlyList<Table> Tables, IReadOnlyList<string> Lines, IReadOnlyList<Chart> Charts);

/// <summary>A table.</summary>
/// <param name="Columns">The headings; all columns but the first <paramref name="TextColumns"/> hold numbers.</param>
/// <param name="TextColumns">How many columns hold words.</param>
/// <param name="Rows">The rows.</param>
internal sealed record Table(IReadOnlyList<string> Columns, int TextColumns, IReadOnlyList<Row> Rows);

/// <summary>A row; with a single cell it is a heading for the rows below.</summary>
internal sealed record Row(params IReadOnlyList<Cell> Cells);

/// <summary>A cell.</summary>
internal sealed record Cell(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>How a cell is set off; never the only carrier of what it says.</summary>
internal enum Tone
{
    /// <summary>Not at all.</summary>
    Plain,

    /// <summary>The proposed variant's name.</summary>
    Strong,

    /// <summary>Better than the baseline beyond the interval.</summary>
    Good,

    /// <summary>Worse than the baseline beyond the interval.</summary>
    Bad,
}
