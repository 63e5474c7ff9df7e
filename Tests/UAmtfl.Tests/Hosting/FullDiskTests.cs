using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

/// <summary>A full disk costs no more than the file that is being written. A link to /dev/full stands in for a full disk, because writing
/// to it fails alike.</summary>
public sealed class FullDiskTests : IDisposable
{
    private static readonly Cell First = new("UAmtfl", 1);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("metrics.jsonl.tmp")]
    [InlineData("test-errors.npy.tmp")]
    [InlineData("result.json.tmp")]
    public void ACellThatCannotBeWrittenLeavesNoHalfOfAFile(string file)
    {
        var run = Fake.Resolve(new() { Experiment = "mnist" });
        var made = RunFolder.Create(folder.Path, Fake.Manifest(run));
        var cell = Directory.CreateDirectory(Path.Combine(made.FullPath, "cells", First.Name)).FullName;
        File.CreateSymbolicLink(Path.Combine(cell, file), "/dev/full");
        var trainer = new CellTrainer(run, Fake.Manifest(run), made, (_, _, _, _, _, epochEnded, _) =>
        {
            epochEnded(new() { Epoch = 1, LearningRate = 0.1, Objective = 1, TaskLosses = [1, 2] });
            return Fake.Result(First);
        });
        var outcome = trainer.Train(First, _ => { }, CancellationToken.None);
        Assert.Equal(CellEnd.OutputFault, outcome.End);
        Assert.StartsWith($"cannot write to {cell}", outcome.Message, StringComparison.Ordinal);
        Assert.False(made.Cell(First).IsFinished);
        Assert.DoesNotContain(new DirectoryInfo(cell).EnumerateFileSystemInfos(), f => f.Name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void ATrainingThatFailsKeepsItsEpochs()
    {
        var run = Fake.Resolve(new() { Experiment = "mnist" });
        var made = RunFolder.Create(folder.Path, Fake.Manifest(run));
        var trainer = new CellTrainer(run, Fake.Manifest(run), made, (_, _, _, _, _, epochEnded, _) =>
        {
            epochEnded(new() { Epoch = 1, LearningRate = 0.1, Objective = 1, TaskLosses = [1, 2] });
            throw new UAmtflException("training diverged");
        });
        Assert.Equal(CellEnd.Failed, trainer.Train(First, _ => { }, CancellationToken.None).End);
        Assert.Single(File.ReadAllLines(Path.Combine(made.FullPath, "cells", First.Name, "metrics.jsonl.tmp")));
    }

    [Fact]
    public void ALogDoesWithout()
    {
        var full = Path.Combine(folder.Path, "full.log");
        File.CreateSymbolicLink(full, "/dev/full");
        using (var log = new LogFile(full))
        {
            log.Write("one");
            log.Write("two");
        }

        using (var log = new LogFile(Path.Combine(folder.Path, "no such folder", "log")))
        {
            log.Write("one");
        }

        using (var log = new LogFile(Path.Combine(folder.Path, "log")))
        {
            log.Write("one");
        }

        Assert.Equal(["one"], File.ReadAllLines(Path.Combine(folder.Path, "log")));
    }

    [Fact]
    public async Task AReportThatCannotBeWrittenIsPrinted()
    {
        var made = Fake.Finished(folder.Path, 1);
        File.CreateSymbolicLink(Path.Combine(made.FullPath, "report.json.tmp"), "/dev/full");
        using var output = new StringWriter();
        Assert.Equal(ExitCode.Failure, await Verbs.InvokeAsync(Fake.Context(output, "report", made.FullPath)));
        Assert.Contains("UAmtfl", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("2 of 2 cells finished", output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(made.FullPath, "report.json")));
    }
}
