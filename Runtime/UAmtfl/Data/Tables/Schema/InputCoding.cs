namespace UAmtfl.Data.Tables;

/// <summary>Decides how a column becomes inputs: a number or a flag one column, a category one for each value.</summary>
internal static class InputCoding
{
    /// <summary>The largest number of values of a column of text that is not declared as one of categories, because text with more is
    /// likely to be names or mistakes.</summary>
    public const int MostUndeclared = 100;

    /// <summary>True if a column is coded as categories.</summary>
    /// <param name="column">The column.</param>
    /// <param name="declared">True if the declaration says that it has categories.</param>
    public static bool IsCategory(ColumnFacts column, bool declared) => declared || column.Tally.Kind == ColumnKind.Text;

    /// <summary>Says why a column cannot be an input, for a message that begins with the column; null if it can.</summary>
    /// <param name="column">The column, with its texts if it is one of text.</param>
    /// <param name="declared">True if the declaration says that it has categories.</param>
    /// <param name="missingIsError">True if no value may be missing.</param>
    /// <param name="decimalComma">True if numbers have a decimal comma.</param>
    public static string? Problem(ColumnFacts column, bool declared, bool missingIsError, bool decimalComma)
    {
        var tally = column.Tally;
        if (tally.Kind == ColumnKind.Empty)
        {
            return "has no value: leave it out with Ignore";
        }

        if (missingIsError && tally.Missing > 0)
        {
            return $"has {tally.Missing} missing value{(tally.Missing == 1 ? "" : "s")}, the first in line {tally.FirstMissing}: "
                + "say with Missing what is done with them";
        }

        if (declared || tally.Kind != ColumnKind.Text)
        {
            return null;
        }

        if (!decimalComma && LooksLikeDecimalComma(tally.Example))
        {
            return $"has a decimal comma, {tally.FirstTextPlace}: write DecimalComma = true";
        }

        if (tally.IsMixed)
        {
            return $"has numbers, and {tally.FirstTextPlace}: mend it, name it in Markers if it marks a missing value, or the column in "
                + "Categories if its values are categories";
        }

        return column.Texts is { Count: > MostUndeclared }
            ? $"is text with {column.Texts.Count} different values, {tally.FirstTextPlace}: leave it out with Ignore, or name it in "
                + "Categories if each value is to be an input"
            : null;
    }

    /// <summary>Returns the number of inputs that a column becomes.</summary>
    /// <param name="column">The column.</param>
    /// <param name="declared">True if the declaration says that it has categories.</param>
    /// <param name="unknownColumn">True if unknown categories have an input of their own.</param>
    public static int Width(ColumnFacts column, bool declared, bool unknownColumn) =>
        IsCategory(column, declared) ? column.Texts!.Count + (unknownColumn ? 1 : 0) : 1;

    private static bool LooksLikeDecimalComma(string text)
    {
        var comma = text.IndexOf(',');
        return comma > 0 && text.All(c => c is (>= '0' and <= '9') or ',' or '-') && text.IndexOf(',', comma + 1) < 0;
    }
}
