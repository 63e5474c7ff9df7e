using System.Text;

namespace UAmtfl.Tests.EndToEnd;

/// <summary>A run that is killed at any moment and continued leaves the files of a run that was not, but for times.</summary>
public sealed class ResumeTests(ResumeTests.WholeRun whole) : IDisposable, IClassFixture<ResumeTests.WholeRun>
{
    private const int Kill = 9;

    /// <summary>Files that name processes, moments or durations.</summary>
    private static readonly string[] OfTheMoment =
        ["timing.json", "timing.jsonl", "run.json", "report.html", "report.json", "report.md", "errors.log"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The program and its workers are killed again and again, at moments that are spread over a whole run with a checkpoint
    /// after each epoch.</summary>
    [Fact]
    public void ARunThatIsKilledTwiceGoesOnBitByBit() => RequireSameAfter(kills: 2, workers: 2);

    /// <summary>The same with more kills, which takes minutes.</summary>
    [Fact, Trait("Category", "Slow")]
    public void ARunThatIsKilledTwentyTimesGoesOnBitByBit() => RequireSameAfter(kills: 20, workers: 2);

    private void RequireSameAfter(int kills, int workers)
    {
        using var killed = Start(workers, folder.File("killed"));
        killed.WaitFor("into");
        Signal(killed);
        var run = RunOf("killed");
        var random = new Random(workers);
        for (var kill = 0; kill < kills; kill++)
        {
            using var resumed = ProgramRun.Start("run", "--resume", run);
            resumed.WaitFor("continued:");
            WaitForWrites(resumed, run, random.Next(1, 40));
            Signal(resumed);
        }

        using var last = ProgramRun.Of("run", "--resume", run);
        Assert.True(last.ExitCode == 0, string.Join('\n', last.Errors));
        var (expected, actual) = (Files(whole.Path), Files(run));
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, f => Assert.Equal(Encoding.Latin1.GetString(f.Value), Encoding.Latin1.GetString(actual[f.Key])));
    }

    [Fact]
    public void ARunWithOtherSettingsIsRefusedAndTheDifferenceNamed()
    {
        using var options = ProgramRun.Of("run", "--resume", whole.Path, "--epochs", "3");
        Refused(options, "--epochs was given; drop it");
        using var named = ProgramRun.Of("run", "exam", "--resume", whole.Path);
        Refused(named, "but exam was given; drop it");
        using var settings = ProgramRun.Of("run", "--resume", whole.Path, "--exam:UAmtfl:Alpha", "1");
        Refused(settings, "--exam:UAmtfl:Alpha was given");
        using var missing = ProgramRun.Of("run", "--resume", Path.Combine(folder.Path, "nothing"));
        Refused(missing, "cannot read");

        var manifest = Path.Combine(whole.Path, "run.json");
        var text = File.ReadAllText(manifest);
        File.WriteAllText(manifest, text.Replace("\"TorchSharp\": \"", "\"TorchSharp\": \"9."));
        using var version = ProgramRun.Of("run", "--resume", whole.Path);
        Refused(version, "versions.TorchSharp is ");
        File.WriteAllText(manifest, text);

        var generated = Directory.EnumerateFiles(Path.Combine(whole.Path, "generated")).First();
        var code = File.ReadAllBytes(generated);
        File.AppendAllText(generated, "// changed");
        using var declaration = ProgramRun.Of("run", "--resume", whole.Path);
        Refused(declaration, $"the generated code {Path.GetFileName(generated)}");
        File.WriteAllBytes(generated, code);
    }

