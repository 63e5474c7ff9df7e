namespace UAmtfl.Data.Tables;

/// <summary>A table in memory, from one file or from several with the same columns.</summary>
/// <param name="columns">The columns; those that are not kept have neither numbers nor texts.</param>
/// <param name="files">The files, each with the number of its first row.</param>
/// <param name="lines">The line of its file in which each row begins.</param>
/// <param name="rows">The number of rows N.</param>
internal sealed class TableData(
    IReadOnlyList<TableColumn> columns, IReadOnlyList<(string Path, int First)> files, IReadOnlyList<int> lines, int rows)
{
    /// <summary>The columns.</summary>
    public IReadOnlyList<TableColumn> Columns { get; } = columns;

    /// <summary>The number of rows N.</summary>
    public int Count { get; } = rows;

    /// <summary>The path of the first file, for messages.</summary>
    public string Source => files[0].Path;

    /// <summary>Returns the file of a row, from 0.</summary>
    /// <param name="row">The row.</param>
    public int FileOf(int row)
    {
        var file = files.Count - 1;
        while (files[file].First > row)
        {
            file--;
        }

        return file;
    }

    /// <summary>Returns the path and the line of a row.</summary>
    /// <param name="row">The row.</param>
    public string Place(int row) => $"{files[FileOf(row)].Path}: line {lines[row]}";
}
