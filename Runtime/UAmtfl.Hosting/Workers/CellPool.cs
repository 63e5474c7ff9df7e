using System.Collections.Concurrent;

namespace UAmtfl.Hosting;

/// <summary>Is notified, from several threads, of the progress of cells.</summary>
internal interface IRunObserver
{
    /// <summary>Called when the training of a cell begins.</summary>
    void Started(Cell cell);

    /// <summary>Called when an epoch of a cell has ended.</summary>
    void EpochEnded(Cell cell, EpochProgress epoch);

    /// <summary>Called when the training of a cell has ended.</summary>
    void Ended(Cell cell, CellOutcome outcome);
}

/// <summary>Trains cells on several executors in parallel, and replaces an executor that is lost.</summary>
/// <param name="create">Creates executor 1, 2, …</param>
/// <param name="size">The number of executors.</param>
/// <param name="observer">Is notified of the progress.</param>
/// <param name="limit">The time from which no cell is begun; null for none.</param>
internal sealed class CellPool(Func<int, ICellExecutor> create, int size, IRunObserver observer, TimeLimit? limit = null)
{
    /// <summary>Trains the cells in order, until all have ended, the data or the run folder proves unusable, the time limit is reached, or
    /// the run is cancelled.</summary>
    /// <returns>The outcomes of the cells that were begun.</returns>
    public async Task<IReadOnlyDictionary<Cell, CellOutcome>> RunAsync(IEnumerable<Cell> cells, CancellationToken cancellation)
    {
        var queue = new ConcurrentQueue<Cell>(cells);
        var outcomes = new ConcurrentDictionary<Cell, CellOutcome>();
        var work = Enumerable.Range(1, size)
            .Select(number => Task.Run(() => WorkAsync(number, queue, outcomes, cancellation), CancellationToken.None));
        await Task.WhenAll(work).ConfigureAwait(false);
        return outcomes;
    }

    private async Task WorkAsync(
        int number, ConcurrentQueue<Cell> queue, ConcurrentDictionary<Cell, CellOutcome> outcomes, CancellationToken cancellation)
    {
        ICellExecutor? executor = null;
        try
        {
            while (!cancellation.IsCancellationRequested && limit?.Passed != true && queue.TryDequeue(out var cell))
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

    /// <summary>Trains one cell, on a new executor if there is none.</summary>
    /// <returns>The executor for the next cell, and the outcome of this one.</returns>
    private async Task<(ICellExecutor? Executor, CellOutcome Outcome)> ExecuteAsync(
        ICellExecutor? executor, int number, Cell cell, CancellationToken cancellation)
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