    [Fact]
    public void ADamagedCheckpointIsRefusedByName()
    {
        using var killed = ProgramRun.Start(
            "run", "exam", "--variant", "MtNn", "--seeds", "1", "--epochs", "20000", "--checkpoint-every", "1", "--parallel", "1",
            "--output", folder.File("killed"));
        killed.WaitFor("into");
        var run = RunOf("killed");
        SpinWait.SpinUntil(() => Checkpoints(run).Length > 0);
        var workers = killed.Children();
        Signal(killed);
        SpinWait.SpinUntil(() => !workers.Any(ProgramRun.Runs));   // a worker that lives a moment longer writes another checkpoint
        var checkpoint = Checkpoints(run)[0];
        var bytes = File.ReadAllBytes(checkpoint);
        File.WriteAllBytes(checkpoint, bytes[..(bytes.Length / 2)]);
        using var resumed = ProgramRun.Of("run", "--resume", run);
        Assert.Equal(1, resumed.ExitCode);
        Assert.Contains(resumed.Errors, line => line.Contains($"cannot continue from {checkpoint}: its contents do not have the hash"));
        Assert.Equal(bytes.Length / 2, new FileInfo(checkpoint).Length);
    }

    /// <summary>A run that has no time left begins no cell, and says with its exit code and its last line that it can be
    /// continued.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void ARunWithoutTimeIsContinued(int workers)
    {
        using var late = ProgramRun.Of(
            "run", "exam", "--variant", "Nn", "--seeds", "1", "--epochs", "1", "--parallel", $"{workers}",
            "--max-time", "0.001s", "--output", folder.File("late"));
        var run = RunOf("late");
        Assert.Equal(
            (124, $"error: the time limit is reached; 0 of 1 cell finished; run --resume {run} goes on with the others"),
            (late.ExitCode, Assert.Single(late.Errors)));
        using var again = ProgramRun.Of("run", "--resume", run);
        Assert.Equal(124, again.ExitCode);
        using var last = ProgramRun.Of("run", "--resume", run, "--max-time", "1h");
        Assert.True(last.ExitCode == 0, string.Join('\n', last.Errors));
    }

    private static ProgramRun Start(int workers, string output) => ProgramRun.Start(
        "run", "exam", "--variant", "MtNn", "--variant", "UAmtfl", "--seeds", "1", "--epochs", "60",
        "--checkpoint-every", "1", "--parallel", $"{workers}", "--output", output);

    private string RunOf(string output) => Assert.Single(Directory.GetDirectories(folder.File(output)));

    /// <summary>Waits until files have changed as many times as is asked for, or the program has ended.</summary>
    private static void WaitForWrites(ProgramRun program, string run, int changes)
    {
        for (var seen = Snapshot(run); changes > 0; changes--)
        {
            SpinWait.SpinUntil(() => Snapshot(run) != seen || !ProgramRun.Runs(program.Id));
            seen = Snapshot(run);
        }
    }

    private static string[] Checkpoints(string run) => Directory.GetFiles(run, "checkpoint", SearchOption.AllDirectories);

    private static string Snapshot(string run)
    {
        try
        {
            return string.Join(' ', Directory.EnumerateFiles(Path.Combine(run, "cells"), "*", SearchOption.AllDirectories)
                .Select(f => new FileInfo(f)).Where(f => f.Exists).Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static void Signal(ProgramRun run)
    {
        if (ProgramRun.Runs(run.Id))
        {
            run.Signal(Kill);
        }
    }

    private static void Refused(ProgramRun run, string hint)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(hint, Assert.Single(run.Errors));
    }

    private static SortedDictionary<string, byte[]> Files(string run) => new(
        Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories)
            .Where(f => !OfTheMoment.Contains(Path.GetFileName(f)) && !f.EndsWith(".log", StringComparison.Ordinal))
            .ToDictionary(f => Path.GetRelativePath(run, f), File.ReadAllBytes),
        StringComparer.Ordinal);

    /// <summary>A run that nothing interrupts, with one worker. Tests that change its files change them back.</summary>
    public sealed class WholeRun : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public WholeRun()
        {
            using var run = Start(1, folder.File("whole"));
            run.Finish();
            Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
            Path = Assert.Single(Directory.GetDirectories(folder.File("whole")));
        }

        /// <summary>The folder of the run.</summary>
        public string Path { get; }

        public void Dispose() => folder.Dispose();
    }
}
