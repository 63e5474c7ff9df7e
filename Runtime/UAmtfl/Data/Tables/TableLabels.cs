using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace UAmtfl.Data.Tables;

/// <summary>The labels of a table's tasks.</summary>
internal sealed class TableLabels
{
    private readonly float[][] values;
    private readonly int[]? owner;

    private TableLabels(float[][] values, int[]? owner, IReadOnlyDictionary<string, IReadOnlyList<string>> classes) =>
        (this.values, this.owner, Classes) = (values, owner, classes);

    /// <summary>The classes of the tasks whose labels are no numbers, by the name of the column, in the order of the labels.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Classes { get; }

    /// <summary>Reads the labels.</summary>
    /// <param name="table">The table.</param>
    /// <param name="roles">The places of its columns.</param>
    /// <param name="tasks">The tasks.</param>
    /// <exception cref="DataException">A column does not fit its task.</exception>
    public static TableLabels Of(TableData table, TableRoles roles, IReadOnlyList<TableTask> tasks)
    {
        var classes = new Dictionary<string, IReadOnlyList<string>>();
        if (roles.Task < 0)
        {
            return new([.. tasks.Zip(roles.Labels, (task, place) => Values(table, table.Columns[place], task, classes))], null, classes);
        }

        if (tasks.FirstOrDefault(t => t.ClassCount != tasks[0].ClassCount) is { } other)
        {
            throw new DataException(
                $"{table.Source}: rows of one task each have labels in one column, and {other.Column} is of another kind than "
                    + $"{tasks[0].Column}: give all tasks one kind");
        }

        var labels = Values(table, table.Columns[roles.Label], tasks[0], classes);
        return new([labels], Owners(table, table.Columns[roles.Task], tasks), classes);
    }

    /// <summary>True if a row has the label that it needs: any or none if it has a label for each task, and one if it is of one
    /// task.</summary>
    /// <param name="row">The row.</param>
    public bool Has(int row) => owner is null || !float.IsNaN(values[0][row]);

    /// <summary>Returns the labels of rows.</summary>
    /// <param name="rows">The rows [N].</param>
    /// <returns>The labels [N, T], NaN for a missing one; or [N] and the task of each row, [N] int64.</returns>
    public (Tensor Labels, Tensor? Owner) Of(int[] rows)
    {
        if (owner is { } tasks)
        {
            return (tensor(Array.ConvertAll(rows, r => values[0][r])), tensor(Array.ConvertAll(rows, r => (long)tasks[r])));
        }

        var labels = zeros(rows.Length, values.Length);
        if (rows.Length > 0)
        {
            var numbers = MemoryMarshal.Cast<byte, float>(labels.bytes);
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = values[i % values.Length][rows[i / values.Length]];
            }
        }

        return (labels, null);
    }

    private static float[] Values(
        TableData table, TableColumn column, TableTask task, Dictionary<string, IReadOnlyList<string>> classes)
    {
        var facts = column.Facts(table.Count, numbers: task.ClassCount > 0);
        var coding = LabelCoding.Of(facts, task.ClassCount, task.ClassNames, out var wrong)
            ?? throw new DataException(
                $"{(FirstOther(column, table.Count, task) is { } row ? $"{table.Place(row)}," : $"{table.Source}:")} column "
                    + $"'{column.Tally.Name}' {wrong}");
        if (coding.Classes.Count > 0)
        {
            classes[column.Tally.Name] = coding.Classes;
        }

        if (coding.Form == LabelForm.Number)
        {
            return column.Numbers!;
        }

        if (coding.Form == LabelForm.Rank)
        {
            float[] ranked = [.. column.Numbers!.Take(table.Count).Where(n => !float.IsNaN(n)).Distinct().Order()];
            return Array.ConvertAll(column.Numbers!, n => float.IsNaN(n) ? float.NaN : Array.BinarySearch(ranked, n));
        }

        float[] places = [.. column.Texts.Select(text => (float)coding.Classes.Index().First(c => c.Item == text).Index)];
        return Array.ConvertAll(column.Codes!, code => code < 0 ? float.NaN : places[code]);
    }

    /// <summary>Returns the first row whose value is none of the stated classes, or one class too many; null if there is none.</summary>
    private static int? FirstOther(TableColumn column, int rows, TableTask task)
    {
        HashSet<object> stated = [.. task.ClassNames];
        if (task.ClassCount == 0 || (stated.Count == 0 && column.Tally.IsMixed))
        {
            return null;
        }

        var found = new HashSet<object>();
        for (var row = 0; row < rows; row++)
        {
            object? value = column.Codes is not null ? column.Text(row) : float.IsNaN(column.Numbers![row]) ? null : column.Numbers[row];
            if (value is not null && (stated.Count > 0 ? !stated.Contains(value) : found.Add(value) && found.Count > task.ClassCount))
            {
                return row;
            }
        }

        return null;
    }

    private static int[] Owners(TableData table, TableColumn column, IReadOnlyList<TableTask> tasks)
    {
        var values = new TaskValues([.. tasks.Select(t => t.Column)]);
        int[] places = [.. column.Texts.Select(values.Find)];
        var owners = new int[table.Count];
        for (var row = 0; row < owners.Length; row++)
        {
            var code = column.Codes![row];
            if (code < 0 || places[code] < 0)
            {
                var wrong = code < 0 ? "a row without a task: name it" : values.Unknown(column.Texts[code]);
                throw new DataException($"{table.Place(row)}, column '{column.Tally.Name}': {wrong}");
            }

            owners[row] = places[code];
        }

        return owners;
    }
}
