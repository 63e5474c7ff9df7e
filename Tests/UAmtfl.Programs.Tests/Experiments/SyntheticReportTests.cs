using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Experiments.Synthetic;
using UAmtfl.Reporting;

namespace UAmtfl.Tests.Experiments;

public sealed class SyntheticReportTests
{
    private static readonly BasisTruth Truth = new(12);

    /// <summary>The true bases are found even if they come in another order and with other signs and sizes, and the parameters made of
    /// them are right.</summary>
    [Fact]
    public void BasesAreFoundUpToOrderSignAndSize()
    {
        int[] order = [3, 5, 0, 1, 4, 2];
        double[] sizes = [-2, 0.5, 1, -0.1, 3, 1];
        double[][] basis = [.. order.Select((from, i) => Truth.Basis[from].Select(b => b * sizes[i]).ToArray())];
        var recovery = BasisRecovery.Of(
            Truth, basis, [.. Truth.Weights.Select(w => order.Select((from, i) => Coefficient(w, from) / sizes[i]).ToArray())]);
        Assert.Equal(1, recovery.Cosine, 1e-12);
        Assert.Equal(0, recovery.EasyError, 1e-12);
        Assert.Equal(0, recovery.HardError, 1e-12);
    }

    /// <summary>A true basis that is not found lowers the similarity: one that is found twice counts once, and without parameters the
    /// error is 1.</summary>
    [Fact]
    public void WhatIsNotFoundCounts()
    {
        double[][] basis = [Truth.Basis[0], Truth.Basis[0], Truth.Basis[1], Truth.Basis[2], new double[30], new double[30]];
        var recovery = BasisRecovery.Of(Truth, basis, [.. Truth.Weights.Select(_ => new double[6])]);
        Assert.Equal(0.5, recovery.Cosine, 1e-12);
        Assert.Equal((1, 1), (recovery.EasyError, recovery.HardError));
    }

    [Fact]
    public void BlocksLeaveTheDiagonalOut()
    {
        double[][] transfer = [[9, 1, 2, 4], [3, 9, 6, 8], [10, 20, 9, 5], [30, 40, 7, 9]];
        Assert.Equal((2, 5, 25, 6), (Block(false, false), Block(false, true), Block(true, false), Block(true, true)));

        double Block(bool fromHard, bool toHard) => GroupSection.Block(transfer, fromHard, toHard);
    }

    /// <summary>The section of the report has a row for each variant that was trained, and compares the bases of those that learn bases
    /// with the true ones.</summary>
    [Fact]
    public void TheSectionIsOfTheCells()
    {
        var experiment = SyntheticTasks.Descriptor;
        string[] trained = ["Stl", "Amtl", "Amtfl"];
        var variants = experiment.Variants.Where(v => trained.Contains(v.Name)).ToList();
        var cells = variants.SelectMany(v => new[] { 1, 2 }.Select(seed => Train(v, seed))).ToList();
        var infos = variants.Select(v => new VariantInfo(v.Name, v.Composition, v.Role)).ToList();
        var results = new RunResults("synthetic", "", experiment.Tasks, SharedTest: false, infos, [1, 2], cells, []);
        var report = Report.From(results);
        var section = GroupSection.Of(report, results);
        Assert.Equal(["variant", "learnt transfer", "bases found"], section.Tables.Select(t => t.Columns[0]));
        Assert.Equal(trained, section.Tables[0].Rows.Select(r => r.Cells[0].Text));
        Assert.Equal(["Amtl", "Amtfl"], section.Tables[1].Rows.Select(r => r.Cells[0].Text));
        Assert.Equal(["Amtfl"], section.Tables[2].Rows.Select(r => r.Cells[0].Text));
        Assert.Equal(report.Variants[0].TaskValues.Take(6).Average(), section.Tables[0].Rows[0].Cells[1].Value);
        Assert.InRange(section.Tables[2].Rows[0].Cells[1].Value!.Value, 0.1, 1);

        CellResult Train(VariantDescriptor variant, int seed) => TestCell.Run(
            experiment,
            variant,
            variant.Bind(TestSettings.Empty),
            variant.Plan with { Epochs = 2 },
            new(null, seed),
            _ => { },
            default);
    }

    /// <summary>The declared task names are those of the data set's tasks, in the same order.</summary>
    [Theory]
    [InlineData(12), InlineData(120)]
    public void TasksAreNamedAsTheyAreMade(int tasks)
    {
        var experiment = tasks == 12 ? SyntheticTasks.Descriptor : SyntheticTasks120.Descriptor;
        var truth = new BasisTruth(tasks);
        Assert.Equal(tasks, experiment.Tasks.Count);
        Assert.All(
            experiment.Tasks.Tasks.Index(),
            t => Assert.StartsWith(
                $"{(truth.IsHard(t.Index) ? "Hard" : "Easy")}{truth.Pairs[t.Index].First + 1}{truth.Pairs[t.Index].Second + 1}",
                t.Item.Name));
    }

    private static double Coefficient(double[] weights, int basis)
    {
        var size = Truth.Basis[basis].Sum(b => b * b);
        return weights.Zip(Truth.Basis[basis], (w, b) => w * b).Sum() / size;
    }
}
