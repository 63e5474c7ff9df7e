namespace UAmtfl.Data.Tables;

/// <summary>Finds the rows of each split of a table.</summary>
/// <param name="table">The table.</param>
/// <param name="roles">The places of its columns.</param>
/// <param name="partition">How the rows are split.</param>
internal sealed class TablePartitioner(TableData table, TableRoles roles, TablePartition partition)
{
    /// <summary>The names of splits in a column, each with its split.</summary>
    private static readonly Dictionary<string, int> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = RowSplitter.Train, ["training"] = RowSplitter.Train,
        ["validation"] = RowSplitter.Validation, ["valid"] = RowSplitter.Validation, ["val"] = RowSplitter.Validation,
        ["dev"] = RowSplitter.Validation, ["test"] = RowSplitter.Test,
    };

    /// <summary>Splits rows.</summary>
    /// <param name="rows">The rows, ascending.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <returns>The rows of each split, ascending, and whether every seed has the same test rows.</returns>
    /// <exception cref="DataException">A column or the fractions do not allow it.</exception>
    public (int[][] Splits, bool SharedTest) Split(IReadOnlyList<int> rows, int seed)
    {
        Require();
        var draw = partition.Seed > 0 ? partition.Seed : seed;
        var (splits, shared) = roles.Split >= 0 ? (ByColumn(rows), true)
            : partition.ValidationFile is not null || partition.TestFile is not null ? (ByFile(rows, draw), partition.TestFile is not null)
            : partition.Folds > 0 ? (ByFold(rows, seed), false)
            : (Splitter(rows).Draw(draw, partition.Train, partition.Validation), false);
        return ([.. splits.Select(s => s.ToArray())], shared || (partition.Seed > 0 && partition.Folds == 0));
    }

    private void Require()
    {
        if (partition.Folds == 0 && roles.Split < 0 && partition.Train + partition.Validation >= 1 && partition.TestFile is null)
        {
            throw new DataException(FormattableString.Invariant(
                $"{table.Source}: the training fraction {partition.Train} and the validation fraction {partition.Validation} leave no ")
                + "row for the test: choose smaller ones, whose sum is below 1");
        }

        RequireNamed(roles.Group, "a group");
        RequireNamed(roles.Id, "an identifier");
    }

    /// <summary>Refuses an empty field in a column by which rows are kept in one split.</summary>
    private void RequireNamed(int column, string thing)
    {
        if (column >= 0 && table.Columns[column].Codes!.AsSpan(0, table.Count).IndexOf(-1) is >= 0 and var row)
        {
            throw new DataException(
                $"{table.Place(row)}, column '{table.Columns[column].Tally.Name}': a row without {thing} may be in two splits: "
                    + $"write {thing}");
        }
    }

    private List<int>[] ByColumn(IReadOnlyList<int> rows)
    {
        var column = table.Columns[roles.Split];
        List<int>[] splits = [[], [], []];
        foreach (var row in rows)
        {
            var text = column.Text(row) ?? "";
            splits[Names.TryGetValue(text, out var split) ? split : throw new DataException(
                $"{table.Place(row)}, column '{column.Tally.Name}': '{text}' is no split: write train, validation or test")].Add(row);
        }

        return splits;
    }

    /// <summary>Splits rows by their files: the first has those of the training and of the splits without a file.</summary>
    private List<int>[] ByFile(IReadOnlyList<int> rows, int seed)
    {
        List<int> own = [.. rows.Where(r => table.FileOf(r) == 0)];
        List<int>[] others = [[.. rows.Where(r => table.FileOf(r) == 1)], [.. rows.Where(r => table.FileOf(r) == 2)]];
        if (partition.ValidationFile is not null && partition.TestFile is not null)
        {
            return [own, others[0], others[1]];
        }

        // The fractions of the two splits that the first file has become all of it.
        var first = partition.TestFile is null ? partition.Train / (1 - partition.Validation) : 1 - partition.Validation;
        var drawn = Splitter(own).Draw(seed, first, partition.TestFile is null ? 0 : 1);
        return partition.TestFile is null
            ? [drawn[RowSplitter.Train], others[0], drawn[RowSplitter.Test]]
            : [drawn[RowSplitter.Train], drawn[RowSplitter.Validation], others[0]];
    }

    private List<int>[] ByFold(IReadOnlyList<int> rows, int seed) => CrossValidation.Split(
        table.Source, rows, Splitter, seed, partition.Seed, partition.Folds, partition.Validation, ("row", "rows or groups"));

    private RowSplitter Splitter(IReadOnlyList<int> rows)
    {
        var (group, stratum) = (Codes(roles.Group), Codes(roles.Stratify >= 0 ? roles.Stratify : roles.Task));
        return new(rows, group is null ? null : row => group[row], stratum is null ? null : row => stratum[row]);
    }

    private int[]? Codes(int column) => column < 0 ? null : table.Columns[column].Codes;
}
