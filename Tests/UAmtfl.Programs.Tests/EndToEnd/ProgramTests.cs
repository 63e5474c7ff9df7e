using System.Text.Json;
using UAmtfl.Experiments.Mnist;

namespace UAmtfl.Tests.EndToEnd;

/// <summary>The program as a process: its exit codes, the files that it writes, and what it refuses.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ListNamesTheExperiments()
    {
        using var run = ProgramRun.Of("list");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("mnist-imbalanced", run.Output);
        Assert.Contains("UAmtfl", run.Output);
    }

    [Fact]
    public void ATinyRunLeavesEverything()
    {
        string[] once = ["run", "exam", "--epochs", "1", "--seeds", "1", "--variant", "UAmtfl"];
        using var run = ProgramRun.Of([.. once, "--variant", "Stl", "--parallel", "2", "--output", folder.File("workers")]);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        Assert.Contains("Stl", run.Output);
        var results = RunFolder("workers");
        string[] files =
        [
            "run.json", "report.html", "report.md", "report.json",
            "charts/error.svg", "charts/improvement.svg", "charts/transfer-UAmtfl.svg", "charts/sigma-UAmtfl.svg",
            "generated/UAmtfl.Experiments.Exam.ExamSchools+UAmtfl.g.cs.txt",
            "cells/UAmtfl-1/metrics.jsonl", "cells/UAmtfl-1/result.json", "cells/UAmtfl-1/test-errors.npy",
        ];
        foreach (var file in files)
        {
            Assert.True(File.Exists(Path.Combine(results, file)), $"{file} is missing");
        }

        var lines = File.ReadAllLines(Path.Combine(results, "cells/UAmtfl-1/metrics.jsonl"));
        var epoch = JsonDocument.Parse(Assert.Single(lines)).RootElement;
        Assert.Equal(65, epoch.GetProperty("traces").GetProperty("sigma").EnumerateObject().Count());

        // The same seed trained in one process, without workers, gives the same bits.
        using var again = ProgramRun.Of([.. once, "--parallel", "0", "--output", folder.File("inside")]);
        Assert.Equal(0, again.ExitCode);
        foreach (var file in new[] { "metrics.jsonl", "result.json", "test-errors.npy" })
        {
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(results, "cells/UAmtfl-1", file)),
                File.ReadAllBytes(Path.Combine(RunFolder("inside"), "cells/UAmtfl-1", file)));
        }
    }

    [Theory]
    [InlineData("'mnist-imbalanced'", "run", "mnist-imbalance")]
    [InlineData("'UAmtfl'", "run", "mnist-imbalanced", "--variant", "UAmtf")]
    [InlineData("'--seeds'", "run", "mnist-imbalanced", "--seed", "2")]
    [InlineData("'Alpha'", "run", "mnist-imbalanced", "--mnist-imbalanced:UAmtfl:Alhpa", "1")]
    [InlineData("at least 0", "run", "mnist-imbalanced", "--mnist-imbalanced:UAmtfl:Alpha", "-1")]
    [InlineData("a number", "run", "mnist-imbalanced", "--mnist-imbalanced:UAmtfl:Alpha", "much")]
    [InlineData("without the optimiser Sgd", "run", "mnist-imbalanced", "--mnist-imbalanced:Training:Momentum", "0.9")]
    [InlineData("which is not run", "run", "mnist-imbalanced", "--variant", "Cnn", "--mnist-imbalanced:UAmtfl:Alpha", "0.1")]
    [InlineData("Draw", "run", "mnist-imbalanced", "--mnist-imbalanced:Dataset:Drow", "First")]
    [InlineData("First or Seeded", "run", "mnist-imbalanced", "--mnist-imbalanced:Dataset:Draw", "Frist")]
    [InlineData("nothing to fetch", "run", "mnist-imbalanced", "--mirror", "https://example.org/")]
    [InlineData("1", "run", "mnist-imbalanced", "--epochs", "0")]
    [InlineData("paper", "run", "mnist-imbalanced", "--environment", "papr")]
    public void MistakesAreOneLineAndExitTwo(string hint, params string[] arguments)
    {
        using var run = ProgramRun.Of([.. arguments, .. (string[])(arguments.Length > 2 ? ["--output", folder.Path] : [])]);
        Assert.Equal(2, run.ExitCode);
        var line = Assert.Single(run.Errors);
        Assert.StartsWith("error: ", line);
        Assert.Contains(hint, line);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void MissingDataIsOneLineAndExitTwo()
    {
        var data = Directory.CreateDirectory(folder.File("empty")).FullName;
        using var run = Tiny("runs", "--parallel", "0", "--data", data);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"the folder {data}, given with --data, is empty", Assert.Single(run.Errors));
        Assert.False(Directory.Exists(folder.File("runs")));
    }

    [Fact]
    public void TruncatedDataIsOneLineAndExitTwo()
    {
        var data = Directory.CreateDirectory(folder.File("cut")).FullName;
        foreach (var file in Directory.GetFiles(MnistFolder.Shipped.Path, "*.gz"))
        {
            File.Copy(file, Path.Combine(data, Path.GetFileName(file).Replace("pool", "train")));
        }

        var images = Path.Combine(data, "train-images-idx3-ubyte.gz");
        File.WriteAllBytes(images, File.ReadAllBytes(images)[..100_000]);
        using var run = Tiny("runs", "--parallel", "1", "--data", data);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(images, Assert.Single(run.Errors));
        Assert.False(Directory.Exists(folder.File("runs")));
    }

    [Fact]
    public void DataIsListedAndWhatShipsIsRight()
    {
        using var list = ProgramRun.Of("data", "list");
        Assert.Equal(0, list.ExitCode);
        Assert.All(
            new[] { "exam", "gdsc", "landmine", "mnist", "school", "tox21", "toxcast" },
            name => Assert.Contains($"\n{name} ", list.Output));
        using var check = ProgramRun.Of("data", "check", "exam");
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("right  ", check.Output);
    }

    [Fact]
    public void AnOutputThatCannotBeWrittenIsOneLineAndExitOne()
    {
        var file = folder.File("taken");
        File.WriteAllText(file, "");
        using var run = Tiny("taken");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(file, Assert.Single(run.Errors));
    }

    /// <summary>The program keeps finished cells when it is terminated. SIGTERM comes more than once if timeout or dotnet run pass it on,
    /// and SIGHUP comes if the terminal is closed.</summary>
    [Theory]
    [InlineData(15, 15, 15)]
    [InlineData(1)]
    public void TerminationKeepsWhatIsFinished(params int[] signals)
    {
        using var run = ProgramRun
            .Start(
                "run", "exam", "--epochs", "20", "--seeds", "40", "--variant", "Nn", "--parallel", "1", "--output",
                folder.File("stopped"));
        run.WaitFor("(1 of 40)");
        Array.ForEach(signals, run.Signal);
        run.Finish();
        Assert.Equal(130, run.ExitCode);
        Assert.True(File.Exists(Path.Combine(RunFolder("stopped"), "report.md")));
        Assert.True(File.Exists(Path.Combine(RunFolder("stopped"), "cells/Nn-1/result.json")));
        Assert.False(File.Exists(Path.Combine(RunFolder("stopped"), "cells/Nn-40/result.json")));
    }

    [Theory]
    [InlineData(">/dev/full 2>/dev/full")]
    [InlineData(">&- 2>&-")]
    [InlineData("<&- >&- 2>&-")]
    public void ADisplayThatCannotBeWrittenChangesNoResult(string redirection)
    {
        using var run = ProgramRun
            .Redirected(
                redirection, "run", "exam", "--variant", "Nn", "--epochs", "1", "--seeds", "1", "--parallel", "1", "--output",
                folder.File("silent"));
        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(Path.Combine(RunFolder("silent"), "report.md")));
        Assert.Contains(
            File.ReadAllLines(Path.Combine(RunFolder("silent"), "errors.log")), l => l.StartsWith("standard output cannot be written: "));
    }

    [Theory]
    [InlineData(">/dev/full")]
    [InlineData(">&-")]
    public void AListThatCannotBeWrittenIsOneLineAndExitOne(string redirection)
    {
        using var run = ProgramRun.Redirected(redirection, "list");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: standard output cannot be written: ", Assert.Single(run.Errors));
    }

    [Fact]
    public void WorkersEndWithTheirParent()
    {
        using var run = ProgramRun
            .Start(
                "run", "exam", "--epochs", "20000", "--seeds", "2", "--variant", "Nn", "--parallel", "2", "--output",
                folder.File("orphans"));
        run.WaitFor(" into ");
        Assert.True(
            SpinWait.SpinUntil(() => run.Children().Count == 2 && Training(), TimeSpan.FromMinutes(1)), "the workers do not begin");
        var workers = run.Children();
        run.Signal(9);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.True(SpinWait.SpinUntil(() => !workers.Any(ProgramRun.Runs), TimeSpan.FromSeconds(10)), "a worker lives on");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);

        bool Training() => Directory.GetFiles(
            RunFolder("orphans"), "metrics.jsonl.tmp", SearchOption.AllDirectories).Count(f => new FileInfo(f).Length > 0) == 2;
    }

    [Fact]
    public void AWorkerThatDiesLosesOneCell()
    {
        using var run = ProgramRun
            .Start(
                "run", "exam", "--epochs", "40", "--seeds", "3", "--variant", "Nn", "--parallel", "1", "--output",
                folder.File("killed"));
        run.WaitFor("(1 of 3)");
        run.KillAWorker();
        run.Finish();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Errors, e => e.Contains("Nn, seed 2") || e.Contains("Nn seed 2"));
        var finished = Directory.GetFiles(RunFolder("killed"), "result.json", SearchOption.AllDirectories);
        Assert.Equal(2, finished.Length);
        Assert.True(File.Exists(Path.Combine(RunFolder("killed"), "report.md")));
    }

    private ProgramRun Tiny(string output, params string[] more) => ProgramRun.Of(
        [
            "run", "mnist-imbalanced", "--epochs", "1", "--seeds", "1", "--variant", "Cnn", "--variant", "UAmtfl",
            "--output", folder.File(output), .. more,
        ]);

    private string RunFolder(string output) => Assert.Single(Directory.GetDirectories(folder.File(output)));
}
