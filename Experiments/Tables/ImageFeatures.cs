using System.Globalization;
using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Tables;

/// <summary>Features of images that were computed elsewhere, with the class of each image.</summary>
/// <param name="Source">The file of the features, for messages.</param>
/// <param name="Width">d, the number of features.</param>
/// <param name="Values">[N · d], image after image.</param>
/// <param name="Classes">[N], the class of each image: 0, 1, …</param>
public sealed record ImageFeatures(string Source, int Width, float[] Values, int[] Classes)
{
    /// <summary>The description of the files, for the catalogue.</summary>
    public const string Files = "features.mat with the variables features and labels, or features.npy and labels.npy";

    /// <summary>N, the number of images.</summary>
    public int Count => Classes.Length;

    /// <summary>Reads <c>features.mat</c> with the variables <c>features</c> [d, N] or [N, d] and <c>labels</c>, N numbers; if there is no
    /// such file, <c>features.npy</c> [N, d] and <c>labels.npy</c>, N numbers. Classes are numbered from 1 in the files.</summary>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="DataException">A file or a variable is missing or damaged, the sizes do not fit, or a label is no
    /// class.</exception>
    public static ImageFeatures Read(string folder, int classes)
    {
        var matlab = Path.Combine(folder, "features.mat");
        return File.Exists(matlab) ? OfMatlab(MatFile.Read(matlab), classes) : OfNumPy(folder, classes);
    }

    /// <summary>Copies the features of some images into a tensor.</summary>
    /// <param name="rows">The indices of N' images.</param>
    /// <returns>[N', d], float32.</returns>
    public Tensor Rows(int[] rows) =>
        tensor(rows.SelectMany(r => Values.AsSpan(r * Width, Width).ToArray()).ToArray(), [rows.Length, Width]);

    private static ImageFeatures OfMatlab(MatFile file, int classes)
    {
        var (features, labels) = (file.Matrix("features"), file.Matrix("labels"));
        var source = $"{file.Source}: variable features";
        var (count, isByColumn) = (labels.Values.Length, features.Columns == labels.Values.Length);
        return features.Shape.Count == 2 && (isByColumn || features.Rows == count)
            ? new(
                source, isByColumn ? features.Rows : features.Columns,
                isByColumn ? Array.ConvertAll(features.Values, v => (float)v) : features.RowMajor(),
                Numbered($"{file.Source}: variable labels", labels.Values, classes))
            : throw Unequal(source, features.Shape, count);
    }

    private static ImageFeatures OfNumPy(string folder, int classes)
    {
        var features = NpyFile.Read(Path.Combine(folder, "features.npy"), rank: 2);
        var labels = NpyFile.Read(Path.Combine(folder, "labels.npy"));
        var numbers = Array.ConvertAll(labels.Floats(), v => (double)v);
        return features.Shape[0] == numbers.Length
            ? new(features.Source, features.Shape[1], features.Floats(), Numbered(labels.Source, numbers, classes))
            : throw Unequal(features.Source, features.Shape, numbers.Length);
    }

    private static DataException Unequal(string source, IReadOnlyList<int> shape, int labels) => new(
        $"{source}: {string.Join(" x ", shape)} numbers beside {labels} labels: give the features of as many images as there are labels");

    private static int[] Numbered(string source, double[] labels, int classes)
    {
        var stranger = Array.FindIndex(labels, l => l != Math.Floor(l) || l < 1 || l > classes);
        return stranger < 0 ? Array.ConvertAll(labels, l => (int)l - 1)
            : throw new DataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{source}: label {stranger + 1} is {labels[stranger]}, expected a whole number from 1 to {classes}: ")
                    + "give the number of the class of each image");
    }
}
