using System.Text.Json;
using UAmtfl.Hosting;
using UAmtfl.Tests.Training;

namespace UAmtfl.Tests.Hosting;

/// <summary>A cell that searches a grid and is interrupted after any epoch leaves the files of one that was not.</summary>
public sealed class ContinuedCellTests : IDisposable
{
    private const int Epochs = 3;

    private static readonly Cell Cell = new("Mtl", 1);

    private readonly TemporaryFolder folder = new();
    private ResolvedRun run = RunResolver.Resolve(
        [Searched.Descriptor],
        new() { Experiment = "searched" },
        TestSettings.Configuration(("searched:Training:Epochs", $"{Epochs}"), ("searched:Training:EvaluateEvery", "2")));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void AStoppedCellGoesOnBitByBit(int stopAfter)
    {
        var interrupted = Create("interrupted");
        using var stop = new CancellationTokenSource();
        var outcome = Trainer(interrupted).Train(
            Cell,
            epoch =>
            {
                if (epoch.Epoch == stopAfter)
                {
                    stop.Cancel();
                }
            },
            stop.Token);
        Assert.Equal(CellEnd.Stopped, outcome.End);
        Finish(interrupted, epochsLeft: (2 * Epochs) - stopAfter);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void ACellThatDiesBeforeACheckpointGoesOnFromTheOneBefore(int dieAfter)
    {
        var interrupted = Create("interrupted");
        var outcome = Trainer(interrupted).Train(
            Cell, epoch => _ = epoch.Epoch == dieAfter ? throw new InvalidOperationException("no more") : 0, CancellationToken.None);
        Assert.Equal(CellEnd.Failed, outcome.End);
        Finish(interrupted, epochsLeft: (2 * Epochs) - dieAfter + 1);
    }

    /// <summary>A cell that runs out of time has a checkpoint of its last epoch, also if checkpoints are not wanted otherwise.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void ACellThatRunsOutOfTimeGoesOnBitByBit(int epochsInTime)
    {
        var interrupted = Create("interrupted");
        var clock = new Clock();
        var limit = new TimeLimit(clock.Now + TimeSpan.FromHours(2), clock);
        var epochs = 0;
        var manifest = Manifest(run) with { CheckpointEvery = 0 };
        var outcome = new CellTrainer(run, manifest, interrupted, CellTrainer.TrainWithTorch, limit).Train(
            Cell,
            _ => clock.Now += ++epochs == epochsInTime ? TimeSpan.FromHours(2) : TimeSpan.Zero,
            CancellationToken.None);
        Assert.Equal((CellEnd.OutOfTime, epochsInTime), (outcome.End, epochs));
        Finish(interrupted, epochsLeft: (2 * Epochs) - epochsInTime);
    }

    /// <summary>The file of timings has a line for each epoch of each point of the grid, also if the cell was stopped and went
    /// on.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void EachEpochHasItsLineInTheTimings(int stopAfter)
    {
        var interrupted = Create("interrupted");
        using var stop = new CancellationTokenSource();
        var epochs = 0;
        Trainer(interrupted).Train(
            Cell,
            _ =>
            {
                if (++epochs == stopAfter)
                {
                    stop.Cancel();
                }
            },
            stop.Token);
        Trainer(interrupted).Train(Cell, _ => { }, CancellationToken.None);
        var lines = File.ReadAllLines(Path.Combine(interrupted.Cell(Cell).FullPath, "timing.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3)],
            lines.Select(line => (line.GetProperty("point").GetInt32(), line.GetProperty("epoch").GetInt32())));
        double[] seconds = [.. lines.Select(line => line.GetProperty("seconds").GetDouble()).Order()];
        Assert.True(seconds[0] >= 0);
        Assert.Equal(seconds[3], interrupted.Cell(Cell).Read(run.Experiment.Tasks).EpochSeconds);
        Assert.All(lines, line => Assert.True(line.GetProperty("liveTensors").GetInt64() > 0));
    }

    [Fact]
    public void ACheckpointOfAnotherCellOrOtherSettingsIsRefused()
    {
        var first = Create("first");
        using var stop = new CancellationTokenSource();
        Trainer(first).Train(Cell, _ => stop.Cancel(), stop.Token);
        var checkpoint = Path.Combine(first.Cell(Cell).FullPath, "checkpoint");
        var second = Create("second");
        var other = Cell with { Seed = 2 };
        Directory.CreateDirectory(second.Cell(other).FullPath);
        File.Copy(checkpoint, Path.Combine(second.Cell(other).FullPath, "checkpoint"));
        var refused = Trainer(second).Train(other, _ => { }, CancellationToken.None);
        Assert.Contains("it is of Mtl, seed 1; delete the folder", refused.Message);

        var third = Create("third");
        Directory.CreateDirectory(third.Cell(Cell).FullPath);
        File.Copy(checkpoint, Path.Combine(third.Cell(Cell).FullPath, "checkpoint"));
        File.Copy(
            Path.Combine(first.Cell(Cell).FullPath, "metrics.jsonl.tmp"),
            Path.Combine(third.Cell(Cell).FullPath, "metrics.jsonl.tmp"));
        var changed = RunResolver.Resolve(
            [Searched.Descriptor], new() { Experiment = "searched" }, TestSettings.Configuration(("searched:Mtl:Lambda", "0.3")));
        var otherSettings = new CellTrainer(changed, Manifest(changed), third, CellTrainer.TrainWithTorch);
        refused = otherSettings.Train(Cell, _ => { }, CancellationToken.None);
        Assert.Contains("it was written with Lambda = 0.1, but the training has Lambda = 0.3", refused.Message);
        Assert.True(File.Exists(Path.Combine(third.Cell(Cell).FullPath, "checkpoint")));
    }

    [Fact]
    public void ARunInProgressIsNotContinued()
    {
        using var inProgress = Create("run");
        var refused = Assert.Throws<UAmtflException>(() => RunFolder.Continue(inProgress.FullPath, out _));
        Assert.Contains("it is still in progress", refused.Message);
        inProgress.Dispose();
        using var continued = RunFolder.Continue(inProgress.FullPath, out var manifest);
        Assert.Equal((inProgress.FullPath, "searched"), (continued.FullPath, manifest.Experiment));
    }

    [Fact]
    public void MetricsThatLackAnEpochAreRefused()
    {
        var made = Create("made");
        using var stop = new CancellationTokenSource();
        Trainer(made).Train(Cell, _ => stop.Cancel(), stop.Token);
        File.WriteAllText(Path.Combine(made.Cell(Cell).FullPath, "metrics.jsonl.tmp"), "");
        var refused = Trainer(made).Train(Cell, _ => { }, CancellationToken.None);
        Assert.Contains("the checkpoint counts on ", refused.Message);
    }

    /// <summary>The best epochs so far are a part of a checkpoint.</summary>
    [Theory]
    [InlineData(2, "")]
    [InlineData(5, "")]
    [InlineData(9, "")]
    [InlineData(4, "*")]
    [InlineData(9, "*")]
    public void AStoppedCellWithPatienceGoesOnBitByBit(int stopAfter, string monitor)
    {
        run = RunResolver.Resolve(
            [Searched.Descriptor],
            new() { Experiment = "searched" },
            TestSettings.Configuration(
                ("searched:Training:Epochs", "30"),
                ("searched:Training:EvaluateEvery", "1"),
                ("searched:Training:Patience", "3"),
                ("searched:Training:Monitor", monitor),
                ("searched:Training:LearningRate", "0.1"),
                ("searched:Mtl:Lambda", "0.1")));
        var interrupted = Create("interrupted");
        using var stop = new CancellationTokenSource();
        var outcome = Trainer(interrupted).Train(
            Cell,
            epoch =>
            {
                if (epoch.Epoch == stopAfter)
                {
                    stop.Cancel();
                }
            },
            stop.Token);
        Assert.Equal(outcome.End == CellEnd.Finished, interrupted.Cell(Cell).IsFinished);
        Finish(interrupted, epochsLeft: null);
    }

    private void Finish(RunFolder interrupted, int? epochsLeft)
    {
        var whole = Create("whole");
        Assert.Equal(CellEnd.Finished, Trainer(whole).Train(Cell, _ => { }, CancellationToken.None).End);
        var epochs = 0;
        var outcome = Trainer(interrupted).Train(Cell, _ => epochs++, CancellationToken.None);
        Assert.Equal((CellEnd.Finished, null), (outcome.End, outcome.Message));
        Assert.Equal(epochsLeft ?? epochs, epochs);
        var (expected, actual) = (Files(whole), Files(interrupted));
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, f => Assert.Equal(f.Value, actual[f.Key]));
        Assert.Contains("result.json", expected.Keys);
    }

    private CellTrainer Trainer(RunFolder files) => new(run, Manifest(run), files, CellTrainer.TrainWithTorch);

    private RunFolder Create(string name) => RunFolder.Create(Path.Combine(folder.Path, name), Manifest(run));

    private static RunManifest Manifest(ResolvedRun run) =>
        RunManifest.Of(run, new() { Experiment = "searched", CheckpointEvery = 1 }, 0, DateTime.UnixEpoch);

    private static SortedDictionary<string, byte[]> Files(RunFolder files)
    {
        var path = files.Cell(Cell).FullPath;
        return new(
            Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(f => Path.GetFileName(f) is not ("timing.json" or "timing.jsonl"))
                .ToDictionary(f => Path.GetRelativePath(path, f), File.ReadAllBytes),
            StringComparer.Ordinal);
    }

    /// <summary>A clock that stands still until it is told.</summary>
    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
