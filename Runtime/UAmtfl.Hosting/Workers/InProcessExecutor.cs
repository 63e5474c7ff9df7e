namespace UAmtfl.Hosting;

/// <summary>Trains inside this process, for a debugger.</summary>
/// <param name="trainer">Trains and writes.</param>
internal sealed class InProcessExecutor(CellTrainer trainer) : ICellExecutor
{
    /// <inheritdoc/>
    public Task<CellOutcome> ExecuteAsync(Cell cell, Action<EpochProgress> epochEnded, CancellationToken cancellation) =>
        // A thread of its own: libtorch's scopes and gradient mode belong to the thread, and the pool's threads are for short work.
        Task.Factory.StartNew(() => trainer.Train(cell, epochEnded, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
