namespace UAmtfl.Hosting;

/// <summary>Shows a run as a line for each finished cell, for files and pipes.</summary>
/// <param name="writer">Receives the lines.</param>
/// <param name="errors">Receives the failures of cells.</param>
/// <param name="run">The run.</param>
/// <param name="before">The number of cells that were finished before.</param>
internal sealed class LineProgress(TextWriter writer, ErrorLines errors, ResolvedRun run, int before) : IRunProgress, IRunObserver
{
    private readonly Metric metric = Metric.For(run.Experiment.Tasks);
    private readonly int total = run.Variants.Count * run.Seeds.Count;
    private readonly Lock gate = new();
    private int done = before;

    /// <inheritdoc/>
    public Task<T> ShowAsync<T>(Func<IRunObserver, Task<T>> work) => work(this);

    /// <inheritdoc/>
    public void Started(Cell cell)
    {
    }

    /// <inheritdoc/>
    public void EpochEnded(Cell cell, EpochProgress epoch)
    {
    }

    /// <inheritdoc/>
    public void Ended(Cell cell, CellOutcome outcome)
    {
        lock (gate)
        {
            done++;
            if (outcome.End == CellEnd.Finished)
            {
                writer.WriteLine(RunProgress.Finished(cell, outcome, metric, done, total));
                writer.Flush();
            }
            else
            {
                errors.Failed(cell, outcome);
            }
        }
    }
}
