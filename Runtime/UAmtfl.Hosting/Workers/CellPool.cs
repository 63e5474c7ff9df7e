using System.Collections.Concurrent;

namespace UAmtfl.Hosting;

/// <summary>Is told what happens to the cells; from several threads.</summary>
internal interface IRunObserver
{
    /// <summary>A cell is begun.</summary>
    void Started(Cell cell);

    /// <summary>An epoch of it has ended.</summary>
    void EpochEnded(Cell cell, EpochProgress epoch);

    /// <summary>It has ended.</summary>
    void Ended(Cell cell, CellOutcome outcome);
}

/// <summary>Trains cells on several executors side by side; an executor that is lost is replaced.</summary>
/// <param name="create">Makes executor 1, 2, …</param>
/// <param name="size">How many executors.</param>
/// <param name="observer">Is told what happens.</param>
internal sealed class CellPool(Func<int, ICellExecutor> create, int size, IRunObserver observer)
{
    /// <summary>Trains the cells, in order, until all have ended, the data turn out to be unusable or the run folder not to be written, or it is cancelled.</summary>
    /// <returns>How the cells ended that were begun.</returns>
    public async Task<IReadOnlyDictionary<Cell, CellOutcome>> RunAsync(IEnumerable<Cell> cells, CancellationToken cancellation)
    {
        var queue = new ConcurrentQueue<Cell>(cells);
        var outcomes = new ConcurrentDictionary<Cell, CellOutcome>();
        await Task.WhenAll(Enumerable.Range(1, size).Select(number => Task.Run(() => WorkAsync(number, queue, outcomes, cancellation), CancellationToken.None))).ConfigureAwait(false);
        return outcomes;
    }

    private async Task WorkAsync(int number, ConcurrentQueue<Cell> queue, ConcurrentDictionary<Cell, CellOutcome> outcomes, CancellationToken cancellation)
    {
        ICellExecutor? executor = null;
        try
        {
            while (!cancellation.IsCancellationRequested && queue.TryDequeue(out var cell))
            {
                observer.Started(cell);
                CellOutcome outcome;
                (executor, outcome) = await ExecuteAsync(executor, number, cell, cancellation).ConfigureAwait(false);
                outcomes[cell] = outcome;
                observer.Ended(cell, outcome);
                if (outcome.End is CellEnd.DataFault or CellEnd.OutputFault)
                {
                    queue.Clear();
                }
            }
        }
        finally
        {
            await DisposeAsync(executor).ConfigureAwait(false);
        }
    }

    /// <summary>Trains one cell, on a new executor where there is none.</summary>
    /// <returns>The executor for the next cell, and how this one ended.</returns>
    private async Task<(ICellExecutor? Executor, CellOutcome Outcome)> ExecuteAsync(ICellExecutor? executor, int number, Cell cell, CancellationToken cancellation)
    {
        try
        {
            executor ??= create(number);
        }
        catch (UAmtflException failure)
        {
            return (null, new(CellEnd.Lost, Message: failure.Message, Details: failure.ToString()));
        }

        var outcome = await executor.ExecuteAsync(cell, epoch => observer.EpochEnded(cell, epoch), cancellation).ConfigureAwait(false);
        if (outcome.End != CellEnd.Lost)
        {
            return (executor, outcome);
        }

        await DisposeAsync(executor).ConfigureAwait(false);
        return (null, outcome);
    }

    private static ValueTask DisposeAsync(ICellExecutor? executor) => executor?.DisposeAsync() ?? ValueTask.CompletedTask;
}
