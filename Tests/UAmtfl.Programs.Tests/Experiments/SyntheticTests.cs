using UAmtfl.Data;
using UAmtfl.Experiments.Synthetic;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Experiments;

public sealed class SyntheticTests
{
    /// <summary>Each group has 6 tasks, one for each pair of its four bases, and the groups share exactly the third and fourth
    /// basis.</summary>
    [Fact]
    public void TwelveTasksHaveEveryPairOnce()
    {
        var truth = new BasisTruth(12);
        var easy = truth.Pairs.Take(6).ToList();
        var hard = truth.Pairs.Skip(6).ToList();
        Assert.Equal([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], easy);
        Assert.Equal([(2, 3), (2, 4), (2, 5), (3, 4), (3, 5), (4, 5)], hard);
        Assert.Equal([2, 3], Used(easy).Intersect(Used(hard)).Order());
        Assert.Equal(
            Enum.GetNames<SyntheticTasks.Task>(),
            truth.Pairs.Select((p, t) => $"{(truth.IsHard(t) ? "Hard" : "Easy")}{p.First + 1}{p.Second + 1}"));
        for (var task = 0; task < 12; task++)
        {
            var support = Enumerable.Range(0, 30).Where(i => truth.Weights[task][i] != 0).Select(i => i / 5).Distinct();
            Assert.Equal(new[] { truth.Pairs[task].First, truth.Pairs[task].Second }, support);
        }

        static IEnumerable<int> Used(IEnumerable<(int First, int Second)> pairs) =>
            pairs.SelectMany(p => new[] { p.First, p.Second }).Distinct();
    }

    [Fact]
    public void MoreTasksHaveEveryPairAlikeOften()
    {
        var truth = new BasisTruth(120);
        Assert.Equal(12, truth.Pairs.Select((p, t) => (p, truth.IsHard(t))).CountBy(p => p).Count(c => c.Value == 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BasisTruth(18));
    }

    /// <summary>Each group has its number of rows and its noise around the true parameters. The seed changes only the rows.</summary>
    [Fact]
    public void RowsAndNoiseAreTheGroups()
    {
        using var scope = NewDisposeScope();
        using var splits = new TwelveTasks().Load(new(null, 1));
        Assert.Equal((450, 450, 1200), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Equal([450, 30], splits.Train.Inputs.shape);
        var counts = SplitFacts.Counts(splits.Train, 12);
        Assert.All(counts.Take(6), n => Assert.Equal(50, n));
        Assert.All(counts.Skip(6), n => Assert.Equal(25, n));
        var residuals = Residuals(splits.Test, new BasisTruth(12));
        Assert.InRange(Deviation(residuals[..600]), 0.93, 1.07);
        Assert.InRange(Deviation(residuals[600..]), 1.86, 2.14);
        Assert.InRange(splits.Test.Inputs.std().item<float>(), 0.98, 1.02);
        using var again = new TwelveTasks().Load(new(null, 1));
        using var other = new TwelveTasks().Load(new(null, 2));
        SplitFacts.AssertSeeded(splits, again, other);
    }

    /// <summary>With the option of noise on parameters, labels are exact for parameters other than the true ones.</summary>
    [Fact]
    public void NoiseMayBeOnParameters()
    {
        using var scope = NewDisposeScope();
        using var splits = new TwelveTasks().Load(new(null, 1, new Dictionary<string, string> { ["Noise"] = "Parameters" }));
        var own = splits.Test.Owner!.eq(0).nonzero().squeeze(1);
        var (inputs, labels) = (
            splits.Test.Inputs.index_select(0, own).to(ScalarType.Float64),
            splits.Test.Labels.index_select(0, own).to(ScalarType.Float64));
        var exact = linalg.lstsq(inputs, labels.unsqueeze(1)).Solution;
        Assert.Equal(0, (inputs.matmul(exact).squeeze(1) - labels).abs().max().item<double>(), 1e-4);
        Assert.InRange(Deviation(Residuals(splits.Test, new BasisTruth(12))[..100]), 3, 8);
        Assert.Throws<DataException>(() => new TwelveTasks().Load(new(null, 1, new Dictionary<string, string> { ["Noise"] = "None" })));
    }

    private static double[] Residuals(Samples samples, BasisTruth truth)
    {
        var (inputs, labels, owners) = (
            samples.Inputs.data<float>().ToArray(), samples.Labels.data<float>().ToArray(), samples.Owner!.data<long>().ToArray());
        return [.. labels.Select((y, row) => y - truth.Weights[(int)owners[row]].Select((w, j) => w * inputs[(row * 30) + j]).Sum())];
    }

    private static double Deviation(double[] values) => Math.Sqrt(values.Average(v => v * v));
}
