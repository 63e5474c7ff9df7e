using TorchSharp;
using UAmtfl.Data.Tables;

namespace UAmtfl.Data;

/// <summary>The photographs that a column of a table names, one for each row (<see cref="ImageFolderAttribute.Column"/>).</summary>
/// <param name="folder">The folder, as the experiment names it.</param>
/// <param name="column">The name of the column, whose values are paths from the folder.</param>
/// <param name="side">The height and width of the inputs in pixels, at least 1.</param>
public sealed class ImageColumn(string folder, string column, int side) : INamedInputs, IPredictionFiles
{
    private readonly ImageReader reader = new(side);

    /// <inheritdoc/>
    public string Column { get; } = column;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Declared =>
        DeclaredOptions.Of((nameof(Path), Folder, ""), (nameof(ImageFolderAttribute.Side), side, null));

    /// <inheritdoc/>
    public torch.Tensor Read(IReadOnlyList<NamedInput> rows, string? folder)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var root = ImageFolder.Locate(Folder, folder);
        return reader.Read([.. rows.Select(row => Path.Combine(root, row.Name) is var path && File.Exists(path)
            ? path
            : throw new DataException(
                $"{row.Place}: there is no image '{row.Name}' in {root}: correct the name, or copy the file there"))]);
    }

    /// <inheritdoc/>
    public PredictionInputs? Read(string path) => ImageFiles.Read(path, reader.Side);

    /// <summary>The folder, as the experiment names it.</summary>
    private string Folder { get; } = folder;
}
