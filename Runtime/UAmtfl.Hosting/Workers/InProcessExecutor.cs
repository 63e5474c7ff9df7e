namespace UAmtfl.Hosting;

/// <summary>Trains cells inside this process, which is useful with a debugger.</summary>
/// <param name="trainer">Trains cells and writes their folders.</param>
internal sealed class InProcessExecutor(CellTrainer trainer) : ICellExecutor
{
    /// <inheritdoc/>
    public Task<CellOutcome> ExecuteAsync(Cell cell, Action<EpochProgress> epochEnded, CancellationToken cancellation) =>
        // Training gets its own thread, because libtorch's scopes and gradient mode belong to a thread, and pool threads are for short
        // work.
        Task.Factory.StartNew(
            () => trainer.Train(cell, epochEnded, cancellation),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
