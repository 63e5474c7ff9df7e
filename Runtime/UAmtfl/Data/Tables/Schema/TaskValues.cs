namespace UAmtfl.Data.Tables;

/// <summary>Compares the values of a column that says which task each row is of with the tasks.</summary>
/// <param name="tasks">The value of each task.</param>
internal sealed class TaskValues(IReadOnlyList<string> tasks)
{
    private readonly ColumnNames names = new(tasks);

    /// <summary>Finds the task that a value names; upper and lower case count only if tasks differ in nothing else.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The place of the task, from 0; −1 if there is none.</returns>
    public int Find(string value) => names.Find(value);

    /// <summary>Says that a value names no task, and which task it probably means.</summary>
    /// <param name="value">The value.</param>
    public string Unknown(string value) => $"'{value}' is no task; {names.Hint(value)}";

    /// <summary>Returns the places of the tasks that no value names, in order.</summary>
    /// <param name="values">The values of all rows.</param>
    public IReadOnlyList<int> Unused(IReadOnlyList<string> values)
    {
        HashSet<int> used = [.. values.Select(Find)];
        return [.. Enumerable.Range(0, tasks.Count).Where(t => !used.Contains(t))];
    }
}
