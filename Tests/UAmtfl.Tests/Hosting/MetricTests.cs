using UAmtfl.Hosting;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Hosting;

public class MetricTests
{
    [Fact]
    public void Errors_are_named_after_the_tasks()
    {
        Assert.Equal(new("error %", "test error %", true), Metric.Of(Fake.Tasks(true, TaskKind.Binary, TaskKind.Binary)));
        Assert.Equal(new("error %", "mean error %", true), Metric.Of(Fake.Tasks(false, TaskKind.Binary, TaskKind.Classification)));
        Assert.Equal(new("squared error", "mean squared error", false), Metric.Of(Fake.Tasks(false, TaskKind.Regression, TaskKind.Regression)));
        Assert.Equal("test error 4.33 %", Metric.Of(Fake.Tasks(true, TaskKind.Binary)).Named(0.0433));
        Assert.Equal("mean squared error 0.0433", Metric.Of(Fake.Tasks(false, TaskKind.Regression)).Named(0.0433));
        Assert.Equal(new("error", "mean error", false), Metric.Of(Fake.Tasks(false, TaskKind.Regression, TaskKind.Binary)));
    }
}
