using System.Text;
using UAmtfl.Hosting;
using UAmtfl.Training;

namespace UAmtfl.Tests.Hosting;

public class RunFolderTests
{
    private static readonly Cell First = new("UAmtfl", 1);

    [Fact]
    public void A_result_is_read_back_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out _).Cell(First);
        var written = Fake.Result(First);
        using (var metrics = files.BeginMetrics())
        {
            metrics.Complete();
        }

        Assert.False(files.IsFinished);
        files.Finish(written);
        Assert.True(files.IsFinished);
        Assert.Equivalent(written, files.Read(), strict: true);
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.FullPath, "*", SearchOption.AllDirectories), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Scores_and_labels_are_read_back_and_go_with_a_result_that_has_none()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out _).Cell(First);
        using (var metrics = files.BeginMetrics())
        {
            metrics.Complete();
        }

        var scored = Fake.Result(First) with { Scores = [[0.5f, float.NaN]], Labels = [[1, float.NaN]] };
        files.Finish(scored);
        Assert.Equivalent(scored, files.Read(), strict: true);
        files.Finish(Fake.Result(First));
        Assert.Equivalent(Fake.Result(First), files.Read(), strict: true);
    }

    [Fact]
    public void A_search_and_a_solver_s_choices_are_read_back()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out _).Cell(First);
        using (var metrics = files.BeginMetrics())
        {
            metrics.Complete();
        }

        var found = Fake.Result(First) with
        {
            ValidationError = 0.25,
            Chosen = new Dictionary<string, double[]> { ["strength"] = [0.1, 3] },
            Search = [new(new Dictionary<string, double> { ["Alpha"] = 1 }, double.NaN, "training diverged"), new(new Dictionary<string, double> { ["Alpha"] = 0.1 }, 0.25)],
        };
        files.Finish(found);
        Assert.Equivalent(found, files.Read(), strict: true);
    }

    [Fact]
    public void A_result_of_the_first_format_is_read_and_one_of_the_future_refused()
    {
        using var folder = new TemporaryFolder();
        var created = Create(folder, out _);
        var files = created.Cell(First);
        using (var metrics = files.BeginMetrics())
        {
            metrics.Complete();
        }

        files.Finish(Fake.Result(First));
        var file = Directory.GetFiles(folder.FullPath, "result.json", SearchOption.AllDirectories).Single();
        var text = File.ReadAllText(file);
        Assert.Contains("\"version\":2,", text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace("\"version\":2,", "", StringComparison.Ordinal).Replace(",\"trainCounts\":[40,2]", "", StringComparison.Ordinal));
        Assert.Empty(files.Read().TrainCounts);
        File.WriteAllText(file, text.Replace("\"version\":2,", "\"version\":3,", StringComparison.Ordinal));
        var refused = Assert.Throws<UAmtflException>(files.Read);
        Assert.Contains("result.json has format 3, and this program reads up to 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_has_NumPy_s_header_byte_by_byte()
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, [[1, float.NaN], [2, 3], [4, 5]]);
        var bytes = stream.ToArray();
        Assert.Equal([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0], bytes[..10]);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }".PadRight(117) + "\n", Encoding.ASCII.GetString(bytes[10..128]));
        Assert.Equal(128 + (6 * 4), bytes.Length);
        Assert.Equal([0, 0, 0x80, 0x3F], bytes[128..132]);

        stream.Position = 0;
        Assert.Equal([[1, float.NaN], [2, 3], [4, 5]], Npy.Read(stream));
    }

    [Fact]
    public void An_empty_matrix_is_a_matrix()
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, []);
        Assert.Equal(0, stream.Length % 64);
        stream.Position = 0;
        Assert.Empty(Npy.Read(stream));
    }

    [Fact]
    public void A_run_is_read_back_in_another_process()
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
    public void Runs_of_the_same_second_have_folders_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var name = Path.GetFileName(Create(folder, out _).FullPath);
        Assert.Matches(@"^\d{8}-\d{6}-mnist$", name);
        Assert.Equal([$"{name}-2", $"{name}-3"], [Path.GetFileName(Create(folder, out _).FullPath), Path.GetFileName(Create(folder, out _).FullPath)]);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_one_line()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.FullPath, "file");
        File.WriteAllText(file, "");
        var run = Fake.Resolve(new() { Experiment = "mnist" });
        var refused = Assert.Throws<UAmtflException>(() => RunFolder.Create(file, Fake.Manifest(run)));
        Assert.StartsWith($"cannot write to {file}: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Equal_trainings_write_equal_bytes()
    {
        using var folder = new TemporaryFolder();
        var first = Train(Create(folder, out var run), run);
        var second = Train(Create(folder, out _), run);
        Assert.Equal(first.Keys, second.Keys);
        Assert.Equal(["metrics.jsonl", "result.json", "test-errors.npy"], first.Keys);
        Assert.All(first, f => Assert.Equal(f.Value, second[f.Key]));
        Assert.Equal(2, first["metrics.jsonl"].Count(b => b == '\n'));
    }

    [Fact]
    public void A_training_that_fails_leaves_no_result()
    {
        using var folder = new TemporaryFolder();
        var files = Create(folder, out var run);
        var trainer = new CellTrainer(run, Fake.Manifest(run), files, (_, _, _, _, _, _) => throw new InvalidOperationException("bad shape\nat native"));
        var outcome = trainer.Train(First, _ => { }, CancellationToken.None);
        Assert.Equal((CellEnd.Failed, "InvalidOperationException: bad shape"), (outcome.End, outcome.Message));
        Assert.False(files.Cell(First).IsFinished);
    }

    private static SortedDictionary<string, byte[]> Train(RunFolder folder, ResolvedRun run)
    {
        var trainer = new CellTrainer(run, Fake.Manifest(run), folder, (_, _, cell, _, epochEnded, _) =>
        {
            epochEnded(new() { Epoch = 1, LearningRate = 0.1, Objective = double.NaN, TaskLosses = [1, double.NaN] });
            epochEnded(new() { Epoch = 2, LearningRate = 0.1, Objective = 1, TaskLosses = [1, 2], ValidationError = 0.5 });

            // Only the time differs between two trainings.
            return Fake.Result(cell) with { Seconds = folder.FullPath.Length };
        });
        Assert.Equal(CellEnd.Finished, trainer.Train(First, _ => { }, CancellationToken.None).End);
        var files = Directory.EnumerateFiles(Path.Combine(folder.FullPath, "cells", First.Name)).Where(f => Path.GetFileName(f) != "timing.json");
        return new(files.ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes), StringComparer.Ordinal);
    }

    private static RunFolder Create(TemporaryFolder folder, out ResolvedRun run)
    {
        run = Fake.Resolve(new() { Experiment = "mnist" }, ("mnist:UAmtfl:Alpha", "1e-5"), ("mnist:UAmtfl:Training:Epochs", "2"));
        return RunFolder.Create(folder.FullPath, Fake.Manifest(run));
    }
}
