using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

public class WorkerCountTests
{
    [Theory]
    [InlineData("cpu", null, 8, 21, 8)]
    [InlineData("cpu", null, 8, 3, 3)]
    [InlineData("cpu", 3, 8, 21, 3)]
    [InlineData("cpu", 0, 8, 21, 0)]
    [InlineData("cuda", null, 64, 21, WorkerCount.OnOneGpu)]
    [InlineData("cuda", null, 2, 21, 2)]
    [InlineData("cuda", 12, 64, 21, 12)]
    [InlineData("cuda", 0, 64, 21, 0)]
    public void UnaskedACoreHasAWorkerAndAGPUHasFew(string device, int? asked, int cores, int cells, int workers) =>
        Assert.Equal(workers, WorkerCount.Of(device, asked, cores, cells));
}
