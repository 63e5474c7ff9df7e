using UAmtfl.Reporting;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Experiments.Synthetic;

/// <summary>The section that the synthetic studies add to their reports: means over the easy and the hard tasks, the learnt transfer
/// between these groups, and how well the bases are found.</summary>
public static class GroupSection
{
    /// <summary>The parameters of the networks that have L as a layer: its transpose [6, 30], and S as heads [T, 6].</summary>
    private const string Basis = "Trunk.Linear1.weight", Heads = "HeadWeight";

    /// <summary>Makes the section of a report.</summary>
    /// <param name="report">Of tasks of which the first half is easy, the other hard.</param>
    /// <param name="results">The cells, of which those with learnt bases have their weights.</param>
    public static Section Of(Report report, RunResults results)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(results);
        List<Table> tables = [Errors(report)];
        if (report.Variants.Any(v => v.LearntTransfer is not null))
        {
            tables.Add(Transfer(report));
        }

        var found = Recoveries(results);
        if (found.Count > 0)
        {
            tables.Add(Bases(found));
        }

        return new(
            "Easy and hard tasks",
            tables,
            [
                "Means over seeds. The learnt transfer is the mean entry of the block without the diagonal.",
                "The cosine is that of true and learnt bases in their best matching, and the error of W is relative to the size of W.",
            ]);
    }

    /// <summary>The mean entry of a block of a transfer matrix, without the diagonal.</summary>
    /// <param name="transfer">[T][T], from row to column.</param>
    /// <param name="fromHard">True if rows of hard tasks are meant.</param>
    /// <param name="toHard">True if columns of hard tasks are meant.</param>
    public static double Block(double[][] transfer, bool fromHard, bool toHard)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        var half = transfer.Length / 2;
        return transfer.Index()
            .Where(row => row.Index >= half == fromHard)
            .SelectMany(row => row.Item.Where((_, to) => to >= half == toHard && to != row.Index))
            .Average();
    }

    private static Table Errors(Report report)
    {
        var half = report.Tasks.Count / 2;
        return new(["variant", "easy", "hard", "all", "seconds"], 1, [.. report.Variants.Select(v => new Row(
            v.Info.Name,
            Cell.Of(v.TaskValues.Take(half).Average(), "0.000"),
            Cell.Of(v.TaskValues.Skip(half).Average(), "0.000"),
            Cell.Of(v.TaskValues.Average(), "0.000"),
            Cell.Of(v.Seconds, "0.0")))]);
    }

    private static Table Transfer(Report report) => new(
        ["learnt transfer", "easy to easy", "easy to hard", "hard to easy", "hard to hard"],
        1,
        [.. report.Variants.Where(v => v.LearntTransfer is not null).Select(v => new Row(
            v.Info.Name,
            Cell.Of(Block(v.LearntTransfer!.Values, fromHard: false, toHard: false), "0.0000"),
            Cell.Of(Block(v.LearntTransfer.Values, fromHard: false, toHard: true), "0.0000"),
            Cell.Of(Block(v.LearntTransfer.Values, fromHard: true, toHard: false), "0.0000"),
            Cell.Of(Block(v.LearntTransfer.Values, fromHard: true, toHard: true), "0.0000")))]);

    private static Table Bases(IReadOnlyList<(string Variant, List<BasisRecovery> Seeds)> found) => new(
        ["bases found", "mean cosine", "error of W, easy", "error of W, hard"],
        1,
        [.. found.Select(f => new Row(
            f.Variant,
            Cell.Of(f.Seeds.Average(s => s.Cosine), "0.000"),
            Cell.Of(f.Seeds.Average(s => s.EasyError), "0.000"),
            Cell.Of(f.Seeds.Average(s => s.HardError), "0.000")))]);

    private static List<(string Variant, List<BasisRecovery> Seeds)> Recoveries(RunResults results)
    {
        var truth = new BasisTruth(results.Tasks.Count);
        var learnt = results.Cells
            .Select(c => (c.Variant, c.Weights))
            .Where(c => c.Weights.ContainsKey(Basis) && c.Weights.ContainsKey(Heads));
        var recoveries = learnt.GroupBy(c => c.Variant, c => BasisRecovery.Of(truth, Double(c.Weights[Basis]), Double(c.Weights[Heads])));
        return [.. recoveries.Select(variant => (variant.Key, variant.ToList()))];
    }

    private static double[][] Double(float[][] matrix) => Array.ConvertAll(matrix, row => Array.ConvertAll(row, value => (double)value));
}
