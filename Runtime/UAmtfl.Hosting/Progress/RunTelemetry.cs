using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace UAmtfl.Hosting;

/// <summary>Reports a run to whoever listens to the meter and the activity source <c>UAmtfl</c>, such as OpenTelemetry or
/// <c>dotnet-counters</c>. Without a listener it costs a test for each epoch.</summary>
/// <param name="next">Is notified as well.</param>
/// <param name="experiment">The name of the experiment.</param>
internal sealed class RunTelemetry(IRunObserver next, string experiment) : IRunObserver
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "UAmtfl";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Epochs = Meter.CreateCounter<long>("uamtfl.epochs", "{epoch}", "Epochs that were trained.");

    private static readonly Gauge<double> Objective = Meter.CreateGauge<double>(
        "uamtfl.objective", null, "The mean objective over the steps of the last epoch.");

    private static readonly Gauge<double> Validation = Meter.CreateGauge<double>(
        "uamtfl.validation.error", null, "The last validation error that was measured.");

    private static readonly Counter<long> Cells = Meter.CreateCounter<long>(
        "uamtfl.cells", "{cell}", "Cells whose training ended, by how it ended.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "uamtfl.cell.duration", "s", "The seconds of the training of a finished cell.");

    private readonly ConcurrentDictionary<Cell, Activity?> activities = [];

    /// <inheritdoc/>
    public void Started(Cell cell)
    {
        // The pool works on several cells at once, so that none is the current activity of its thread.
        var activity = Source.StartActivity("cell", ActivityKind.Internal, default(ActivityContext), Tags(cell));
        activities[cell] = activity;
        next.Started(cell);
    }

    /// <inheritdoc/>
    public void EpochEnded(Cell cell, EpochProgress epoch)
    {
        if (Epochs.Enabled || Objective.Enabled || Validation.Enabled)
        {
            var tags = Tags(cell);
            Epochs.Add(1, tags);
            Objective.Record(epoch.Objective, tags);
            if (epoch.ValidationError is { } error)
            {
                Validation.Record(error, tags);
            }
        }

        next.EpochEnded(cell, epoch);
    }

    /// <inheritdoc/>
    public void Ended(Cell cell, CellOutcome outcome)
    {
        KeyValuePair<string, object?>[] tags = [.. Tags(cell), new("end", outcome.End.ToString())];
        Cells.Add(1, tags);
        if (outcome.End == CellEnd.Finished)
        {
            Duration.Record(outcome.Seconds, tags);
        }

        if (activities.TryRemove(cell, out var activity) && activity is not null)
        {
            activity.SetTag("end", outcome.End.ToString());
            activity.SetTag("test.error", outcome.TestError);
            activity.SetStatus(outcome.End == CellEnd.Finished ? ActivityStatusCode.Ok : ActivityStatusCode.Error, outcome.Message);
            activity.Dispose();
        }

        next.Ended(cell, outcome);
    }

    private KeyValuePair<string, object?>[] Tags(Cell cell) =>
        [new("experiment", experiment), new("variant", cell.Variant), new("seed", cell.Seed)];
}
