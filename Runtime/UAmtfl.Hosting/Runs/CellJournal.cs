using UAmtfl.Cells;
using UAmtfl.Files;
using UAmtfl.Messages;
using UAmtfl.Tasks;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>Keeps in the folder of a cell what another process needs to go on with its training: the lines of <c>metrics.jsonl</c>, the
/// file <c>checkpoint</c> with the state after an epoch, and the folders of a grid search. All but the metrics are deleted when the cell
/// has its result.</summary>
internal sealed class CellJournal : IDisposable
{
    private const string CheckpointName = "checkpoint";

    private readonly CellFolder folder;
    private readonly Cell cell;
    private readonly TaskSet tasks;
    private readonly CheckpointRhythm rhythm;
    private readonly TimeLimit limit;
    private readonly MetricsWriter metrics;
    private readonly EpochTimings timings;
    private readonly SearchFolders searches;
    private (CheckpointHeader Header, TrainingState State)? found;
    private Task writing = Task.CompletedTask;

    private CellJournal(CellFolder folder, Cell cell, TaskSet tasks, CheckpointRhythm rhythm, TimeLimit limit)
    {
        (this.folder, this.cell, this.tasks, this.rhythm, this.limit) = (folder, cell, tasks, rhythm, limit);
        Directory.CreateDirectory(folder.FullPath);
        File.Delete(CheckpointPath + WholeFile.Unfinished);
        searches = new(folder.FullPath);
        var search = searches.Read(tasks);
        Search = search?.Progress;
        found = ReadCheckpoint();
        if (found is { } checkpoint && checkpoint.Header.Point < (Search?.Points.Count ?? 0))
        {
            // The process died between the end of the point and the deletion of its checkpoint.
            checkpoint.State.Dispose();
            found = null;
        }

        metrics = folder.BeginMetrics(tasks, found?.Header.MetricsBytes ?? search?.MetricsBytes ?? 0);
        timings = new(folder.TimingsFile, KeptEpochs());
    }

    /// <summary>The points of the grid that earlier processes have trained; null for none.</summary>
    public SearchProgress? Search { get; }

    private string CheckpointPath => Path.Combine(folder.FullPath, CheckpointName);

    /// <summary>Opens the journal of a cell and reads what an earlier process left.</summary>
    /// <param name="folder">The folder of the cell.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="tasks">The experiment's tasks.</param>
    /// <param name="rhythm">Decides after which epochs a checkpoint is written.</param>
    /// <param name="limit">The time from which the training stops after its epoch, with a checkpoint.</param>
    /// <exception cref="CheckpointException">A checkpoint is damaged or of another cell.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public static CellJournal Open(
        CellFolder folder, Cell cell, TaskSet tasks, CheckpointRhythm rhythm, TimeLimit limit) =>
        RunFolder.Guarded(folder.FullPath, () => new CellJournal(folder, cell, tasks, rhythm, limit));

    /// <summary>Appends the record of an epoch to the metrics, and how long it took to the timings.</summary>
    public void Write(EpochRecord epoch)
    {
        metrics.Write(epoch);
        RunFolder.Guarded(folder.FullPath, () =>
        {
            timings.Write(epoch);
            return true;
        });
    }

    /// <summary>Returns the journal of one training.</summary>
    /// <param name="point">The point of the grid; null without a search.</param>
    /// <param name="values">The hyper-parameters.</param>
    public ITrainingJournal Of(int? point, IReadOnlyDictionary<string, object> values) =>
        new TrainingJournal(this, point, string.Join(", ", values.Select(v => FormattableString.Invariant($"{v.Key} = {v.Value}"))));

    /// <summary>Keeps a grid search after a point, in the place of the point's checkpoint.</summary>
    public void PointEnded(SearchProgress progress)
    {
        Wait();
        RunFolder.Guarded(folder.FullPath, () =>
        {
            searches.Write(progress, metrics.Length, tasks);
            File.Delete(CheckpointPath);
            return true;
        });
    }

    /// <summary>Gives the file of metrics its final name.</summary>
    public void Complete()
    {
        Wait();
        metrics.Complete();
    }

    /// <summary>Deletes checkpoints and searches, which a cell with a result does not need.</summary>
    public void Discard()
    {
        Wait();
        Discard(folder);
    }

    /// <summary>Deletes what a process that died between the result of a cell and its end has left.</summary>
    public static void Discard(CellFolder folder) => RunFolder.Guarded(folder.FullPath, () =>
    {
        File.Delete(Path.Combine(folder.FullPath, CheckpointName));
        new SearchFolders(folder.FullPath).Discard();
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        found?.State.Dispose();
        try
        {
            Wait();
        }
        catch (OutputException)
        {
            // The training has ended otherwise, and its last checkpoint is still whole.
        }

        timings.Dispose();
        metrics.Dispose();
    }

    private IReadOnlyList<EpochRecord> KeptEpochs()
    {
        try
        {
            return metrics.Kept();
        }
        catch (InvalidDataException e)
        {
            throw Unusable(e);
        }
    }

    /// <summary>Waits until the checkpoint that is being written is whole.</summary>
    private void Wait()
    {
        var ended = writing;
        writing = Task.CompletedTask;
        RunFolder.Guarded(CheckpointPath, () =>
        {
            ended.GetAwaiter().GetResult();
            return true;
        });
    }

    private (CheckpointHeader Header, TrainingState State)? ReadCheckpoint()
    {
        if (!File.Exists(CheckpointPath))
        {
            return null;
        }

        try
        {
            var read = CheckpointFile.Read(CheckpointPath);
            return read.Header.Cell == cell
                ? read
                : throw new InvalidDataException($"it is of {read.Header.Cell}");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    private CheckpointException Unusable(Exception problem) => new(
        $"cannot continue from {CheckpointPath}: {Words.Clause(problem.Message)}; delete the folder {folder.FullPath} "
            + "to train the cell from its start",
        problem);

    private void Save(CheckpointHeader header, Func<TrainingState> copy)
    {
        var last = limit.Passed;
        if (!last && !rhythm.Due(header.Summary.Epochs))
        {
            return;
        }

        Wait();
        rhythm.Begin();
        var state = copy();
        writing = Task.Run(() =>
        {
            using (state)
            {
                // The lines that the checkpoint counts on must be on the disk before it.
                metrics.FlushToDisk();
                CheckpointFile.Write(CheckpointPath, header, state);
                rhythm.End();
            }
        });
        if (last)
        {
            Wait();
            throw new TimeLimitException();
        }
    }

    private sealed class TrainingJournal(CellJournal journal, int? point, string hyper) : ITrainingJournal
    {
        public TrainingProgress? Open()
        {
            if (journal.found is not { } checkpoint)
            {
                return null;
            }

            journal.found = null;
            var (header, state) = checkpoint;
            if (header.Point != point || header.Hyper != hyper)
            {
                state.Dispose();
                throw journal.Unusable(
                    new InvalidDataException($"it was written with {header.Hyper}, but the training has {hyper}"));
            }

            var epochs = journal.metrics.Kept().Where(e => e.Point == point).ToList();
            return epochs.Count == header.Summary.Epochs
                ? new(state, epochs, header.Summary)
                : throw journal.Unusable(new InvalidDataException(
                    $"it is of {header.Summary.Epochs} epochs, but the metrics beside it have {epochs.Count}"));
        }

        public void EpochEnded(TrainingSummary summary, Func<TrainingState> state) =>
            journal.Save(new(journal.cell, point, hyper, journal.metrics.Length, summary), state);
    }
}
