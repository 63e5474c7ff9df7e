using UAmtfl.Data.Tables;

namespace UAmtfl.Data;

/// <summary>Says where in a file the numbers of samples are, for messages.</summary>
/// <param name="Row">Returns the file and the line of a row, 0, 1, ….</param>
/// <param name="Inputs">The column of each input, [D]; empty if an input is no column.</param>
/// <param name="Labels">The column of each label, [T], or the one of all.</param>
internal sealed record SampleOrigin(Func<long, string> Row, IReadOnlyList<string> Inputs, IReadOnlyList<string> Labels)
{
    /// <summary>The names of the columns with inputs in a list; of many the first and the last, because a column that was added is
    /// among them.</summary>
    public string Columns
    {
        get
        {
            List<string> names = [.. Inputs.Distinct()];
            return names.Count <= 8 ? ColumnFacts.List(names)
                : $"{ColumnFacts.List(names[..4])}, …, {ColumnFacts.List(names[^4..])}";
        }
    }

    /// <summary>Returns the place of an input.</summary>
    /// <param name="row">The row, 0, 1, ….</param>
    /// <param name="input">The input, 0 … D − 1.</param>
    public string Input(long row, long input) =>
        $"{Row(row)}, {(Inputs.Count > input ? $"column '{Inputs[(int)input]}'" : $"entry {input}")}";

    /// <summary>Returns the place of a label.</summary>
    /// <param name="row">The row, 0, 1, ….</param>
    /// <param name="label">The label, 0 … T − 1.</param>
    public string Label(long row, int label) => $"{Row(row)}, column '{Labels[Labels.Count == 1 ? 0 : label]}'";
}
