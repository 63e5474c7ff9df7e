using UAmtfl.Data;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Landmine;

/// <summary>Landmine detection (Xue, Liao, Carin and Krishnapuram 2007): 29 fields, each a binary task (mine or clutter) on rows of its
/// own, 9 features of radar images.</summary>
/// <remarks>
/// <para>Each seed draws, for each field, rows to train on (<c>--landmine:Dataset:TrainPerTask</c>, 20 to 300, by default 160), 60 rows
/// to choose by, and tests on the rest, 225 to 470 at the default. The draws are stratified: each part has the field's share of mines,
/// 6 %, and at least one.</para>
/// <para>Inputs [N, 9] are to be standardised by the training rows of all fields together; a feature that is constant there is then 0.
/// Labels [N] and owner [N], the field from 0. Identifiers are the lines of the file.</para>
/// </remarks>
public sealed class LandmineFields : IPerTaskDataset
{
    /// <summary>The number of features of a row.</summary>
    public const int Features = 9;

    /// <summary>The number of validation rows of each field.</summary>
    public const int ValidationPerTask = 60;

    /// <summary>The number of fields, which is that of the tasks.</summary>
    public static int Fields => LandmineDetection.Descriptor.Tasks.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> Options => ["TrainPerTask"];

    /// <inheritdoc/>
    public CatalogueEntry Entry => LandmineCatalogue.Entry;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        var trainPerTask = request.Integer("TrainPerTask", 160, 20, 300);
        return Split(CsvFile.Read(Path.Combine(DataFolder.Locate(Entry, request), "landmine.csv.gz")), trainPerTask, request.Seed);
    }

    /// <summary>Splits the table into training, validation and test rows of each field.</summary>
    /// <param name="table">Columns task (0 to 28), label (0 or 1), f0 to f8.</param>
    /// <param name="trainPerTask">Rows of each field to train on.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="DataException">A column is missing, a field is none of the 29 or has too few rows, a label is no class, or a
    /// feature is missing.</exception>
    public static Splits Split(CsvFile table, int trainPerTask, int seed)
    {
        var (owners, labels) = (Checked(table, "task", Fields - 1), Checked(table, "label", 1));
        string[] names = [.. Enumerable.Range(0, Features).Select(f => $"f{f}")];
        var inputs = table.Matrix(names);
        if (Array.FindIndex(inputs, float.IsNaN) is >= 0 and var missing)
        {
            throw new DataException(
                $"{table.Source}: line {table.Line(missing / Features)}, column '{names[missing % Features]}': no value, expected a " +
                "finite number: fetch the file again");
        }

        var draws = Draw(table.Source, owners, labels, trainPerTask, seed);
        return new(Take(d => d.Train), Take(d => d.Validation), Take(d => d.Test), SharedTest: false)
        {
            InputTransforms = [new Standardise { Unbiased = true }],
        };

        Samples Take(Func<FieldDraw, int[]> part) => Rows([.. draws.SelectMany(part)]);

        Samples Rows(int[] rows) => new(
            tensor(rows.SelectMany(r => inputs[(r * Features)..((r + 1) * Features)]).ToArray(), [rows.Length, Features]),
            tensor(rows.Select(r => (float)labels[r]).ToArray()),
            tensor(rows.Select(r => (long)owners[r]).ToArray()))
        {
            Ids = [.. rows.Select(r => $"line {table.Line(r)}")],
        };
    }

    private static FieldDraw[] Draw(string source, int[] owners, int[] labels, int trainPerTask, int seed)
    {
        var random = new SplitMix64(seed);
        var rows = Enumerable.Range(0, owners.Length).ToLookup(r => (owners[r], labels[r]));
        var draws = new FieldDraw[Fields];
        for (var field = 0; field < draws.Length; field++)
        {
            int[] mines = [.. rows[(field, 1)]], clutter = [.. rows[(field, 0)]];
            draws[field] = FieldDraw.From(mines, clutter, trainPerTask, ValidationPerTask, random)
                ?? throw new DataException(
                    $"{source}: field {field} has {mines.Length} mines and {clutter.Length} others, too few for {trainPerTask} rows to " +
                    $"train on, {ValidationPerTask} to choose by and a test with both: fetch the file again, or lower TrainPerTask");
        }

        return draws;
    }

    /// <summary>Reads a column of whole numbers from 0 to a largest one.</summary>
    private static int[] Checked(CsvFile table, string column, int most)
    {
        var numbers = table.Integers(column);
        return Array.FindIndex(numbers, n => n < 0 || n > most) is >= 0 and var row
            ? throw new DataException(
                $"{table.Source}: line {table.Line(row)}, column '{column}': {numbers[row]}, expected 0 to {most}: fetch the file again")
            : numbers;
    }
}
