namespace UAmtfl.Hosting;

/// <summary>Writes tables as aligned plain text, because a table with borders would be wrapped when it is piped.</summary>
internal static class AlignedText
{
    /// <summary>Writes a table.</summary>
    /// <param name="columns">The headings.</param>
    /// <param name="rows">The rows, with a text for each column.</param>
    /// <param name="writer">Receives the text.</param>
    /// <param name="numbers">The indices of the columns that are aligned to the right.</param>
    public static void Write(string[] columns, IEnumerable<string[]> rows, TextWriter writer, params int[] numbers)
    {
        var all = rows.Prepend(columns).ToList();
        var widths = columns.Select((_, c) => all.Max(r => r[c].Length)).ToArray();
        foreach (var row in all)
        {
            var cells = row.Select((text, c) => numbers.Contains(c) ? text.PadLeft(widths[c]) : text.PadRight(widths[c]));
            writer.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }
}
