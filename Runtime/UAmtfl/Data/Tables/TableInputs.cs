using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace UAmtfl.Data.Tables;

/// <summary>The kinds of input columns of a table.</summary>
internal enum TableInputKind
{
    /// <summary>The column has numbers.</summary>
    Number,

    /// <summary>The column has true and false.</summary>
    Flag,

    /// <summary>The column has categories.</summary>
    Category,
}

/// <summary>An input column of a table.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Kind">The kind of the column.</param>
/// <param name="Categories">The values in the order of the inputs; null if the column has no categories.</param>
internal sealed record TableInput(string Name, TableInputKind Kind, IReadOnlyList<string>? Categories = null);

/// <summary>The input columns of a table in the order in which a network takes them. It is saved with a model, so that a model reads the
/// same columns when it predicts.</summary>
internal sealed record TableInputs
{
    /// <summary>The number of rows that are written at once, few enough for their columns to stay in the processor's cache.</summary>
    private const int Block = 256;

    /// <summary>The columns.</summary>
    public required IReadOnlyList<TableInput> Columns { get; init; }

    /// <summary>What is done with a category that is none of those in <see cref="Columns"/>.</summary>
    public required UnknownCategories Unknown { get; init; }

    /// <summary>What is done with a missing input.</summary>
    public required MissingInputs Missing { get; init; }

    /// <summary>How tables are written.</summary>
    public required TableFormat Format { get; init; }

    /// <summary>The classes of the tasks whose labels are no numbers, by the name of the task's column, in the order of the
    /// labels.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Classes { get; init; }

    /// <summary>The column with an identifier of each row, which predictions are written with if a file has it; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>The number D of inputs.</summary>
    [JsonIgnore]
    public int Width => Columns.Sum(WidthOf);

    /// <summary>The name of each input, [D], which is that of its column.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Names => [.. Columns.SelectMany(c => Enumerable.Repeat(c.Name, WidthOf(c)))];

    /// <summary>Reads the inputs of a table that has the columns by name; others are not read.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The inputs [N, D], NaN for a missing one, in the current dispose scope; the identifier of each row, null if the file has
    /// none; and where the inputs are in the file.</returns>
    /// <exception cref="DataException">A column is missing, or has a value that the model cannot take.</exception>
    public (Tensor Values, IReadOnlyList<string>? Ids, SampleOrigin Origin) Read(string path)
    {
        int[] places = [];
        var id = -1;
        var table = TableReader.Read([path], Format, names =>
        {
            var known = new ColumnNames(names);
            places = [.. Columns.Select(c => known.Find(c.Name) is >= 0 and var place ? place
                : throw new DataException($"{path}: there is no column '{c.Name}', which the model takes; {known.Hint(c.Name)}"))];
            var uses = new ColumnUse[names.Count];
            foreach (var (column, place) in Columns.Zip(places))
            {
                uses[place] = column.Kind == TableInputKind.Category ? ColumnUse.Texts : ColumnUse.Values;
            }

            id = Id is null ? -1 : known.Find(Id);
            if (id >= 0)
            {
                uses[id] = ColumnUse.Texts;
            }

            return uses;
        });
        TableColumn[] columns = [.. places.Select(p => table.Columns[p])];
        foreach (var (input, column) in Columns.Zip(columns))
        {
            Require(path, input, column.Tally);
        }

        return (
            Encode(table, columns, [.. Enumerable.Range(0, table.Count)]),
            id < 0 ? null : [.. table.Columns[id].Codes!.Select(code => code < 0 ? "" : table.Columns[id].Texts[code])],
            new(row => table.Place((int)row), Names, []));
    }

    /// <summary>Writes rows of a table as inputs.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The table's columns, in the order of <see cref="Columns"/>.</param>
    /// <param name="rows">The rows [N].</param>
    /// <returns>The inputs [N, D], float32, NaN for a missing one.</returns>
    /// <exception cref="DataException">A category is unknown, and that is an error.</exception>
    public Tensor Encode(TableData table, IReadOnlyList<TableColumn> columns, int[] rows)
    {
        var places = Columns.Zip(columns, Places).ToArray();
        var width = Width;
        var inputs = zeros(rows.Length, width);
        for (var first = 0; first < rows.Length; first += Block)
        {
            var block = rows.AsSpan(first, Math.Min(Block, rows.Length - first));
            using var part = inputs.narrow(0, first, block.Length);
            var numbers = MemoryMarshal.Cast<byte, float>(part.bytes);
            var offset = 0;
            for (var c = 0; c < columns.Count; c++)
            {
                if (places[c] is { } known)
                {
                    WriteCategories(table, columns[c], Columns[c], known, block, numbers, width, offset);
                }
                else
                {
                    var values = columns[c].Numbers!;
                    for (var i = 0; i < block.Length; i++)
                    {
                        numbers[(i * width) + offset] = values[block[i]];
                    }
                }

                offset += WidthOf(Columns[c]);
            }

            GC.KeepAlive(part);
        }

        return inputs;
    }

    private int WidthOf(TableInput column) =>
        column.Categories is null ? 1 : column.Categories.Count + (Unknown == UnknownCategories.Column ? 1 : 0);

    /// <summary>Returns for each text of a column its place among the known categories, −1 for an unknown one; null for a column of
    /// numbers.</summary>
    private static int[]? Places(TableInput input, TableColumn column)
    {
        if (input.Categories is null)
        {
            return null;
        }

        var known = input.Categories.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        return [.. column.Texts.Select(text => known.GetValueOrDefault(text, -1))];
    }

    private void WriteCategories(
        TableData table, TableColumn column, TableInput input, int[] known, ReadOnlySpan<int> rows, Span<float> numbers, int width,
        int offset)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var inputs = numbers.Slice((i * width) + offset, WidthOf(input));
            var code = column.Codes![rows[i]];
            if (code < 0)
            {
                inputs.Fill(float.NaN);
            }
            else if (known[code] >= 0 || Unknown == UnknownCategories.Column)
            {
                inputs[known[code] >= 0 ? known[code] : ^1] = 1;
            }
            else
            {
                throw new DataException(
                    $"{table.Place(rows[i])}, column '{input.Name}': '{column.Texts[code]}' is a category that the training had not, "
                        + $"{ColumnFacts.List(input.Categories!)}: mend the field, or train with Unknown = UnknownCategories.Column");
            }
        }
    }

    /// <summary>Refuses a column of another kind than in the training, and missing values if nothing replaces them.</summary>
    private void Require(string path, TableInput input, ColumnTally tally)
    {
        var wanted = input.Kind == TableInputKind.Number ? ColumnKind.Number : ColumnKind.Flag;
        if (input.Kind != TableInputKind.Category && tally.Kind != wanted && tally.Kind != ColumnKind.Empty)
        {
            throw new DataException(
                $"{path}: column '{input.Name}' had {(wanted == ColumnKind.Number ? "numbers" : "true or false")} in the training, "
                    + $"and {(tally.Kind == ColumnKind.Text ? tally.FirstTextPlace : "here it has the other")}: mend it");
        }

        if (tally.Missing > 0 && Missing is MissingInputs.Error or MissingInputs.Drop)
        {
            throw new DataException(
                $"{path}: line {tally.FirstMissing}, column '{input.Name}': the value is missing, and the model was trained with "
                    + $"Missing = {Missing}: fill it in or leave the row out");
        }
    }
}
