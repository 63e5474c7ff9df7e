using System.Text;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

public class WorkerProtocolTests
{
    [Fact]
    public void AnOrderIsReadBack() =>
        Assert.Equal(new Cell("Größe", 3), WorkerProtocol.ReadOrder(WorkerProtocol.Write(new Cell("Größe", 3))));

    [Fact]
    public void MessagesAreFoundAmongStrayOutput()
    {
        var epoch = new WorkerMessage(WorkerMessageKind.Epoch, Epoch: new(2, double.NaN, 0.25));
        var ended = new WorkerMessage(WorkerMessageKind.Ended, Outcome: new(CellEnd.Failed, Message: "two\nlines", Details: "σ"));
        using var stream = new MemoryStream();
        stream.Write("[W] a warning without an end"u8);
        WorkerProtocol.Write(stream, epoch);
        stream.Write("{\"kind\":\"Ended\"}\n@uamtfl {broken\n"u8);
        WorkerProtocol.Write(stream, ended);

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        Assert.Equal([epoch, ended], lines.Select(WorkerProtocol.Read).Where(m => m is not null));
    }

    [Fact]
    public void AWorkerComputesWithTheThreadsItWasGivenAndWaitsWithoutSpinning()
    {
        var start = WorkerStart.Of("folder", 3, TimeLimit.None);
        Assert.Equal(["worker", "--run", "folder", "--parent", $"{Environment.ProcessId}"], start.ArgumentList.TakeLast(5));
        Assert.Equal(
            ("3", "3", "PASSIVE"),
            (start.Environment["OMP_NUM_THREADS"], start.Environment["MKL_NUM_THREADS"], start.Environment["OMP_WAIT_POLICY"]));
    }
}
