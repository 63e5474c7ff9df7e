using UAmtfl.Messages;

namespace UAmtfl.Data;

/// <summary>Reads an archive that has a folder with images for each class, as torchvision's <c>ImageFolder</c> does.</summary>
public static class ImageFolder
{
    /// <summary>Lists the images. Classes and images are in the order of their names, and names that begin with a point are left
    /// out.</summary>
    /// <param name="folder">The folder that has the folders of the classes.</param>
    /// <exception cref="DataException">The folder is missing or has no folders, a class has no image, or a file is no
    /// image.</exception>
    public static ImageArchive Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var classes = Entries(folder).Where(Directory.Exists).ToList();
        return classes.Count == 0
            ? throw new DataException($"{folder}: it has no folder with the images of a class: name the folder that has them")
            : new ImageArchive(
                folder,
                [.. classes.Select(c => Path.GetFileName(c))],
                [.. classes.SelectMany((path, index) => Entries(path).Select(file => Image(folder, file, index)))]).Checked();
    }

    /// <summary>Finds a folder of images below the folder given with <c>--data</c>, which may be it itself; if none is given, beside the
    /// program, or else in the working directory.</summary>
    /// <param name="name">The path that the declaration states.</param>
    /// <param name="folder">The folder given with <c>--data</c>; null for none.</param>
    /// <exception cref="DataException">There is no such folder.</exception>
    internal static string Locate(string name, string? folder)
    {
        string[] places = folder is null
            ? [Path.Combine(AppContext.BaseDirectory, name), Path.GetFullPath(name)]
            : [
                Path.GetFullPath(name, Path.GetFullPath(folder)),
                Path.Combine(Path.GetFullPath(folder), Path.GetFileName(Path.TrimEndingDirectorySeparator(name))),
                Path.GetFullPath(folder),
            ];
        return Array.Find(places, Directory.Exists) ?? throw new DataException(folder is null
            ? $"the image folder '{name}' is neither {places[0]} nor {places[1]}: copy it beside the program, or name the folder that has "
                + "it with --data"
            : $"the image folder '{name}' is not in {places[^1]}, given with --data: name the folder that has it, or drop --data");
    }

    private static ArchiveImage Image(string folder, string file, int index) => DecodedImage.IsNamed(file) && File.Exists(file)
        ? new(file, Path.GetRelativePath(folder, file), index)
        : throw DecodedImage.Misnamed(file);

    private static IEnumerable<string> Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder).Where(e => !Path.GetFileName(e).StartsWith('.'))
                .Order(StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                $"{folder}: cannot be read ({Words.Clause(error.Message)}): name the folder that has the images", error);
        }
    }
}
