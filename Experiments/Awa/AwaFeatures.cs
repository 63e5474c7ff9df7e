using System.Text;
using UAmtfl.Data;
using UAmtfl.Experiments.Tables;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Awa;

/// <summary>Features of photographs of 50 animals, with the 85 attributes of each animal (Lampert et al. 2009): each seed draws 1,080 to
/// train on, 60 to choose by and 60 to test on.</summary>
/// <remarks>Inputs [N, d] are to be replaced by their coordinates along 500 principal components of the training rows;
/// labels [N, 85] are the animal's row of <c>predicate-matrix-binary.txt</c>.</remarks>
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
        var features = ImageFeatures.Read(folder, attributes.Length);
        var drawn = TrainRows + (2 * OtherRows);
        if (features.Count < drawn)
        {
            throw new DataException($"{features.Source}: the features of {features.Count} images: give those of at least {drawn}");
        }

        var rows = new SplitMix64(request.Seed).Sample<int>([.. Enumerable.Range(0, features.Count)], drawn);
        return new(
            Take(rows[..TrainRows]), Take(rows[TrainRows..(TrainRows + OtherRows)]), Take(rows[(TrainRows + OtherRows)..]),
            SharedTest: false)
        {
            InputTransforms = [new Pca(Components)],
        };

        Samples Take(int[] chosen) => new(
            features.Rows(chosen),
            tensor(chosen.SelectMany(row => attributes[features.Classes[row]]).ToArray(), [chosen.Length, tasks.Length]));
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
