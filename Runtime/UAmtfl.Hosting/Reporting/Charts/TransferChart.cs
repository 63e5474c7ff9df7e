using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws the learnt transfer |AS| from rows to columns as a heat map (Lee et al. 2018, figure 6b). If there are many tasks, it
/// shows those that transfer most.</summary>
internal static class TransferChart
{
    /// <summary>The largest number of tasks up to which all of them are shown.</summary>
    public const int ShownInFull = 80;

    /// <summary>The number of the largest transfers that the words beside the chart list.</summary>
    private const int Listed = 10;

    public static Chart Of(VariantReport variant, LearntTransfer learnt, Report report)
    {
        var transfer = learnt.Tasks.Count <= ShownInFull ? learnt : learnt.Most(LearntTransfer.Kept);
        string[] tasks = [.. transfer.Tasks.Select(t => report.Tasks[t])];
        return new Chart(
            $"transfer-{Chart.FilePart(variant.Info.Name)}.svg",
            $"transfer that {variant.Info.Name} learnt, from the task of a row to the task of a column",
            () => Draw(variant, transfer, tasks))
        {
            Data = Largest(transfer, tasks),
        };
    }

    private static Picture Draw(VariantReport variant, LearntTransfer transfer, string[] tasks)
    {
        var largest = transfer.Values.SelectMany(row => row).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var shades = ShadeScale.FromZero(largest);
        return new HeatMap(
            $"{variant.Info.Name}: learnt transfer |AS|", Reading(variant, transfer), tasks, transfer.Values, shades)
        {
            Rows = "from task",
            Columns = "to task",
        }.Draw();
    }

    private static string Reading(VariantReport variant, LearntTransfer transfer) =>
        (variant.Seeds.Count == 1 ? "One run" : $"Mean over {variant.Seeds.Count} seeds")
        + (transfer.Tasks.Count == transfer.AllTasks
            ? "."
            : $"; the {transfer.Tasks.Count} of {transfer.AllTasks} tasks that give and take most (all: cells/*/transfer.npy).");

    private static Table Largest(LearntTransfer transfer, string[] tasks) => new(
        ["from task", "to task", "|AS|"],
        2,
        [
            .. (from row in Enumerable.Range(0, tasks.Length)
                from column in Enumerable.Range(0, tasks.Length)
                where row != column && double.IsFinite(transfer.Values[row][column])
                orderby transfer.Values[row][column] descending
                select new Row(tasks[row], tasks[column], Number(transfer.Values[row][column]))).Take(Listed),
        ]);

    /// <summary>Returns a number with two significant digits, short enough for a cell: «1.1», «0.31», «0.042», «3.4e−5».</summary>
    internal static string Number(double value) =>
        !double.IsFinite(value) ? Numbers.None
        : value == 0 ? "0"
        : Math.Abs(value) is < 0.0095 or >= 9950 ? Numbers.Exponent(value, 2)
        : Numbers.Fixed(value, Math.Max(0, 1 - Numbers.Magnitude(value)));
}
