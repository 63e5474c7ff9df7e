using System.Text;

namespace UAmtfl.Data.Tables;

/// <summary>The types of a column of a table.</summary>
internal enum ColumnKind
{
    /// <summary>No field has a value.</summary>
    Empty,

    /// <summary>All values are finite numbers.</summary>
    Number,

    /// <summary>All values are <c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>There is a value that is neither.</summary>
    Text,
}

/// <summary>Counts what the fields of a column are, and decides its type.</summary>
/// <param name="name">The name of the column.</param>
internal sealed class ColumnTally(string name)
{
    private const int Shown = 40;

    private int numbers, flags, texts;

    /// <summary>The name of the column.</summary>
    public string Name { get; } = name;

    /// <summary>The number of missing values.</summary>
    public int Missing { get; private set; }

    /// <summary>The line of the first missing value; 0 if there is none.</summary>
    public int FirstMissing { get; private set; }

    /// <summary>The line of the first value that is neither a number nor true or false; 0 if there is none.</summary>
    public int FirstText { get; private set; }

    /// <summary>The value in <see cref="FirstText"/>, shortened.</summary>
    public string Example { get; private set; } = "";

    /// <summary>The type of the column.</summary>
    public ColumnKind Kind => texts > 0 || (flags > 0 && numbers > 0) ? ColumnKind.Text
        : numbers > 0 ? ColumnKind.Number
        : flags > 0 ? ColumnKind.Flag
        : ColumnKind.Empty;

    /// <summary>True if most values are numbers and others are not, so that these are likely to be mistakes or markers of missing
    /// values.</summary>
    public bool IsMixed => numbers > 0 && texts + flags > 0;

    /// <summary>Counts a field.</summary>
    /// <param name="field">The field, without quotes and without blanks around it.</param>
    /// <param name="rules">The rules of the table.</param>
    /// <param name="line">The line of the field.</param>
    /// <returns>The number, 1 or 0 for true or false, and NaN for a missing value and for text.</returns>
    public double Add(ReadOnlySpan<byte> field, FieldRules rules, int line)
    {
        if (rules.IsMissing(field))
        {
            AddMissing(line);
            return double.NaN;
        }

        if (rules.TryNumber(field, out var number))
        {
            numbers++;
            return number;
        }

        if (FieldRules.TryFlag(field, out var flag))
        {
            flags++;
            Note(field, line, flags == 1 && texts == 0 && numbers > 0);
            return flag ? 1 : 0;
        }

        texts++;
        Note(field, line, texts == 1);
        return double.NaN;
    }

    /// <summary>Counts values of a type that the file states.</summary>
    /// <param name="kind">The type.</param>
    /// <param name="count">The number of values.</param>
    public void Add(ColumnKind kind, int count)
    {
        numbers += kind == ColumnKind.Number ? count : 0;
        flags += kind == ColumnKind.Flag ? count : 0;
        texts += kind == ColumnKind.Text ? count : 0;
    }

    /// <summary>Counts a missing value.</summary>
    /// <param name="line">The line of the field.</param>
    public void AddMissing(int line)
    {
        Missing++;
        FirstMissing = FirstMissing == 0 ? line : FirstMissing;
    }

    /// <summary>Describes the first value that is no number: <c>line 3 has 'high'</c>.</summary>
    public string FirstTextPlace => FirstText == 0 ? "it is text" : $"line {FirstText} has '{Example}'";

    private void Note(ReadOnlySpan<byte> field, int line, bool first)
    {
        if (first)
        {
            var text = Encoding.UTF8.GetString(field.ToArray());
            (FirstText, Example) = (line, text.Length > Shown ? text.Substring(0, Shown) + "…" : text);
        }
    }
}
