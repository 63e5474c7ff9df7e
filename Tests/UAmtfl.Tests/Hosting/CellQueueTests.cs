using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

/// <summary>Cells are handed out in order, each after the one that it starts from.</summary>
public sealed class CellQueueTests
{
    private static readonly Cell[] Cells = [new("Tuned", 1), new("Pre", 1), new("Plain", 1)];

    [Fact]
    public async Task AChildWaitsForItsParent()
    {
        var queue = Queue(Cells);
        Assert.Equal("Pre", (await Take(queue))?.Cell.Variant);
        Assert.Equal("Plain", (await Take(queue))?.Cell.Variant);
        var waiting = Take(queue);
        Assert.False(waiting.IsCompleted);
        queue.End(new("Pre", 1), new(CellEnd.Finished));
        Assert.Equal((new("Tuned", 1), null), await waiting);
        Assert.Null(await Take(queue));
    }

    [Theory]
    [InlineData(CellEnd.Failed)]
    [InlineData(CellEnd.Lost)]
    [InlineData(CellEnd.Stopped)]
    public async Task AChildOfACellThatIsNotFinishedIsHandedOutWithItsOutcome(object end)
    {
        var queue = Queue(Cells);
        await Take(queue);
        queue.End(new("Pre", 1), new((CellEnd)end, Message: "diverged"));
        Assert.Equal((new("Tuned", 1), new((CellEnd)end, Message: "diverged")), await Take(queue));
    }

    [Fact]
    public async Task AParentOfAnEarlierRunIsFinished() => Assert.Equal("Tuned", (await Take(Queue(Cells[..1])))?.Cell.Variant);

    [Fact]
    public async Task AClearedQueueEndsTheWaiting()
    {
        var queue = Queue(Cells[..2]);
        await Take(queue);
        var waiting = Take(queue);
        queue.Clear();
        Assert.Null(await waiting);
    }

    [Fact]
    public async Task ACancelledRunEndsTheWaiting()
    {
        using var stop = new CancellationTokenSource();
        var queue = Queue(Cells[..2]);
        await Take(queue);
        var waiting = queue.TakeAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static CellQueue Queue(Cell[] cells) => new(cells, cell => cell.Variant == "Tuned" ? cell with { Variant = "Pre" } : null);

    private static Task<(Cell Cell, CellOutcome? Failed)?> Take(CellQueue queue) => queue.TakeAsync(CancellationToken.None);
}
