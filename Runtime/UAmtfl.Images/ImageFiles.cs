namespace UAmtfl.Data;

/// <summary>Reads photographs without labels, for predictions.</summary>
internal static class ImageFiles
{
    /// <summary>Reads an image, or all images in a folder and below it in the order of their paths. Other files, and names that begin with
    /// a point, are left out.</summary>
    /// <param name="path">A PNG or JPEG file, or a folder.</param>
    /// <param name="side">The height and width of the inputs in pixels.</param>
    /// <returns>The inputs [N, 3, side, side] with the paths from the folder; null if the path is neither.</returns>
    /// <exception cref="DataException">The folder has no image, or one cannot be read.</exception>
    public static PredictionInputs? Read(string path, int side)
    {
        if (!Directory.Exists(path))
        {
            return DecodedImage.IsNamed(path) ? new(new ImageReader(side).Read([path]), [Path.GetFileName(path)]) : null;
        }

        string[] ids =
        [
            .. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(DecodedImage.IsNamed)
                .Select(file => Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(id => !Array.Exists(id.Split('/'), part => part.StartsWith('.'))).Order(StringComparer.Ordinal),
        ];
        return ids.Length == 0
            ? throw new DataException($"{path}: there is no PNG or JPEG file in this folder: name one that has the images")
            : new(new ImageReader(side).Read(Array.ConvertAll(ids, id => Path.Combine(path, id))), ids);
    }
}
