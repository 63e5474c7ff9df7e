using UAmtfl.Hosting;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Hosting;

public class MetricTests
{
    [Fact]
    public void ErrorsAreNamedAfterTheTasks()
    {
        Assert.Equal("test error 4.33 %", Metric.For(Fake.Tasks(true, TaskKind.Binary)).Named(0.0433));
        Assert.Equal("mean error 4.33 %", Metric.For(Fake.Tasks(false, TaskKind.Binary, TaskKind.Classification)).Named(0.0433));
        Assert.Equal("mean squared error 0.0433", Metric.For(Fake.Tasks(false, TaskKind.Regression)).Named(0.0433));
        Assert.Equal("relative error 0.8433", Metric.For(Fake.Tasks(false, TaskKind.Regression, TaskKind.Binary)).Named(0.8433));
    }

    [Theory]
    [InlineData(0.00000043217, "4.322e−7")]
    [InlineData(31234567, "3.123e7")]
    [InlineData(double.NaN, "–")]
    public void AValueOfAnySizeHasItsDigits(double loss, string text) =>
        Assert.Equal("mean squared error " + text, Metric.For(Fake.Tasks(false, TaskKind.Regression)).Named(loss));

    [Fact]
    public void WhatIsBetterWhenHigherIsShownAsItIs()
    {
        Assert.Equal(
            "mean ROC-AUC 0.85", Metric.For(Fake.Tasks(false, TaskKind.Binary) with { Metrics = [TaskMetric.RocAuc] }).Named(0.15));
        Assert.Equal(
            "test accuracy 95.67 %", Metric.For(Fake.Tasks(true, TaskKind.Binary) with { Metrics = [TaskMetric.Accuracy] }).Named(0.0433));
    }

    [Fact]
    public void AMetricIsForTheKindsThatHaveIt()
    {
        var tasks = Fake.Tasks(
            false, TaskKind.Binary, TaskKind.Regression, TaskKind.Classification) with
        {
            Metrics = [TaskMetric.RocAuc],
        };
        tasks.CheckMetrics();
        Assert.Equal([TaskMetric.RocAuc, TaskMetric.Mse, TaskMetric.Error], tasks.Tasks.Select(t => tasks.MetricOf(t.Kind)));
        Assert.Equal(
            [TaskMetric.Error, TaskMetric.Mse, TaskMetric.Error],
            tasks.Tasks.Select(t => (tasks with { Metrics = [TaskMetric.Default] }).MetricOf(t.Kind)));

        var none = Assert.Throws<UAmtflException>(
            () => (Fake.Tasks(false, TaskKind.Binary) with { Metrics = [TaskMetric.Rmse] }).CheckMetrics());
        Assert.Equal(
            "metric Rmse is defined for none of the experiment's tasks (binary); choose one that is, or leave it out", none.Message);
        var both = Assert.Throws<UAmtflException>(
            () => (tasks with { Metrics = [TaskMetric.RocAuc, TaskMetric.Accuracy] }).CheckMetrics());
        Assert.StartsWith("metrics RocAuc and Accuracy are both for the same kind of task", both.Message, StringComparison.Ordinal);
    }
}
