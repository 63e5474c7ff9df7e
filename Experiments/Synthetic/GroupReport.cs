using System.Globalization;
using System.Text;
using System.Text.Json;
using TorchSharp;
using UAmtfl.Reporting;

namespace UAmtfl.Experiments.Synthetic;

/// <summary>What the report of a synthetic run does not show: means over the easy and the hard tasks, and the learnt transfer between
/// these groups.</summary>
public static class GroupReport
{
    /// <summary>Prints the tables for a run's folder; of twelve tasks with default settings also how well bases are found, for which
    /// GO-MTL and AMTFL are trained again.</summary>
    /// <param name="folder">With <c>report.json</c>.</param>
    /// <returns>The exit code.</returns>
    public static int Print(string folder)
    {
        try
        {
            var report = JsonReport.Parse(File.ReadAllText(Path.Combine(folder, "report.json")));
            Console.WriteLine(Text(report));
            if (report.Experiment == SyntheticTasks.Descriptor.Name)
            {
                torch.set_num_threads(1);       // as a worker's: more threads give other last digits, and here only wait for each other
                Console.WriteLine(Text([("GoMtl", [.. report.Seeds.Select(BasisRecovery.OfGoMtl)]), ("Amtfl", [.. report.Seeds.Select(BasisRecovery.OfAmtfl)])]));
            }

            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            Console.Error.WriteLine($"error: {folder} is not the folder of a finished run: {e.Message}");
            return 2;
        }
    }

    /// <summary>The tables of a report, as Markdown.</summary>
    /// <param name="report">Of tasks of which the first half is easy, the other hard.</param>
    public static string Text(Report report)
    {
        var text = new StringBuilder("| variant | easy | hard | all | seconds |\n|---|---|---|---|---|\n");
        var half = report.Tasks.Count / 2;
        foreach (var variant in report.Variants)
        {
            var values = variant.TaskValues;
            text.Append(CultureInfo.InvariantCulture, $"| {variant.Info.Name} | {values.Take(half).Average():0.000} | {values.Skip(half).Average():0.000} | {values.Average():0.000} | {variant.Seconds:0.0} |\n");
        }

        text.Append("\n| learnt transfer, mean entry | easy to easy | easy to hard | hard to easy | hard to hard |\n|---|---|---|---|---|\n");
        var learnt = report.Variants.Where(v => v.LearntTransfer is not null);
        foreach (var (name, transfer) in learnt.Select(v => (v.Info.Name, v.LearntTransfer!.Values)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Block(transfer, false, false):0.0000} | {Block(transfer, false, true):0.0000} | {Block(transfer, true, false):0.0000} | {Block(transfer, true, true):0.0000} |\n");
        }

        return text.ToString();
    }

    /// <summary>The mean entry of a block of a transfer matrix, without the diagonal.</summary>
    /// <param name="transfer">[T][T], from row to column.</param>
    /// <param name="fromHard">True if rows of hard tasks are meant.</param>
    /// <param name="toHard">True if columns of hard tasks are meant.</param>
    public static double Block(double[][] transfer, bool fromHard, bool toHard)
    {
        var half = transfer.Length / 2;
        return transfer.Index()
            .Where(row => row.Index >= half == fromHard)
            .SelectMany(row => row.Item.Where((_, to) => to >= half == toHard && to != row.Index))
            .Average();
    }

    private static string Text(IReadOnlyList<(string Variant, IReadOnlyList<BasisRecovery> Seeds)> found)
    {
        var text = new StringBuilder("| bases found | mean cosine | error of W, easy | error of W, hard |\n|---|---|---|---|\n");
        foreach (var (variant, seeds) in found)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {variant} | {seeds.Average(s => s.Cosine):0.000} | {seeds.Average(s => s.EasyError):0.000} | {seeds.Average(s => s.HardError):0.000} |\n");
        }

        return text.ToString();
    }
}
