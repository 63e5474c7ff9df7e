using System.Text.Json;
using UAmtfl.Evaluation;
using UAmtfl.Hosting;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Hosting;

public class RunFolderTests
{
    private static readonly Cell First = new("UAmtfl", 1);
    private static readonly TaskSet Tasks = Fake.Experiment().Tasks;

    /// <summary>Tasks declared as A, B, C, of which the network has the binary one first and then the regressions.</summary>
    private static readonly TaskSet Mixed = new(
        [new("B", TaskKind.Binary, 1), new("A", TaskKind.Regression, 1), new("C", TaskKind.Regression, 1)], [1, 0, 2], false);

    [Fact]
    public void AResultIsReadBackAsItWasWritten()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out _).Cell(First);
        var written = Fake.Result(First);
        using (var metrics = files.BeginMetrics(Tasks))
        {
            metrics.Complete();
        }

        Assert.False(files.IsFinished);
        files.Finish(written, Tasks);
        Assert.True(files.IsFinished);
        Assert.Equivalent(written, files.Read(Tasks), strict: true);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories),
            f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void ScoresAndLabelsAreReadBackAndGoWithAResultThatHasNone()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out _).Cell(First);
        using (var metrics = files.BeginMetrics(Tasks))
        {
            metrics.Complete();
        }

        var scored = Fake.Result(First) with { Scores = [[0.5f, float.NaN], [1, 2], [3, 4]], Labels = [[1, float.NaN], [0, 1], [1, 0]] };
        files.Finish(scored, Tasks);
        Assert.Equivalent(scored, files.Read(Tasks), strict: true);
        files.Finish(Fake.Result(First), Tasks);
        Assert.Equivalent(Fake.Result(First), files.Read(Tasks), strict: true);
    }

    [Fact]
    public void PairsOfGradientsGoWithAResultThatHasNone()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out _).Cell(First);
        files.BeginMetrics(Tasks).Dispose();
        files.Finish(Fake.Result(First), Tasks);
        Assert.Equal(0.75, files.Read(Tasks).Gradients!.Conflicts[1][0]);
        files.Finish(Fake.Result(First) with { Gradients = null }, Tasks);
        Assert.Null(files.Read(Tasks).Gradients);
        Assert.Empty(Directory.GetFiles(files.FullPath, "gradient-*"));
    }

    [Fact]
    public void ASearchAndASolverSChoicesAreReadBack()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out _).Cell(First);
        using (var metrics = files.BeginMetrics(Tasks))
        {
            metrics.Complete();
        }

        var found = Fake.Result(First) with
        {
            ValidationError = 0.25,
            Chosen = new Dictionary<string, double[]> { ["strength"] = [0.1, 3] },
            Search =
            [
                new(new Dictionary<string, double> { ["Alpha"] = 1 }, double.NaN, "training diverged"),
                new(new Dictionary<string, double> { ["Alpha"] = 0.1 }, 0.25),
            ],
        };
        files.Finish(found, Tasks);
        Assert.Equivalent(found, files.Read(Tasks), strict: true);
    }

    /// <summary>Result files of formats 0 to 2 hold arrays in the network's order of tasks; they are read into the declared
    /// order.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\"version\":2,\"trainCounts\":[1,2,3],\"constantPredictions\":[true,false,true],\"taskMetrics\":{\"Mse\":[1,2,3]},")]
    public void AResultOfAnEarlierFormatIsBroughtIntoTheDeclaredOrder(string more)
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out _).Cell(First);
        files.BeginMetrics(Mixed).Dispose();
        files.Finish(
            new()
            {
                Variant = "V", Seed = 1, OverallError = 0, TaskErrors = [1, 2, 3], TaskLosses = [], RowErrors =
                [
                    [1, 2, 3],
                ], SharedTest = true
            },
            Mixed);
        File.WriteAllText(
            Directory.GetFiles(folder.Path, "result.json", SearchOption.AllDirectories).Single(),
            $$$"""
            {{{{more}}}"variant":"UAmtfl","seed":1,"overallError":5,"taskErrors":[1,2,3],"taskLosses":[4,5,null],"sharedTest":true,
            "transfer":[[1,2,3],[4,5,6],[7,8,9]],"traces":{"sigma":[[1,2,3]],"shared":[[7]]},"chosen":{"strength":[1,2,3]}}
            """);
        var read = files.Read(Mixed);
        Assert.Equal([2, 1, 3], read.TaskErrors);
        Assert.Equal([5, 4, double.NaN], read.TaskLosses);
        Assert.Equal([2f, 1, 3], read.RowErrors[0]);
        Assert.Equal([[5, 4, 6], [2, 1, 3], [8, 7, 9]], read.Transfer);
        Assert.Null(read.Gradients);
        Assert.Equal([[2, 1, 3]], read.Traces["sigma"]);
        Assert.Equal([[7]], read.Traces["shared"]);
        Assert.Equal([2, 1, 3], read.Chosen["strength"]);
        Assert.Equal(double.NaN, read.OverallError);
        Assert.Equal(more.Length == 0 ? [] : [2, 1, 3], read.TrainCounts);
        Assert.Equal(more.Length == 0 ? [] : [false, true, true], read.ConstantPredictions);
        Assert.Equal(more.Length == 0 ? [] : [2, 1, 3], read.TaskMetrics.GetValueOrDefault("Mse") ?? []);
    }

    [Fact]
    public void AResultOfTheFutureOrOfOtherTasksIsRefused()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out _).Cell(First);
        files.BeginMetrics(Tasks).Dispose();
        files.Finish(Fake.Result(First), Tasks);
        var other = Assert.Throws<UAmtflException>(() => files.Read(Mixed));
        Assert.Contains("result.json is of other tasks than the experiment has", other.Message, StringComparison.Ordinal);
        var file = Directory.GetFiles(folder.Path, "result.json", SearchOption.AllDirectories).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"version\":3,", "\"version\":4,", StringComparison.Ordinal));
        var refused = Assert.Throws<UAmtflException>(() => files.Read(Tasks));
        Assert.Contains("result.json has format 4, and this program reads up to 3", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Stored values name their task and their unit, so that whoever reads the files need not know the network's order of
    /// tasks.</summary>
    [Fact]
    public void TaskValuesAreStoredUnderTheTasksNamesAndErrorsUnderTheirUnit()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out _).Cell(First);
        using (var metrics = files.BeginMetrics(Mixed))
        {
            metrics.Write(new()
            {
                Epoch = 1, LearningRate = 0.1, Objective = 1, TaskLosses = [1, 2, double.NaN], ValidationError = 0.5,
                Traces = new Dictionary<string, double[]> { ["sigma"] = [1, 2, 3], ["one"] = [4] },
            });
            metrics.Complete();
        }

        var written = new CellResult
        {
            Variant = "UAmtfl", Seed = 1, OverallError = 0.7, RelativeError = 0.7, TaskErrors = [1, 2, 3], TaskLosses = [4, 5, 6],
            RowErrors = [[1, 2, 3]], SharedTest = true, ConstantPredictions = [true, false, true], LeftOut = [false, true, false],
            TrainCounts = [7, 8, 9], ValidationError = 0.6,
            TaskMetrics = new Dictionary<string, double[]> { ["Mse"] = [1, double.NaN, 3] },
            Search = [new(new Dictionary<string, double> { ["Alpha"] = 1 }, 0.6)], Transfer = [[1, 2, 3], [4, 5, 6], [7, 8, 1e-300]],
            Traces = new Dictionary<string, double[][]> { ["sigma"] = [[1, 2, 3], [4, 5, 6]], ["one"] = [[1], [2]] },
        };
        files.Finish(written, Mixed);
        Assert.Equivalent(written, files.Read(Mixed), strict: true);

        var line = JsonDocument.Parse(File.ReadAllText(Find("metrics.jsonl"))).RootElement;
        Assert.Equal("""{"A":1,"B":2,"C":null}""", line.GetProperty("taskLosses").GetRawText());
        Assert.Equal("""{"sigma":{"A":1,"B":2,"C":3}}""", line.GetProperty("traces").GetRawText());
        Assert.Equal("""{"one":[4]}""", line.GetProperty("sharedTraces").GetRawText());
        Assert.Equal(0.5, line.GetProperty("validationRelativeError").GetDouble());
        Assert.False(line.TryGetProperty("validationError", out _));

        var result = JsonDocument.Parse(File.ReadAllText(Find("result.json"))).RootElement;
        Assert.Equal("""["A","B","C"]""", result.GetProperty("tasks").GetRawText());
        Assert.Equal("""{"A":1,"B":2,"C":3}""", result.GetProperty("taskErrors").GetRawText());
        Assert.Equal("""{"Mse":{"A":1,"B":null,"C":3}}""", result.GetProperty("taskMetrics").GetRawText());
        Assert.Equal("""{"sigma":{"A":[1,4],"B":[2,5],"C":[3,6]}}""", result.GetProperty("traces").GetRawText());
        Assert.Equal(0.7, result.GetProperty("relativeError").GetDouble());
        Assert.Equal("""{"A":false,"B":true,"C":false}""", result.GetProperty("leftOut").GetRawText());
        Assert.Equal(0.6, result.GetProperty("validationRelativeError").GetDouble());
        Assert.Equal(0.6, result.GetProperty("search")[0].GetProperty("validationRelativeError").GetDouble());
        Assert.False(result.TryGetProperty("overallError", out _) || result.TryGetProperty("validationError", out _));

        string Find(string name) => Directory.GetFiles(folder.Path, name, SearchOption.AllDirectories).Single();
    }

    [Fact]
    public void ARunIsReadBackInAnotherProcess()
    {
        using var folder = new TemporaryFolder();
        var created = Create(folder, out var run);
        RunFolder.Open(created.FullPath, out var manifest);
        var again = manifest.Resolve([Fake.Experiment()]);
        Assert.Equal(run.Seeds, again.Seeds);
        Assert.Equal(run.Variants.Select(v => v.Plan), again.Variants.Select(v => v.Plan));
        Assert.Equal(1e-5, again["UAmtfl"].Bound.Values["Alpha"]);

        var changed = Assert.Throws<UAmtflException>(() => manifest.Resolve([Fake.Experiment(alpha: 0.2)]));
        Assert.Contains("variant Cnn of mnist has other hyper-parameters than in run.json", changed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RunsOfTheSameSecondHaveFoldersOfTheirOwn()
    {
        using var folder = new TemporaryFolder();
        var name = Path.GetFileName(Create(folder, out _).FullPath);
        Assert.Matches(@"^\d{8}-\d{6}-mnist$", name);
        Assert.Equal(
            [$"{name}-2", $"{name}-3"],
            [Path.GetFileName(Create(folder, out _).FullPath), Path.GetFileName(Create(folder, out _).FullPath)]);
    }

    [Fact]
    public void RunsThatStartTogetherNeverShareAFolder()
    {
        using var folder = new TemporaryFolder();
        var manifest = Fake.Manifest(Fake.Resolve(new() { Experiment = "mnist" }));
        var made = new string[24];
        Parallel.For(
            0,
            made.Length,
            new() { MaxDegreeOfParallelism = made.Length },
            i => made[i] = RunFolder.Create(folder.Path, manifest).FullPath);
        Assert.Equal(made.Length, made.Distinct().Count());
    }

    [Fact]
    public void AFolderThatCannotBeMadeIsOneLine()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");
        var run = Fake.Resolve(new() { Experiment = "mnist" });
        var refused = Assert.Throws<OutputException>(() => RunFolder.Create(file, Fake.Manifest(run)));
        Assert.StartsWith($"cannot write to {file}: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void EqualTrainingsWriteEqualBytes()
    {
        using var folder = new TemporaryFolder();
        var first = Train(Create(folder, out var run), run);
        var second = Train(Create(folder, out _), run);
        Assert.Equal(first.Keys, second.Keys);
        Assert.Equal(
            ["gradient-conflicts.npy", "gradient-cosines.npy", "metrics.jsonl", "result.json", "test-errors.npy", "transfer.npy"],
            first.Keys);
        Assert.All(first, f => Assert.Equal(f.Value, second[f.Key]));
        Assert.Equal(2, first["metrics.jsonl"].Count(b => b == '\n'));
    }

    [Fact]
    public void ATrainingThatFailsLeavesNoResult()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out var run);
        var trainer = new CellTrainer(
            run, Fake.Manifest(run), files, (_, _, _, _, _, _, _) => throw new InvalidOperationException("bad shape\nat native"));
        var outcome = trainer.Train(First, _ => { }, CancellationToken.None);
        Assert.Equal((CellEnd.Failed, "InvalidOperationException: bad shape"), (outcome.End, outcome.Message));
        Assert.False(files.Cell(First).IsFinished);
    }

    private static SortedDictionary<string, byte[]> Train(RunFolder folder, ResolvedRun run)
    {
        var trainer = new CellTrainer(run, Fake.Manifest(run), folder, (_, _, cell, _, _, epochEnded, _) =>
        {
            epochEnded(new() { Epoch = 1, LearningRate = 0.1, Objective = double.NaN, TaskLosses = [1, double.NaN] });
            epochEnded(new() { Epoch = 2, LearningRate = 0.1, Objective = 1, TaskLosses = [1, 2], ValidationError = 0.5 });

            // The time stands for the training: only it differs between two results.
            return Fake.Result(cell) with { Seconds = folder.FullPath.Length };
        });
        Assert.Equal(CellEnd.Finished, trainer.Train(First, _ => { }, CancellationToken.None).End);
        var files = Directory.EnumerateFiles(Path.Combine(folder.FullPath, "cells", First.Name))
            .Where(f => Path.GetFileName(f) is not ("timing.json" or "timing.jsonl"));
        return new(files.ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes), StringComparer.Ordinal);
    }

    private static RunFolder Create(TemporaryFolder folder, out ResolvedRun run)
    {
        run = Fake.Resolve(new() { Experiment = "mnist" }, ("mnist:UAmtfl:Alpha", "1e-5"), ("mnist:UAmtfl:Training:Epochs", "2"));
        return RunFolder.Create(folder.Path, Fake.Manifest(run));
    }
}
