namespace UAmtfl.Reporting.Sections;

/// <summary>Formats the values of a report, with a format for each headline metric.</summary>
/// <param name="report">The report.</param>
internal sealed class Formats(Report report)
{
    /// <summary>The format of each group of tasks, [groups].</summary>
    public IReadOnlyList<ErrorFormat> Groups { get; } = [.. report.Groups.Select(g => new ErrorFormat(report, g))];

    /// <summary>True if tasks have different headline metrics.</summary>
    public bool Mixed => Groups.Count > 1;

    /// <summary>The number format of the relative error over all tasks.</summary>
    public NumberFormat Relative { get; } = new(TaskMetric.Rmse, report.Variants.Select(v => v.Relative.Mean));

    /// <summary>Returns the format of a task's headline metric.</summary>
    public ErrorFormat Of(int task) => Of(report.Metrics[task]);

    /// <summary>Returns the format of a headline metric.</summary>
    public ErrorFormat Of(TaskMetric metric) => Groups.First(g => g.Metric == metric);

    /// <summary>Returns the names of tasks: «A, B», «A, B and 3 more».</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="most">The largest number of names.</param>
    public string Names(IReadOnlyList<int> tasks, int most = Named) => Listed([.. tasks.Select(t => report.Tasks[t])], most);

    /// <summary>Returns a list of names: «A, B», «A, B and 3 more».</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">The largest number of names.</param>
    public static string Listed(IReadOnlyList<string> names, int most = Named) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? $" and {names.Count - most} more" : "");

    /// <summary>Returns text with a capital at its start, unless it starts with a symbol such as σ.</summary>
    public static string Capital(string text) =>
        text.Length == 0 || !char.IsAsciiLetter(text[0]) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The largest number of names in a sentence.</summary>
    public const int Named = 10;
}
