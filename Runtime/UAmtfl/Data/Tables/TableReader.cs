namespace UAmtfl.Data.Tables;

/// <summary>Reads a table in the format that its name says.</summary>
internal static class TableReader
{
    private const string Parquet = ".parquet";

    /// <summary>Reads files.</summary>
    /// <param name="paths">The files, of which the first says the order of the columns.</param>
    /// <param name="format">How text is written.</param>
    /// <param name="choose">Chooses by the names of the columns what is kept of each.</param>
    /// <exception cref="DataException">A file is missing or damaged, has other columns than the first, or its format is
    /// unknown.</exception>
    public static TableData Read(
        IReadOnlyList<string> paths, TableFormat format, Func<IReadOnlyList<string>, IReadOnlyList<ColumnUse>> choose)
    {
        var binary = paths.Count(p => TableFiles.Extension(p) == Parquet);
        if (binary > 0)
        {
            return binary == paths.Count ? ParquetTable.Read(paths, choose)
                : throw new DataException($"{paths[0]}: the files of a table have several formats: convert them to one");
        }

        var other = paths.FirstOrDefault(p => TableFiles.Extension(p) is not (".csv" or ".tsv" or ".tab" or ".txt"));
        return other is null ? CsvTable.Read(paths, format, choose) : throw new DataException(
            $"{other}: its name ends in none of .csv, .tsv, .tab, .txt and {Parquet}, each perhaps with .gz: let it say the format");
    }
}
