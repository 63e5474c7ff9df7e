namespace UAmtfl.Hosting;

/// <summary>Hands cells out to several workers, in order, but each only after the cell from whose model it starts.</summary>
/// <param name="cells">The cells.</param>
/// <param name="parent">Returns the cell that must be finished before another; null for none. One that is not among the cells is
/// finished.</param>
internal sealed class CellQueue(IEnumerable<Cell> cells, Func<Cell, Cell?> parent)
{
    private readonly List<Cell> waiting = [.. cells];
    private readonly Dictionary<Cell, CellOutcome> ended = [];
    private readonly HashSet<Cell> begun = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes the next cell, and waits while all that are left start from cells that are being trained.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The cell, with the outcome of a cell that it starts from if that one has failed; null if none is left.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<(Cell Cell, CellOutcome? Failed)?> TakeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task change;
            lock (waiting)
            {
                if (waiting.Count == 0)
                {
                    return null;
                }

                if (waiting.FindIndex(IsReady) is >= 0 and var ready)
                {
                    var cell = waiting[ready];
                    waiting.RemoveAt(ready);
                    begun.Add(cell);
                    return (cell, Before(cell) is { End: not CellEnd.Finished } failed ? failed : null);
                }

                change = changed.Task;
            }

            await change.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Notes the outcome of a cell that was taken.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="outcome">Its outcome.</param>
    public void End(Cell cell, CellOutcome outcome) => Change(() => ended[cell] = outcome);

    /// <summary>Hands out no further cell.</summary>
    public void Clear() => Change(waiting.Clear);

    private bool IsReady(Cell cell) => parent(cell) is not { } before || ended.ContainsKey(before)
        || (!begun.Contains(before) && !waiting.Contains(before));

    private CellOutcome? Before(Cell cell) => parent(cell) is { } before ? ended.GetValueOrDefault(before) : null;

    private void Change(Action change)
    {
        lock (waiting)
        {
            change();
            changed.SetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
