namespace UAmtfl.Data.Tables;

/// <summary>What is known of a column of a table after it was read.</summary>
/// <param name="Tally">The counts of what its fields are.</param>
/// <param name="Texts">The different values as texts, in the order of their code points; null if they were not collected.</param>
/// <param name="Numbers">The different values as numbers, ascending; null if they were not collected.</param>
internal sealed record ColumnFacts(ColumnTally Tally, IReadOnlyList<string>? Texts, IReadOnlyList<double>? Numbers)
{
    /// <summary>The name of the column.</summary>
    public string Name => Tally.Name;

    /// <summary>Lists values for a message, at most ten.</summary>
    /// <param name="values">The values.</param>
    public static string List(IReadOnlyList<string> values) =>
        string.Join(", ", values.Take(10).Select(v => $"'{v}'")) + (values.Count > 10 ? ", …" : "");
}
