using System.Globalization;
using System.Text;
using UAmtfl.Data;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Awa;

/// <summary>Features of photographs of 50 animals, with the 85 attributes of each animal (Lampert et al. 2009): each seed draws 1,080 to
/// train on, 60 to choose by and 60 to test on.</summary>
/// <remarks>Inputs [N, d] are the rows of <c>features.npy</c>, which are to be replaced by their coordinates along 500 principal
/// components of the training rows; labels [N, 85] are the animal's row of <c>predicate-matrix-binary.txt</c>.</remarks>
public sealed class AwaFeatures : IDataset
{
    /// <summary>The number of principal components, which is that of the features.</summary>
    public const int Components = 500;

    private const int TrainRows = 1080, OtherRows = 60;

    /// <inheritdoc/>
    public CatalogueEntry Entry => AwaCatalogue.Features;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var folder = DataFolder.Locate(Entry, request);
        string[] tasks = [.. AwaAttributes.Descriptor.Tasks.Declared.Tasks.Select(t => t.Name)];
        var attributes = Attributes(folder, tasks);
        var features = NpyFile.Read(Path.Combine(folder, "features.npy"), rank: 2);
        var animals = NpyFile.Read(Path.Combine(folder, "labels.npy"));
        var (inputs, numbers) = (features.Floats(), animals.Floats());
        var (count, width, drawn) = (features.Shape[0], features.Shape[1], TrainRows + (2 * OtherRows));
        if (numbers.Length != count || count < drawn)
        {
            throw new DataException(
                $"{features.Source}: {count} rows, beside {numbers.Length} animals of {animals.Source}: give as many of both, at least "
                    + $"{drawn}");
        }

        var rows = new SplitMix64(request.Seed).Sample<int>([.. Enumerable.Range(0, count)], drawn);
        return new(
            Take(rows[..TrainRows]), Take(rows[TrainRows..(TrainRows + OtherRows)]), Take(rows[(TrainRows + OtherRows)..]),
            SharedTest: false)
        {
            InputTransforms = [new Pca(Components)],
        };

        Samples Take(int[] chosen) => new(
            tensor(chosen.SelectMany(r => inputs.AsSpan(r * width, width).ToArray()).ToArray(), [chosen.Length, width]),
            tensor(chosen.SelectMany(Labels).ToArray(), [chosen.Length, tasks.Length]));

        float[] Labels(int row) => numbers[row] is var number && number >= 1 && number <= attributes.Length && number == (int)number
            ? attributes[(int)number - 1]
            : throw new DataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{animals.Source}: animal {number} of row {row}, expected a whole number from 1 to {attributes.Length}: ")
                    + "give the numbers of the rows of predicate-matrix-binary.txt");
    }

    /// <summary>Reads the attributes of each animal, in the order of the tasks.</summary>
    private static float[][] Attributes(string folder, string[] tasks)
    {
        var (names, matrix) = (Path.Combine(folder, "predicates.txt"), Path.Combine(folder, "predicate-matrix-binary.txt"));
        string[] written = [.. Lines(names).Select(words => words[^1])];
        var columns = Array.ConvertAll(tasks, task => Array.IndexOf(written, task) is >= 0 and var column ? column
            : throw new DataException($"{names}: there is no attribute {task}: fetch the file again"));
        return [.. Lines(matrix).Select((words, line) => words.Length == written.Length && Array.TrueForAll(words, w => w is "0" or "1")
            ? Array.ConvertAll(columns, c => words[c] == "1" ? 1f : 0)
            : throw new DataException(
                $"{matrix}: line {line + 1}: expected {written.Length} numbers, each 0 or 1: fetch the file again"))];
    }

    private static IEnumerable<string[]> Lines(string path) => Encoding.UTF8.GetString(DataFile.Read(path)).Split('\n')
        .Select(line => line.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0);
}
