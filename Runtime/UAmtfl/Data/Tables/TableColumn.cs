namespace UAmtfl.Data.Tables;

/// <summary>What is kept of a column of a table.</summary>
[Flags]
internal enum ColumnUse
{
    /// <summary>The column is not read.</summary>
    None = 0,

    /// <summary>Its values are kept: as numbers if all are, and else as texts.</summary>
    Values = 1,

    /// <summary>Its values are kept as texts, whatever they are.</summary>
    Texts = 2,
}

/// <summary>A column of a table in memory.</summary>
/// <param name="name">The name of the column.</param>
internal sealed class TableColumn(string name)
{
    /// <summary>The counts of what its fields are.</summary>
    public ColumnTally Tally { get; } = new(name);

    /// <summary>The values [N] as numbers, 0 and 1 for false and true, NaN for a missing one; null if they are not all numbers or
    /// flags.</summary>
    public float[]? Numbers { get; set; }

    /// <summary>For each row the place of its value in <see cref="Texts"/>, [N], −1 for a missing one; null if no texts are
    /// kept.</summary>
    public int[]? Codes { get; set; }

    /// <summary>The different values in the order of their code points; empty if no texts are kept.</summary>
    public IReadOnlyList<string> Texts { get; private set; } = [];

    /// <summary>Sorts the texts, which have places in the order in which they occur.</summary>
    /// <param name="found">The texts in that order.</param>
    public void Sort(IReadOnlyList<string> found)
    {
        int[] order = [.. Enumerable.Range(0, found.Count).OrderBy(i => found[i], StringComparer.Ordinal)];
        var place = new int[found.Count];
        for (var i = 0; i < order.Length; i++)
        {
            place[order[i]] = i;
        }

        Texts = [.. order.Select(i => found[i])];
        for (var row = 0; row < Codes!.Length; row++)
        {
            Codes[row] = Codes[row] < 0 ? -1 : place[Codes[row]];
        }
    }

    /// <summary>Returns the text of a row; null if it is missing.</summary>
    /// <param name="row">The row.</param>
    public string? Text(int row) => Codes![row] is >= 0 and var code ? Texts[code] : null;

    /// <summary>Returns what the declaration is compared with.</summary>
    /// <param name="rows">The number of rows N.</param>
    /// <param name="numbers">True to collect the different numbers.</param>
    public ColumnFacts Facts(int rows, bool numbers) => new(
        Tally,
        Codes is null ? null : Texts,
        numbers && Numbers is not null ? Distinct(Numbers.AsSpan(0, rows)) : null);

    private static double[] Distinct(ReadOnlySpan<float> numbers)
    {
        var found = new HashSet<double>();
        foreach (var number in numbers)
        {
            if (!float.IsNaN(number))
            {
                found.Add(number);
            }
        }

        return [.. found.Order()];
    }
}
