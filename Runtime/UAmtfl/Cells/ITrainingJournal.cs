using UAmtfl.Training;

namespace UAmtfl.Cells;

/// <summary>Keeps what one training needs to go on in another process.</summary>
public interface ITrainingJournal
{
    /// <summary>Opens what an earlier process left of the training; null if there is nothing.</summary>
    TrainingProgress? Open();

    /// <summary>Called after each epoch, when the record of the epoch has been written.</summary>
    /// <param name="summary">What the epochs so far add up to.</param>
    /// <param name="state">Copies the state of the training; valid during the call.</param>
    void EpochEnded(TrainingSummary summary, Func<TrainingState> state);
}

/// <summary>What the epochs of a training add up to so far, apart from their records.</summary>
/// <param name="Epochs">The number of epochs, at least 1.</param>
/// <param name="ValidationError">The last validation error; NaN if none was measured.</param>
/// <param name="Notice">The notice of the last epoch; null for none.</param>
/// <param name="Seconds">The seconds that the training has taken, those of earlier processes included.</param>
public sealed record TrainingSummary(int Epochs, double ValidationError, string? Notice, double Seconds)
{
    /// <summary>The best epoch of each error that early stopping watches; empty without it.</summary>
    public IReadOnlyList<BestEpoch> Best { get; init; } = [];
}

/// <summary>A training after an epoch.</summary>
/// <param name="State">The tensors, which are disposed of with this.</param>
/// <param name="Epochs">The records of the epochs so far, in order.</param>
/// <param name="Summary">What the epochs add up to.</param>
public sealed record TrainingProgress(TrainingState State, IReadOnlyList<EpochRecord> Epochs, TrainingSummary Summary) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => State.Dispose();
}
