using UAmtfl.Evaluation.Metrics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Evaluation;

/// <summary>Metrics computed by hand, with tied scores, and cases in which a metric is undefined.</summary>
public sealed class RowMetricTests
{
    /// <summary>In the first case the positives rank above the negatives in three of four pairs, and are tied in one.</summary>
    [Fact]
    public void RocAucCountsATieAsOneHalf()
    {
        Assert.Equal(3.5 / 4, new RocAuc([0.1, 0.4, 0.4, 0.8], [0, 0, 1, 1]).Value());
        Assert.Equal(0.5, new RocAuc([3, 3, 3], [0, 1, 0]).Value());
        Assert.Equal(0, new RocAuc([2, 1], [0, 1]).Value());
        Assert.Equal(1, new RocAuc([-2, -1], [0, 1]).Value());
    }

    /// <summary>The area is (R₊ − P (P + 1) / 2) / (P Q). The scores in ascending order have the mid-ranks 1, 3, 3, 3, 5.5,
    /// 5.5.</summary>
    [Fact]
    public void RocAucIsTheSumOfMidRanks() =>
        Assert.Equal((3 + 5.5 + 5.5 - 6) / 9, new RocAuc([7, 5, 5, 5, 1, 7], [1, 0, 1, 0, 0, 1]).Value(), 15);

    /// <summary>Rows with equal scores are one step of the curve. In the first case 0.8 has precision 1 and recall 1/2; the two rows of
    /// 0.4 lead to precision 2/3 and recall 1.</summary>
    [Fact]
    public void PrAucTakesEqualScoresAsOneStep()
    {
        Assert.Equal((0.5 * 1) + (0.5 * 2 / 3), new PrAuc([0.1, 0.4, 0.4, 0.8], [0, 0, 1, 1]).Value(), 15);
        Assert.Equal(0.25, new PrAuc([1, 1, 1, 1], [0, 1, 0, 0]).Value());
        Assert.Equal((1.0 / 2 * 1) + (1.0 / 2 * 2 / 4), new PrAuc([9, 8, 7, 6], [1, 0, 0, 1]).Value(), 15);
        Assert.Equal(1, new PrAuc([2, 1], [1, 1]).Value());
    }

    [Fact]
    public void F1IsTheHarmonicMeanOfPrecisionAndRecall()
    {
        // 2 true positives, 1 false positive and 2 false negatives: precision 2/3, recall 1/2.
        Assert.Equal(2 * (2.0 / 3) * 0.5 / ((2.0 / 3) + 0.5), new F1([1, 1, 1, 0, 0, 0], [1, 1, 0, 1, 1, 0]).Value(), 14);
        Assert.Equal(0, new F1([0, 0], [1, 0]).Value());
    }

    [Fact]
    public void MetricsOfErrors()
    {
        Assert.Equal(0.25, new ErrorRate([0, 1, 0, 0]).Value());
        Assert.Equal(0.75, new Accuracy([0, 1, 0, 0]).Value());
        Assert.Equal(3, new Mse([0, 0, 9]).Value());
        Assert.Equal(Math.Sqrt(3), new Rmse([0, 0, 9]).Value());
    }

    /// <summary>In the first case the residuals are 0, 0, 3, the labels are −2, −1, 3 around their mean 3, and the predictions −1, 0, 1
    /// around theirs.</summary>
    [Fact]
    public void MetricsOfValues()
    {
        Assert.Equal(1 - (9.0 / 14), new R2([1, 2, 3], [1, 2, 6]).Value(), 15);
        Assert.Equal(5 / Math.Sqrt(2 * 14), new Pearson([1, 2, 3], [1, 2, 6]).Value(), 15);
        Assert.Equal(0, new R2([3, 3, 3], [1, 2, 6]).Value());
        Assert.Equal(-1, new Pearson([3, 2, 1], [10, 20, 30]).Value(), 15);
    }

    [Fact]
    public void WhereAMetricHasNoValueItIsNaN()
    {
        IRowMetric[] undefined =
        [
            new RocAuc([1, 2], [1, 1]), new RocAuc([1, 2], [0, 0]), new RocAuc([], []), new RocAuc([double.NaN, 2], [0, 1]),
            new PrAuc([1, 2], [0, 0]), new PrAuc([], []), new PrAuc([double.NaN, 2], [0, 1]),
            new F1([1, 0], [0, 0]), new F1([], []),
            new R2([1, 2, 3], [0.1, 0.1, 0.1]), new R2([], []),
            new Pearson([1, 2, 3], [0.1, 0.1, 0.1]), new Pearson([0.7, 0.7, 0.7], [1, 2, 3]), new Pearson([], []),
            new ErrorRate([]), new Accuracy([]), new Mse([]), new Rmse([]),
        ];
        Assert.All(undefined, m => Assert.Equal(double.NaN, m.Value()));
    }

    /// <summary>For every metric, a row that was drawn k times counts as k rows.</summary>
    [Theory]
    [InlineData(TaskMetric.Error)]
    [InlineData(TaskMetric.Accuracy)]
    [InlineData(TaskMetric.Mse)]
    [InlineData(TaskMetric.Rmse)]
    [InlineData(TaskMetric.RocAuc)]
    [InlineData(TaskMetric.PrAuc)]
    [InlineData(TaskMetric.F1)]
    [InlineData(TaskMetric.R2)]
    [InlineData(TaskMetric.Pearson)]
    public void AWeightIsARepetition(TaskMetric metric)
    {
        var random = new SplitMix64(3);
        double[] scores = [.. Enumerable.Range(0, 40).Select(_ => random.Below(12) / 4.0)];
        double[] labels = [.. scores.Select(s => s + random.Below(8) > 5 ? 1.0 : 0)];
        double[] predictions = [.. scores.Select(s => s > 1.5 ? 1.0 : 0)];
        double[] errors = [.. predictions.Zip(labels, (p, y) => p == y ? 0.0 : 1)];
        ushort[] weights = [.. Enumerable.Range(0, 40).Select(_ => (ushort)random.Below(4))];
        double[] Repeat(double[] values) => [.. values.SelectMany((v, i) => Enumerable.Repeat(v, weights[i]))];

        var weighted = RowMetric.Create(metric, new(errors, scores, labels, predictions)).Of(weights);
        var repeated = RowMetric.Create(metric, new(Repeat(errors), Repeat(scores), Repeat(labels), Repeat(predictions))).Value();
        Assert.Equal(repeated, weighted, 12);
        Assert.NotEqual(RowMetric.Create(metric, new(errors, scores, labels, predictions)).Value(), weighted);
    }

    [Fact]
    public void ALossIsLargerWhereTheMetricIsWorse()
    {
        Assert.Equal(0.25, TaskMetric.RocAuc.Loss(0.75));
        Assert.Equal(0.75, TaskMetric.RocAuc.Loss(TaskMetric.RocAuc.Loss(0.75)));
        Assert.Equal(0.75, TaskMetric.Rmse.Loss(0.75));
        Assert.Equal([TaskMetric.Error, TaskMetric.Mse, TaskMetric.Rmse], MetricTraits.All.Where(m => !m.HigherIsBetter()));
        Assert.Equal([TaskMetric.Error, TaskMetric.Accuracy], MetricTraits.All.Where(m => m.AppliesTo(TaskKind.Classification)));
    }
}
