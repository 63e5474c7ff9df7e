using System.Collections.Concurrent;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

public class CellPoolTests
{
    private static readonly IReadOnlyList<Cell> Cells = Cell.All(["A", "B"], [1, 2, 3]);

    [Fact]
    public void SeedsAreOutsideAndVariantsInside() =>
        Assert.Equal([new("A", 1), new("B", 1), new("A", 2), new("B", 2), new("A", 3), new("B", 3)], Cells);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task EveryCellIsTrainedOnce(int size)
    {
        var run = new Recorder(_ => new(CellEnd.Finished, 0.5));
        var outcomes = await run.Pool(size).RunAsync(Cells, CancellationToken.None);
        Assert.Equal(Cells.Order(Recorder.ByName), outcomes.Keys.Order(Recorder.ByName));
        Assert.Equal(Cells.Order(Recorder.ByName), run.Executed.Order(Recorder.ByName));
        Assert.Equal(Cells.Count, run.Epochs);
        Assert.Equal(run.Created, run.Disposed);
        Assert.InRange(run.Created, 1, size);
    }

    [Fact]
    public async Task ALostExecutorFailsItsCellOnlyAndIsReplaced()
    {
        var run = new Recorder(cell => cell == new Cell("B", 1) ? new(CellEnd.Lost, Message: "killed") : new(CellEnd.Finished));
        var outcomes = await run.Pool(1).RunAsync(Cells, CancellationToken.None);
        Assert.Equal(CellEnd.Lost, outcomes[new("B", 1)].End);
        Assert.Equal(5, outcomes.Values.Count(o => o.End == CellEnd.Finished));
        Assert.Equal((2, 2), (run.Created, run.Disposed));
    }

    [Fact]
    public async Task AnExecutorThatCannotBeMadeFailsTheCell()
    {
        var outcomes = await new CellPool(
            _ => throw new UAmtflException("no program"), 1, new Recorder(_ => throw new NotSupportedException()), _ => null)
            .RunAsync(Cells, CancellationToken.None);
        Assert.All(outcomes.Values, o => Assert.Equal((CellEnd.Lost, "no program"), (o.End, o.Message)));
    }

    [Fact]
    public async Task AFailedCellLeavesTheOthersAlone()
    {
        var run = new Recorder(cell => cell.Seed == 1 ? new(CellEnd.Failed, Message: "diverged") : new(CellEnd.Finished));
        var outcomes = await run.Pool(1).RunAsync(Cells, CancellationToken.None);
        Assert.Equal((2, 4), (outcomes.Values.Count(o => o.End == CellEnd.Failed), outcomes.Values.Count(o => o.End == CellEnd.Finished)));
        Assert.Equal(1, run.Created);
    }

    [Fact]
    public async Task AFailedParentFailsItsChildrenWithOneLine()
    {
        var run = new Recorder(cell => cell.Variant == "B" ? new(CellEnd.Failed, Message: "diverged") : new(CellEnd.Finished))
        {
            Parent = cell => cell.Variant == "A" ? cell with { Variant = "B" } : null,
        };
        var outcomes = await run.Pool(2).RunAsync(Cells, CancellationToken.None);
        Assert.All(
            outcomes.Where(o => o.Key.Variant == "A"),
            o => Assert.Equal(
                (CellEnd.Failed, $"B, seed {o.Key.Seed}, from whose model it starts, failed: diverged"), (o.Value.End, o.Value.Message)));
        Assert.Equal(Cells.Count, outcomes.Count);
    }

    /// <summary>A child of a cell that ran out of time is out of time too, which is no failure.</summary>
    [Theory]
    [InlineData(CellEnd.OutOfTime)]
    [InlineData(CellEnd.Stopped)]
    public async Task AChildOfACellThatIsToGoOnIsNoFailure(object end)
    {
        var run = new Recorder(_ => new((CellEnd)end)) { Parent = cell => cell.Variant == "A" ? cell with { Variant = "B" } : null };
        Assert.All((await run.Pool(1).RunAsync(Cells, CancellationToken.None)).Values, o => Assert.Equal(end, o.End));
    }

    /// <summary>A worker that waits for a cell does not wait for ever if the executor of that cell fails.</summary>
    [Fact]
    public async Task AnExecutorThatThrowsEndsTheWaitingOfOthers()
    {
        var run = new Recorder(_ => throw new NotSupportedException("unexpected"))
        {
            Parent = cell => cell.Variant == "A" ? cell with { Variant = "B" } : null,
        };
        await Assert.ThrowsAsync<NotSupportedException>(
            () => run.Pool(2).RunAsync(Cell.All(["A", "B"], [1]), CancellationToken.None));
    }

    [Theory]
    [InlineData(CellEnd.DataFault)]
    [InlineData(CellEnd.OutputFault)]
    public async Task AfterBadDataOrOnAFullDiskNoMoreIsBegun(object end)
    {
        var run = new Recorder(cell => cell == new Cell("B", 1) ? new((CellEnd)end, Message: "missing") : new(CellEnd.Finished));
        var outcomes = await run.Pool(1).RunAsync(Cells, CancellationToken.None);
        Assert.Equal([new("A", 1), new("B", 1)], outcomes.Keys.Order(Recorder.ByName));
    }

    [Fact]
    public async Task AfterCancellationNoMoreIsBegun()
    {
        using var stop = new CancellationTokenSource();
        var run = new Recorder(cell =>
        {
            stop.Cancel();
            return new(CellEnd.Stopped);
        });
        Assert.Single(await run.Pool(1).RunAsync(Cells, stop.Token));
        Assert.Equal(run.Created, run.Disposed);
    }

    /// <summary>Creates executors with given outcomes, and records what happens.</summary>
    private sealed class Recorder(Func<Cell, CellOutcome> outcome) : IRunObserver
    {
        public static readonly IComparer<Cell> ByName = Comparer<Cell>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));
        private int created;
        private int disposed;
        private int epochs;

        public int Created => created;

        public int Disposed => disposed;

        public int Epochs => epochs;

        /// <summary>Returns the cell that another starts from; null for none.</summary>
        public Func<Cell, Cell?> Parent { get; init; } = _ => null;

        public ConcurrentQueue<Cell> Executed { get; } = new();

        public CellPool Pool(int size) => new(_ => new Executor(this), size, this, Parent);

        public void Started(Cell cell) => Executed.Enqueue(cell);

        public void EpochEnded(Cell cell, EpochProgress epoch) => Interlocked.Increment(ref epochs);

        public void Ended(Cell cell, CellOutcome outcome)
        {
        }

        private sealed class Executor : ICellExecutor
        {
            private readonly Recorder recorder;

            public Executor(Recorder recorder)
            {
                this.recorder = recorder;
                Interlocked.Increment(ref recorder.created);
            }

            public Task<CellOutcome> ExecuteAsync(Cell cell, Action<EpochProgress> epochEnded, CancellationToken cancellation)
            {
                epochEnded(new(1, 0.5, null));
                return Task.FromResult(recorder.Outcome(cell));
            }

            public ValueTask DisposeAsync()
            {
                Interlocked.Increment(ref recorder.disposed);
                return ValueTask.CompletedTask;
            }
        }

        private CellOutcome Outcome(Cell cell) => outcome(cell);
    }
}
