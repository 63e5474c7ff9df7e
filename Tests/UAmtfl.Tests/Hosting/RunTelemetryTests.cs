using System.Diagnostics;
using System.Diagnostics.Metrics;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

/// <summary>A listener receives the epochs and cells of a run, and the progress of the run is shown as without it.</summary>
public sealed class RunTelemetryTests
{
    /// <summary>The name of the experiment, by which the measurements of this test are told from those of others.</summary>
    private const string Experiment = "telemetry-toy";

    private static readonly Cell Cell = new("Mtl", 3);

    [Fact]
    public void MetersCountEpochsAndCells()
    {
        var measured = new List<(string Name, double Value, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == RunTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();

        Play(new RunTelemetry(new Seen(), Experiment));

        const string tags = $"experiment={Experiment} variant=Mtl seed=3";
        Assert.Equal(
            [
                ("uamtfl.epochs", 1.0, tags), ("uamtfl.objective", 2.5, tags),
                ("uamtfl.epochs", 1.0, tags), ("uamtfl.objective", 2.25, tags), ("uamtfl.validation.error", 0.5, tags),
                ("uamtfl.cells", 1.0, $"{tags} end=Finished"), ("uamtfl.cell.duration", 7.0, $"{tags} end=Finished"),
            ],
            measured);

        void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"));
            if (text.StartsWith($"experiment={Experiment} ", StringComparison.Ordinal))
            {
                measured.Add((instrument.Name, value, text));
            }
        }
    }

    [Theory]
    [InlineData(true, ActivityStatusCode.Ok)]
    [InlineData(false, ActivityStatusCode.Error)]
    public void ACellIsAnActivity(bool finishes, ActivityStatusCode status)
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RunTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("experiment"), Experiment))
                {
                    ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        Play(new RunTelemetry(new Seen(), Experiment), finishes);
        var cell = Assert.Single(ended);
        Assert.Equal(("cell", status, "Mtl"), (cell.OperationName, cell.Status, cell.GetTagItem("variant")));
    }

    [Fact]
    public void TheProgressIsPassedOn()
    {
        var seen = new Seen();
        Play(new RunTelemetry(seen, Experiment));
        Assert.Equal(["started Mtl, seed 3", "epoch 1", "epoch 2", "ended Finished"], seen.Calls);
    }

    private static void Play(RunTelemetry run, bool finishes = true)
    {
        run.Started(Cell);
        run.EpochEnded(Cell, new(1, 2.5, null));
        run.EpochEnded(Cell, new(2, 2.25, 0.5));
        run.Ended(Cell, finishes ? new(CellEnd.Finished, 0.25, 7) : new(CellEnd.Failed, Message: "it broke"));
    }

    private sealed class Seen : IRunObserver
    {
        public List<string> Calls { get; } = [];

        public void Started(Cell cell) => Calls.Add($"started {cell}");

        public void EpochEnded(Cell cell, EpochProgress epoch) => Calls.Add($"epoch {epoch.Epoch}");

        public void Ended(Cell cell, CellOutcome outcome) => Calls.Add($"ended {outcome.End}");
    }
}
