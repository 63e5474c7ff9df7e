using System.Globalization;
using System.Numerics;
using Parquet;
using Parquet.Schema;
using UAmtfl.Messages;

namespace UAmtfl.Data.Tables;

/// <summary>Reads the columns of a table from Parquet files, whose types the file states. The line of a message is the row, from
/// 1.</summary>
internal sealed class ParquetTable
{
    private readonly List<TableColumn> columns = [];
    private readonly List<(string Path, int First)> firsts = [];
    private readonly Dictionary<TableColumn, Dictionary<string, int>> texts = [];
    private readonly IReadOnlyList<string> paths;
    private readonly int[] lines;
    private ColumnUse[] uses = [];
    private int rows;

    private ParquetTable(IReadOnlyList<string> paths, int count) => (this.paths, lines) = (paths, new int[count]);

    /// <summary>Reads files.</summary>
    /// <param name="paths">The files, of which the first says the order of the columns.</param>
    /// <param name="choose">Chooses by the names of the columns what is kept of each.</param>
    /// <exception cref="DataException">A file is missing or damaged, has other columns than the first, or a column of a type that is
    /// neither a number nor text.</exception>
    public static TableData Read(IReadOnlyList<string> paths, Func<IReadOnlyList<string>, IReadOnlyList<ColumnUse>> choose)
    {
        // The files are in memory, so that no call waits.
        var readers = paths.Select(path => (Path: path, Bytes: DataFile.Read(path, Array.MaxLength)))
            .Select(f => Guarded(f.Path, () => ParquetReader.CreateAsync(new MemoryStream(f.Bytes)).GetAwaiter().GetResult())).ToList();
        var table = new ParquetTable(paths, readers.Sum(r => r.RowGroups.Sum(g => (int)g.RowCount)));
        foreach (var (path, reader) in paths.Zip(readers))
        {
            Guarded(path, () => table.ReadFile(path, reader, choose));
        }

        foreach (var (column, found) in table.texts)
        {
            column.Sort([.. found.OrderBy(t => t.Value).Select(t => t.Key)]);
        }

        return new(table.columns, table.firsts, table.lines, table.rows);
    }

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (UAmtflException or OutOfMemoryException))
        {
            // The library reports a damaged file by exceptions of many types.
            throw new DataException(
                $"{path}: no Parquet file, or a damaged one ({Words.Clause(PlainText.Line(error.Message))}): fetch it again", error);
        }
    }

    private bool ReadFile(string path, ParquetReader reader, Func<IReadOnlyList<string>, IReadOnlyList<ColumnUse>> choose)
    {
        var fields = reader.Schema.DataFields.ToDictionary(f => f.Path.ToString());
        if (columns.Count == 0)
        {
            columns.AddRange(fields.Keys.Select(n => new TableColumn(n)));
            uses = [.. choose([.. fields.Keys])];
        }

        firsts.Add((path, rows));
        foreach (var group in reader.RowGroups)
        {
            var count = (int)group.RowCount;
            for (var c = 0; c < columns.Count; c++)
            {
                if (uses[c] != ColumnUse.None)
                {
                    ReadColumn(path, group, columns[c], uses[c], count, fields.GetValueOrDefault(columns[c].Tally.Name) ?? throw new
                        DataException($"{path}: there is no column '{columns[c].Tally.Name}', which {paths[0]} has: add it"));
                }
            }

            for (var i = 0; i < count; i++)
            {
                lines[rows + i] = rows + i + 1 - firsts[^1].First;
            }

            rows += count;
        }

        return rows > firsts[^1].First ? true : throw new DataException($"{path}: the table has no row: fetch it again");
    }

    private void ReadColumn(string path, ParquetRowGroupReader group, TableColumn column, ColumnUse use, int count, DataField field)
    {
        if (field.MaxRepetitionLevel > 0)
        {
            throw new DataException($"{path}: column '{column.Tally.Name}' has lists: leave it out with Ignore");
        }

        var type = field.ClrType;
        if (type == typeof(bool))
        {
            ReadFlags(group, column, use, count, field);
        }
        else if (type == typeof(ReadOnlyMemory<char>) || type == typeof(string))
        {
            var values = new string?[count];
            group.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
            Keep(column, ColumnKind.Text, values, _ => float.NaN, text => text, ColumnUse.Texts);
        }
        else if (!ReadNumbers(path, group, column, use, count, field))
        {
            throw new DataException(
                $"{path}: column '{column.Tally.Name}' is of type {type.Name}, neither numbers nor text: leave it out with Ignore");
        }

        if (column.Numbers is not null && texts.ContainsKey(column) && !use.HasFlag(ColumnUse.Texts))
        {
            throw new DataException($"{path}: column '{column.Tally.Name}' is of another type than in {paths[0]}: convert one of them");
        }
    }

    private void ReadFlags(ParquetRowGroupReader group, TableColumn column, ColumnUse use, int count, DataField field)
    {
        var values = new bool?[count];
        group.ReadAsync<bool>(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
        var words = Array.ConvertAll(values, v => v is null ? null : v.Value ? "true" : "false");
        Keep(column, ColumnKind.Flag, words, word => word == "true" ? 1 : 0, word => word, use);
    }

    private bool ReadNumbers(
        string path, ParquetRowGroupReader group, TableColumn column, ColumnUse use, int count, DataField field)
    {
        var type = field.ClrType;
        return type == typeof(double) ? Read<double>() : type == typeof(float) ? Read<float>()
            : type == typeof(int) ? Read<int>() : type == typeof(long) ? Read<long>()
            : type == typeof(short) ? Read<short>() : type == typeof(sbyte) ? Read<sbyte>()
            : type == typeof(byte) ? Read<byte>() : type == typeof(ushort) ? Read<ushort>()
            : type == typeof(uint) ? Read<uint>() : type == typeof(ulong) ? Read<ulong>()
            : type == typeof(decimal) && Read<decimal>();

        bool Read<T>()
            where T : struct, INumberBase<T>
        {
            var values = new T?[count];
            group.ReadAsync<T>(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
            for (var i = 0; i < count; i++)
            {
                values[i] = values[i] is { } value && T.IsNaN(value) ? null : values[i];
                if (values[i] is { } number && !float.IsFinite(float.CreateSaturating(number)))
                {
                    throw new DataException(
                        $"{path}: line {rows + i + 1 - firsts[^1].First}, column '{column.Tally.Name}': the number is infinite, or too "
                            + "large for float32: mend it");
                }
            }

            Keep(
                column, ColumnKind.Number, values, v => float.CreateSaturating(v!.Value),
                v => v!.Value.ToString(null, CultureInfo.InvariantCulture), use);
            return true;
        }
    }

    /// <summary>Keeps the values of a row group as numbers, as texts or as both.</summary>
    private void Keep<T>(
        TableColumn column, ColumnKind kind, T?[] values, Func<T, float> number, Func<T, string> text, ColumnUse use)
    {
        var first = rows - firsts[^1].First;
        if (kind != ColumnKind.Text && use.HasFlag(ColumnUse.Values))
        {
            column.Numbers ??= new float[lines.Length];
        }

        if (use.HasFlag(ColumnUse.Texts))
        {
            column.Codes ??= new int[lines.Length];
            texts.TryAdd(column, new(StringComparer.Ordinal));
        }

        var present = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (value is null)
            {
                column.Tally.AddMissing(first + i + 1);
            }
            else
            {
                present++;
            }

            if (kind != ColumnKind.Text && column.Numbers is { } numbers)
            {
                numbers[rows + i] = value is null ? float.NaN : number(value);
            }

            if (use.HasFlag(ColumnUse.Texts))
            {
                column.Codes![rows + i] = value is null ? -1 : Code(texts[column], text(value));
            }
        }

        column.Tally.Add(kind, present);
    }

    private static int Code(Dictionary<string, int> known, string text)
    {
        if (!known.TryGetValue(text, out var code))
        {
            code = known.Count;
            known.Add(text, code);
        }

        return code;
    }
}
