namespace UAmtfl.Hosting;

/// <summary>How a cell ended.</summary>
internal enum CellEnd
{
    /// <summary>Its result is in its folder.</summary>
    Finished,

    /// <summary>It failed; others may not.</summary>
    Failed,

    /// <summary>The data are missing or damaged: all others would fail alike.</summary>
    DataFault,

    /// <summary>The run folder cannot be written: all others would be trained in vain.</summary>
    OutputFault,

    /// <summary>Its worker died; others need a new one.</summary>
    Lost,

    /// <summary>It was cancelled.</summary>
    Stopped,
}

/// <summary>How a cell ended, and what to say of it.</summary>
/// <param name="End">How.</param>
/// <param name="TestError">The error over all tasks (<see cref="Evaluation.CellResult.OverallError"/>), where finished.</param>
/// <param name="Seconds">Seconds of training, where finished.</param>
/// <param name="Message">One line, where failed.</param>
/// <param name="Details">A stack trace, if there is one.</param>
internal sealed record CellOutcome(CellEnd End, double TestError = double.NaN, double Seconds = 0, string? Message = null, string? Details = null);

/// <summary>What is shown of an epoch while a cell is trained.</summary>
/// <param name="Epoch">1, 2, …</param>
/// <param name="Objective">The mean objective over the epoch's steps. A mean of task losses would have no unit where kinds of tasks are
/// mixed.</param>
/// <param name="ValidationError">The validation error (<see cref="Evaluation.CellResult.ValidationError"/>), where measured.</param>
internal sealed record EpochProgress(int Epoch, double Objective, double? ValidationError);

/// <summary>Trains cells, one at a time: a worker process, or this process.</summary>
internal interface ICellExecutor : IAsyncDisposable
{
    /// <summary>Trains a cell and writes its folder.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="epochEnded">Called after each epoch.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <returns>How it ended; failures are no exceptions.</returns>
    Task<CellOutcome> ExecuteAsync(Cell cell, Action<EpochProgress> epochEnded, CancellationToken cancellation);
}
