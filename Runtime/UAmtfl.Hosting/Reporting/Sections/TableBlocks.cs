namespace UAmtfl.Reporting.Sections;

/// <summary>Splits tables that are wider than the page into blocks of columns, one below the other, so that no number is broken across
/// lines.</summary>
internal static class TableBlocks
{
    /// <summary>The number of characters that a column takes beside its text.</summary>
    private const int Gap = 3;

    /// <summary>The smallest width to which a second column of words may be narrowed.</summary>
    private const int NarrowWords = 16;

    /// <summary>Returns the blocks of a table, each with the first column; a table that fits is a single block.</summary>
    /// <param name="table">The table.</param>
    /// <param name="width">The number of characters in a line.</param>
    public static IReadOnlyList<Table> Of(Table table, int width)
    {
        var widths = Enumerable.Range(0, table.Columns.Count).Select(c => Width(table, c)).ToArray();
        var blocks = Greedy(widths, width);
        if (blocks.Count <= 1)
        {
            return [table];
        }

        // Make as few blocks as possible, of about the same width.
        var narrowest = Enumerable.Range(1, width).First(w => Greedy(widths, w).Count == blocks.Count);
        return [.. Greedy(widths, narrowest).Select(b => Block(table, b))];
    }

    private static List<List<int>> Greedy(int[] widths, int width)
    {
        var blocks = new List<List<int>>();
        var used = 0;
        for (var column = 1; column < widths.Length; column++)
        {
            if (blocks.Count == 0 || used + widths[column] > width)
            {
                blocks.Add([0]);
                used = widths[0];
            }

            blocks[^1].Add(column);
            used += widths[column];
        }

        return blocks;
    }

    /// <summary>Returns the heading of a column, broken into lines no longer than the column's cells if the table would be too
    /// wide.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The index of the column.</param>
    /// <param name="page">The number of characters in a line.</param>
    public static string Heading(Table table, int column, int page)
    {
        if (table.Columns.Select((heading, c) => Gap + Math.Max(heading.Length, Cells(table, c))).Sum() <= page)
        {
            return table.Columns[column];
        }

        return string.Join('\n', Lines(table.Columns[column], Width(table, column) - Gap));
    }

    /// <summary>Breaks text at its blanks into lines, of which only a single word may be longer than the width.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width)
            {
                lines.Add("");
            }

            lines[^1] += (lines[^1].Length > 0 ? " " : "") + word;
        }

        return lines;
    }

    private static int Width(Table table, int column)
    {
        var cells = Cells(table, column);
        var words = table.Columns[column].Split(' ').Max(w => w.Length);
        return Gap + (column > 0 && column < table.TextColumns ? Math.Min(Math.Max(cells, words), NarrowWords) : Math.Max(cells, words));
    }

    private static int Cells(Table table, int column) =>
        table.Rows.Where(r => r.Cells.Count > 1).Select(r => r.Cells[column].Text.Length).DefaultIfEmpty(0).Max();

    private static Table Block(Table table, List<int> columns) => new(
        [.. columns.Select(c => table.Columns[c])],
        columns.Count(c => c < table.TextColumns),
        [.. table.Rows.Select(r => r.Cells.Count == 1 ? r : new Row([.. columns.Select(c => r.Cells[c])]))]);
}
