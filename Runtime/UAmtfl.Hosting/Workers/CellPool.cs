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
/// <param name="parent">Returns the cell from whose model another starts; null for none.</param>
/// <param name="limit">The time from which no cell is begun; null for none.</param>
internal sealed class CellPool(
    Func<int, ICellExecutor> create, int size, IRunObserver observer, Func<Cell, Cell?> parent, TimeLimit? limit = null)
{
    /// <summary>Trains the cells in order, each after the one that it starts from, until all have ended, the data or the run folder
    /// proves unusable, the time limit is reached, or the run is cancelled.</summary>
    /// <returns>The outcomes of the cells that were begun.</returns>
    public async Task<IReadOnlyDictionary<Cell, CellOutcome>> RunAsync(IEnumerable<Cell> cells, CancellationToken cancellation)
    {
        var queue = new CellQueue(cells, parent);
        var outcomes = new ConcurrentDictionary<Cell, CellOutcome>();
        var work = Enumerable.Range(1, size)
            .Select(number => Task.Run(() => WorkAsync(number, queue, outcomes, cancellation), CancellationToken.None));
        await Task.WhenAll(work).ConfigureAwait(false);
        return outcomes;
    }

    private async Task WorkAsync(
        int number, CellQueue queue, ConcurrentDictionary<Cell, CellOutcome> outcomes, CancellationToken cancellation)
    {
        ICellExecutor? executor = null;
        try
        {
            while (!cancellation.IsCancellationRequested && limit?.Passed != true
                && await queue.TakeAsync(cancellation).ConfigureAwait(false) is var (cell, failed))
            {
                observer.Started(cell);
                CellOutcome outcome;
                (executor, outcome) = failed is not null
                    ? (executor, NotBegun(cell, failed))
                    : await ExecuteAsync(executor, number, cell, cancellation).ConfigureAwait(false);
                outcomes[cell] = outcome;
                queue.End(cell, outcome);
                observer.Ended(cell, outcome);
                if (outcome.End is CellEnd.DataFault or CellEnd.OutputFault)
                {
                    queue.Clear();
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The run was stopped while this worker waited for a cell that another trains.
        }
        catch
        {
            // Nobody ends the cell of this worker any more, so that others would wait for it for ever.
            queue.Clear();
            throw;
        }
        finally
        {
            await DisposeAsync(executor).ConfigureAwait(false);
        }
    }

    private CellOutcome NotBegun(Cell cell, CellOutcome failed) => failed.End is CellEnd.Stopped or CellEnd.OutOfTime
        ? failed
        : new(CellEnd.Failed, Message: $"{parent(cell)}, from whose model it starts, failed: {failed.Message}");

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
