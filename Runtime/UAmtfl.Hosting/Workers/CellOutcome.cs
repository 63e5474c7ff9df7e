namespace UAmtfl.Hosting;

/// <summary>The ways in which the training of a cell can end.</summary>
internal enum CellEnd
{
    /// <summary>The cell is finished, and its result is in its folder.</summary>
    Finished,

    /// <summary>The cell failed; other cells may succeed.</summary>
    Failed,

    /// <summary>The data is missing or damaged, so that all other cells would fail too.</summary>
    DataFault,

    /// <summary>The run folder cannot be written, so that all other cells would be trained in vain.</summary>
    OutputFault,

    /// <summary>The worker of the cell died, so that other cells need a new one.</summary>
    Lost,

    /// <summary>The cell was cancelled.</summary>
    Stopped,

    /// <summary>The run reached its time limit, and the cell can go on from a checkpoint.</summary>
    OutOfTime,
}

/// <summary>The outcome of a cell's training, with the values and messages that are shown.</summary>
/// <param name="End">The way in which it ended.</param>
/// <param name="TestError">The error over all tasks (<see cref="Evaluation.CellResult.OverallError"/>) if it finished.</param>
/// <param name="Seconds">The seconds of training if it finished.</param>
/// <param name="Message">A message of one line if it failed.</param>
/// <param name="Details">The stack trace; null if there is none.</param>
internal sealed record CellOutcome(
    CellEnd End, double TestError = double.NaN, double Seconds = 0, string? Message = null, string? Details = null);

/// <summary>The values of an epoch that are shown while a cell is trained.</summary>
/// <param name="Epoch">The number of the epoch: 1, 2, …</param>
/// <param name="Objective">The mean objective over the steps of the epoch. It is shown in place of a mean of task losses, because that
/// would have no unit if kinds of tasks are mixed.</param>
/// <param name="ValidationError">The validation error (<see cref="Evaluation.CellResult.ValidationError"/>); null if it was not
/// measured.</param>
internal sealed record EpochProgress(int Epoch, double Objective, double? ValidationError);

/// <summary>Trains cells one at a time, in a worker process or in this process.</summary>
internal interface ICellExecutor : IAsyncDisposable
{
    /// <summary>Trains a cell and writes its folder.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="epochEnded">Called after each epoch.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <returns>The outcome; a failure of the cell does not throw.</returns>
    Task<CellOutcome> ExecuteAsync(Cell cell, Action<EpochProgress> epochEnded, CancellationToken cancellation);
}
