using System.Globalization;
using System.Text;
using UAmtfl.Data;
using UAmtfl.Files;
using UAmtfl.Messages;
using static TorchSharp.torch;

namespace UAmtfl.Hosting;

/// <summary>Reads the inputs of predictions and writes the predictions, as CSV with names of columns or as NPY.</summary>
internal static class PredictionFile
{
    private const string Csv = ".csv", Tabs = ".tsv", Numpy = ".npy", Zipped = ".gz", Id = "id";

    /// <summary>Refuses a name of an output whose format is unknown, or that is the file of the inputs, before anything is
    /// computed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">The file with the inputs.</param>
    /// <exception cref="UAmtflException">The name ends otherwise, or the file is that of the inputs.</exception>
    public static void RequireOutput(string path, string input)
    {
        if (File.Exists(input) && File.Exists(path) && Target(path) == Target(input))
        {
            throw new UAmtflException(
                $"--output {path} is the file of --input: name another, because the predictions would take the place of the inputs");
        }

        if (!path.EndsWith(Csv, StringComparison.OrdinalIgnoreCase) && !path.EndsWith(Numpy, StringComparison.OrdinalIgnoreCase))
        {
            throw new UAmtflException($"--output {path} is neither NAME{Csv} nor NAME{Numpy}: let its name say the format");
        }
    }

    /// <summary>Returns the whole path of a file, or of the one that a link leads to.</summary>
    private static string Target(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    /// <summary>True if a file is an array, which has no names of columns.</summary>
    /// <param name="path">The file.</param>
    public static bool IsArray(string path) => Format(path) == Numpy;

    /// <summary>Reads inputs.</summary>
    /// <param name="path">A file NAME.csv or NAME.tsv with the entries of one sample in each row, in the order of its columns, or NAME.npy
    /// [N, …]; all may be gzipped.</param>
    /// <param name="shape">The shape of one sample.</param>
    /// <returns>[N, …], in the current dispose scope, and where the samples are in the file.</returns>
    /// <exception cref="DataException">The file is missing or damaged, or does not have that shape.</exception>
    public static (Tensor Values, SampleOrigin Origin) Read(string path, IReadOnlyList<long> shape)
    {
        return Format(path) switch
        {
            Csv => ReadTable(CsvFile.Read(path), shape),
            Tabs => ReadTable(CsvFile.Read(path, '\t'), shape),
            Numpy => ReadArray(NpyFile.Read(path), shape),
            _ => throw new UAmtflException(
                $"--input {path} is none of NAME{Csv}, NAME{Tabs} and NAME{Numpy}: let its name say the format"),
        };
    }

    /// <summary>Writes predictions.</summary>
    /// <param name="path">The file, NAME.csv or NAME.npy.</param>
    /// <param name="columns">The columns; an array has them in this order, without their names.</param>
    /// <param name="ids">The name of each row, which is the first column of a table; null if they have none.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<PredictionColumn> columns, IReadOnlyList<string>? ids = null) =>
        RunFolder.Guarded(path, () =>
        {
            var rows = Enumerable.Range(0, columns[0].Values.Length)
                .Select(i => columns.Select(c => c.Values[i]).ToArray()).ToArray();
            WholeFile.Write(path, stream =>
            {
                if (path.EndsWith(Numpy, StringComparison.OrdinalIgnoreCase))
                {
                    Npy.Write(stream, rows);
                    return;
                }

                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                WriteTable(writer, columns, rows, ids);
            });
            return true;
        });

    private static void WriteTable(
        StreamWriter writer, IReadOnlyList<PredictionColumn> columns, double[][] rows, IReadOnlyList<string>? ids)
    {
        Write([.. ids is null ? (string[])[] : [Id], .. columns.Select(c => Quoted(c.Name))]);
        for (var i = 0; i < rows.Length; i++)
        {
            var values = rows[i].Select(v => v.ToString("R", CultureInfo.InvariantCulture));
            Write([.. ids is null ? (string[])[] : [Quoted(ids[i])], .. values]);
        }

        void Write(string[] fields) => writer.Write(string.Join(',', fields) + "\n");
    }

    private static string Format(string path) => Path.GetExtension(
        path.EndsWith(Zipped, StringComparison.OrdinalIgnoreCase) ? path[..^Zipped.Length] : path).ToLowerInvariant();

    private static (Tensor Values, SampleOrigin Origin) ReadTable(CsvFile table, IReadOnlyList<long> shape)
    {
        var size = shape.Aggregate(1L, (product, length) => product * length);
        if (table.Columns.Count != size)
        {
            throw new DataException(
                $"{table.Source}: line 1 names {Words.Count(table.Columns.Count, "column")}, but the model takes {size} numbers a row, "
                    + $"for a shape of [{string.Join(", ", shape)}]: give as many columns");
        }

        var numbers = table.Matrix(table.Columns);
        if (Array.FindIndex(numbers, float.IsNaN) is >= 0 and var missing)
        {
            throw new DataException(
                $"{table.Source}: line {table.Line((int)(missing / size))}, column '{table.Columns[(int)(missing % size)]}': "
                    + "the value is missing, and the model needs every number: fill it in or leave the row out");
        }

        return (
            tensor(numbers, [table.Count, .. shape]), new(row => $"{table.Source}: line {table.Line((int)row)}", table.Columns, []));
    }

    private static (Tensor Values, SampleOrigin Origin) ReadArray(NpyFile array, IReadOnlyList<long> shape)
    {
        var sample = array.Shape.Skip(1).Select(length => (long)length).ToList();
        var size = shape.Aggregate(1L, (product, length) => product * length);
        return array.Shape.Count > 0 && (sample.SequenceEqual(shape) || (sample.Count == 1 && sample[0] == size))
            ? (tensor(array.Floats(), [array.Shape[0], .. shape]), new(row => $"{array.Source}: sample {row}", [], []))
            : throw new DataException(
                $"{array.Source}: an array of shape [{string.Join(", ", array.Shape)}], but the model takes "
                    + $"[N, {string.Join(", ", shape)}]: give rows of that shape");
    }

    private static string Quoted(string name) =>
        name.AsSpan().ContainsAny(",\"\r\n") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
