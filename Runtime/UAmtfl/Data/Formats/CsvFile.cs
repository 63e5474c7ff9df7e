using System.Globalization;
using System.Text;
using UAmtfl.Messages;

namespace UAmtfl.Data;

/// <summary>A table in a text file (RFC 4180): the first line names the columns, fields may be quoted, and every row has a field for each
/// column. Numbers have a decimal point. An empty field is a missing value, and so is a marker of <see cref="CsvOptions.Missing"/> in a
/// column of numbers.</summary>
/// <remarks>Lines end with LF, CR LF or CR. Empty columns without a name at the end, which spreadsheets leave, are dropped, and so are
/// empty lines at the end.</remarks>
public sealed class CsvFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly CsvFields fields;
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    private readonly byte[][] missing;

    private CsvFile(string source, CsvFields fields, IReadOnlyList<string> missing)
    {
        (Source, this.fields, this.missing) = (source, fields, [.. missing.Select(Encoding.UTF8.GetBytes)]);
        Columns = [.. Enumerable.Range(0, fields.Width).Select(c => Decode(-1, c))];
        for (var c = 0; c < Columns.Count; c++)
        {
            if (!columns.TryAdd(Columns[c], c))
            {
                throw new DataException(Columns[c].Length == 0
                    ? $"{source}: columns {columns[""] + 1} and {c + 1} have no name: name one"
                    : $"{source}: columns {columns[Columns[c]] + 1} and {c + 1} are both named '{Columns[c]}': rename one");
            }
        }
    }

    /// <summary>The path of the file, for messages.</summary>
    public string Source { get; }

    /// <summary>The names of the columns, in order; no two are the same.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The number N of rows below the one with the names.</summary>
    public int Count => fields.Rows;

    /// <summary>Reads a file whole, unpacking it if its name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">The character between fields: a comma or another ASCII character. If it is a tab, quotes have no
    /// meaning.</param>
    /// <exception cref="DataException">The file is missing or damaged, a row has more or fewer fields than the first, or a quote is never
    /// closed.</exception>
    public static CsvFile Read(string path, char separator = ',') => Read(path, new CsvOptions { Separator = separator });

    /// <summary>Reads a file whole, unpacking it if its name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The way in which the file is written.</param>
    /// <exception cref="DataException">The file is missing or damaged, a row has more or fewer fields than the first, or a quote is never
    /// closed.</exception>
    public static CsvFile Read(string path, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Separator, (char)127, nameof(options));
        var text = CsvText.Read(path, options.Limit, options.Encoding);
        return new(path, CsvFields.Parse(path, text, (byte)options.Separator), options.Missing);
    }

    /// <summary>True if the table has a column with this name.</summary>
    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>Returns the line of the file, from 1, in which a row begins.</summary>
    /// <param name="row">The index of the row, 0 … N − 1.</param>
    public int Line(int row) => fields.Line(row);

    /// <summary>Reads one field as text, which is empty if the value is missing.</summary>
    /// <param name="row">The index of the row, 0 … N − 1.</param>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="DataException">There is no such column, or the field is not UTF-8.</exception>
    public string Text(int row, string column) => Decode(row, Find(column));

    /// <summary>Reads a column as text, which is empty for a missing value.</summary>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="DataException">There is no such column, or a field is not UTF-8.</exception>
    public string[] Texts(string column)
    {
        var c = Find(column);
        return [.. Enumerable.Range(0, Count).Select(row => Decode(row, c))];
    }

    /// <summary>Reads a column of finite numbers, with NaN for a missing value.</summary>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="DataException">There is no such column, or a field is not a finite number.</exception>
    public double[] Numbers(string column)
    {
        var c = Find(column);
        var numbers = new double[Count];
        for (var row = 0; row < numbers.Length; row++)
        {
            var field = CsvRows.Trim(fields.Plain(row, c));
            if (IsMissing(field))
            {
                numbers[row] = double.NaN;
            }
            else if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[row])
                || !double.IsFinite(numbers[row]))
            {
                throw Refuse(row, c, "a finite number", "mend the field, or name it in CsvOptions.Missing if it marks a missing value");
            }
        }

        return numbers;
    }

    /// <summary>Reads a column of whole numbers, none of which may be missing.</summary>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="DataException">There is no such column, or a field is not a whole number of 32 bits.</exception>
    public int[] Integers(string column)
    {
        var c = Find(column);
        var numbers = new int[Count];
        for (var row = 0; row < numbers.Length; row++)
        {
            var field = CsvRows.Trim(fields.Plain(row, c));
            if (!int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[row]))
            {
                throw Refuse(row, c, "a whole number");
            }
        }

        return numbers;
    }

    /// <summary>Reads several columns of finite numbers as a matrix [N, M], row by row, with NaN for a missing value.</summary>
    /// <param name="names">The names of the M columns, in the order of the matrix.</param>
    /// <exception cref="DataException">There is no such column, or a field is not a finite number.</exception>
    public float[] Matrix(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var chosen = names.Select(Find).ToArray();
        var matrix = new float[Count * chosen.Length];
        var i = 0;
        for (var row = 0; row < Count; row++)
        {
            foreach (var c in chosen)
            {
                var field = CsvRows.Trim(fields.Plain(row, c));
                if (IsMissing(field))
                {
                    matrix[i] = float.NaN;
                }
                else if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out matrix[i])
                    || !float.IsFinite(matrix[i]))
                {
                    throw Refuse(row, c, "a finite number", "mend the field, or name it in CsvOptions.Missing if it marks a missing " +
                        "value");
                }

                i++;
            }
        }

        return matrix;
    }

    /// <summary>Finds the row of each identifier in a column. Every row needs an identifier of its own.</summary>
    /// <param name="column">The name of the column.</param>
    /// <exception cref="DataException">There is no such column, or an identifier is missing or occurs twice.</exception>
    public IReadOnlyDictionary<string, int> Rows(string column)
    {
        var rows = new Dictionary<string, int>(Count, StringComparer.Ordinal);
        foreach (var (row, id) in Texts(column).Index())
        {
            if (id.Length == 0)
            {
                throw Refuse(row, Find(column), "an identifier");
            }

            if (!rows.TryAdd(id, row))
            {
                throw new DataException(
                    $"{Source}: lines {Line(rows[id])} and {Line(row)} both have '{id}' in column '{column}': remove one");
            }
        }

        return rows;
    }

    private int Find(string column) => columns.TryGetValue(column, out var index)
        ? index
        : throw new DataException($"{Source}: no column '{column}'; " + (Columns.Count > 50
            ? $"there are {Columns.Count}, from '{Columns[0]}' to '{Columns[^1]}'"
            : Nearest.Hint(column, Columns)));

    private string Decode(int row, int column)
    {
        try
        {
            return Strict.GetString(fields.Plain(row, column));
        }
        catch (DecoderFallbackException error)
        {
            throw new DataException(
                $"{Source}: line {fields.Line(row)}, column {column + 1}: the text is not UTF-8: name its encoding with " +
                "CsvOptions.Encoding, or convert the file", error);
        }
    }

    private bool IsMissing(ReadOnlySpan<byte> field)
    {
        foreach (var marker in missing)
        {
            if (field.SequenceEqual(marker))
            {
                return true;
            }
        }

        return field.IsEmpty;
    }

    private DataException Refuse(int row, int column, string wanted, string remedy = "mend the field")
    {
        var text = Decode(row, column);
        var shown = text.Length == 0 ? "nothing" : $"'{(text.Length > 40 ? text[..40] + "…" : text)}'";
        return new($"{Source}: line {Line(row)}, column '{Columns[column]}': {shown}, expected {wanted}: {remedy}");
    }
}
