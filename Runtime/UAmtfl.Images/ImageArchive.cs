using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>An image of an archive.</summary>
/// <param name="Path">The file.</param>
/// <param name="Id">The path within the archive, which identifies the image.</param>
/// <param name="Class">The index of its class.</param>
/// <param name="IsTraining">True if the archive's own split has the image in the training set; null if it has no split.</param>
public sealed record ArchiveImage(string Path, string Id, int Class, bool? IsTraining = null);

/// <summary>The images of an archive, which are read only when they are needed.</summary>
/// <param name="Source">The folder, for messages.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Images">The images.</param>
public sealed record ImageArchive(string Source, IReadOnlyList<string> Classes, IReadOnlyList<ArchiveImage> Images)
{
    /// <summary>Draws test images of each class; the others are for training.</summary>
    /// <param name="perClass">The number of test images of each class.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="DataException">A class has no image left for training.</exception>
    public (IReadOnlyList<ArchiveImage> Train, IReadOnlyList<ArchiveImage> Test) Draw(int perClass, int seed)
    {
        var random = new SplitMix64(seed);
        List<ArchiveImage> train = [], test = [];
        foreach (var group in Images.GroupBy(i => i.Class).OrderBy(g => g.Key))
        {
            var images = group.ToArray();
            if (images.Length <= perClass)
            {
                throw new DataException(
                    $"{Source}: class {Classes[group.Key]} has {images.Length} images, which leaves none for training beside {perClass} "
                        + "for the test: give more images of it");
            }

            var order = random.Sample<ArchiveImage>(images, images.Length);
            test.AddRange(order[..perClass]);
            train.AddRange(order[perClass..]);
        }

        return (train, test);
    }

    /// <summary>Reads images with a label for each task: 1 for the task of the image's class, and 0 for the others.</summary>
    /// <param name="images">The images; there may be none.</param>
    /// <param name="reader">Reads each image.</param>
    /// <param name="tasks">The names of the tasks, one for each class. Only their letters and digits are compared with those of the
    /// class, in any case: <c>GrizzlyBear</c> is <c>grizzly+bear</c>, and a number before a point, as in <c>017.Cardinal</c>, is left
    /// out.</param>
    /// <returns>Inputs [N, 3, side, side] and labels [N, T], with the paths within the archive as identifiers.</returns>
    /// <exception cref="DataException">A class is no task, a task has no class, or a file cannot be read.</exception>
    public Samples Samples(IReadOnlyList<ArchiveImage> images, ImageReader reader, IReadOnlyList<string> tasks)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(tasks);
        var columns = Columns(tasks);
        var labels = new float[images.Count * tasks.Count];
        for (var i = 0; i < images.Count; i++)
        {
            labels[(i * tasks.Count) + columns[images[i].Class]] = 1;
        }

        return Samples(images, reader, labels, tasks.Count);
    }

    /// <summary>Reads images with one label each, the index of its class, for a task that tells all classes apart.</summary>
    /// <param name="images">The images; there may be none.</param>
    /// <param name="reader">Reads each image.</param>
    /// <returns>Inputs [N, 3, side, side] and labels [N, 1], with the paths within the archive as identifiers.</returns>
    /// <exception cref="DataException">A file cannot be read.</exception>
    public Samples Samples(IReadOnlyList<ArchiveImage> images, ImageReader reader)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Samples(images, reader, [.. images.Select(i => (float)i.Class)], 1);
    }

    private static Samples Samples(IReadOnlyList<ArchiveImage> images, ImageReader reader, float[] labels, int tasks)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new(
            reader.Read([.. images.Select(i => i.Path)]),
            images.Count == 0 ? zeros(0, tasks) : tensor(labels, [images.Count, tasks]))
        {
            Ids = [.. images.Select(i => i.Id)],
        };
    }

    /// <summary>Returns the archive, or throws if a class has no image.</summary>
    /// <exception cref="DataException">A class has no image.</exception>
    internal ImageArchive Checked()
    {
        var filled = Images.Select(i => i.Class).ToHashSet();
        return Enumerable.Range(0, Classes.Count).FirstOrDefault(c => !filled.Contains(c), -1) is >= 0 and var empty
            ? throw new DataException($"{Source}: class {Classes[empty]} has no image: fetch the archive again, or remove the class")
            : this;
    }

    /// <summary>Returns the column of the task of each class.</summary>
    private int[] Columns(IReadOnlyList<string> tasks)
    {
        var columns = new Dictionary<string, int>();
        for (var t = 0; t < tasks.Count; t++)
        {
            columns.Add(Key(Numberless(tasks[t])), t);
        }

        var keys = Classes.Select(name => Key(Numberless(name))).ToList();
        if (keys.FindIndex(k => !columns.ContainsKey(k)) is >= 0 and var foreign)
        {
            throw new DataException($"{Source}: class {Classes[foreign]} is no task of the experiment: remove it, or add the task");
        }

        return columns.FirstOrDefault(c => !keys.Contains(c.Key)) is { Key: not null } missing
            ? throw new DataException($"{Source}: there is no class for task {tasks[missing.Value]}: fetch the archive again")
            : [.. keys.Select(k => columns[k])];
    }

    private static string Key(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Numberless(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and var point && name.Take(point).All(char.IsAsciiDigit)
            ? name[(point + 1)..]
            : name;
}
