using System.Globalization;
using UAmtfl.Data;
using UAmtfl.Experiments.Mnist;
using UAmtfl.Hosting;


namespace UAmtfl.Tests.EndToEnd;

/// <summary>The verb <c>predict</c> of the program, on a run of two seeds and one epoch.</summary>
public sealed class PredictTests : IClassFixture<PredictTests.Run>, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Run run;

    public PredictTests(Run run) => this.run = run;

    public void Dispose() => folder.Dispose();

    /// <summary>The predictions of images in a table are those of the same images in a program.</summary>
    [Fact]
    public void ATableIsPredicted()
    {
        var images = Images(3);
        var table = CsvFile.Read(Predict(Table(images), "out.csv", "--seed", "2"));
        Assert.Equal(3, table.Count);
        Assert.Equal(20, table.Columns.Count);
        using var model = MnistImbalanced.Cnn.Load(Path.Combine(run.Folder, "cells", "Cnn-2"));
        var expected = model.Predict(images);
        Assert.Equal(expected.Nine.Probability, table.Numbers("Nine.probability"));
        Assert.Equal(expected.Zero.Label, table.Integers("Zero.label"));
    }

    [Fact]
    public void AllSeedsGiveMeanAndDeviation()
    {
        var images = Images(2);
        var table = CsvFile.Read(Predict(Table(images), "out.csv", "--seeds", "all"));
        var seeds = new[] { 1, 2 }.Select(seed =>
        {
            using var model = MnistImbalanced.Cnn.Load(Path.Combine(run.Folder, "cells", $"Cnn-{seed}"));
            return model.Predict(images).Three.Probability;
        }).ToArray();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal((seeds[0][i] + seeds[1][i]) / 2, table.Numbers("Three.probability")[i], 1e-15);
            Assert.Equal(Math.Abs(seeds[0][i] - seeds[1][i]) / Math.Sqrt(2), table.Numbers("Three.probability.sd")[i], 1e-15);
        }
    }

    [Fact]
    public void AnArrayIsPredictedIntoAnArray()
    {
        var images = Images(4);
        var input = folder.File("in.npy");
        using (var stream = File.Create(input))
        {
            Npy.Write(stream, images);
        }

        var output = NpyFile.Read(Predict(input, "out.npy"), rank: 2);
        Assert.Equal([4, 20], output.Shape);
        var table = CsvFile.Read(Predict(Table(images), "out.csv"));
        Assert.Equal(table.Numbers("Zero.probability"), output.Elements<double>().Where((_, i) => i % 20 == 0));
    }

    [Theory]
    [InlineData("the run has no variant 'Cn'; did you mean 'Cnn'?", "--variant", "Cn")]
    [InlineData("the run has no seed 7; it has 1, 2", "--variant", "Cnn", "--seed", "7")]
    [InlineData("write --seed NUMBER for one model, or --seeds all", "--variant", "Cnn", "--seeds", "2")]
    [InlineData("predict needs --variant NAME")]
    public void WrongOptionsAreNamed(string problem, params string[] options) =>
        Assert.Contains(problem, Refused([.. options, "--input", Table(Images(1)), "--output", folder.File("out.csv")]));

    [Fact]
    public void WrongFilesAreNamedWithLineAndColumn()
    {
        string[] options = ["--variant", "Cnn", "--output", folder.File("out.csv"), "--input"];
        var broken = File.ReadAllLines(Table(Images(2)));
        broken[2] = "x" + broken[2][broken[2].IndexOf(',')..];
        File.WriteAllLines(folder.File("broken.csv"), broken);
        Assert.Contains(
            "broken.csv: line 3, column 'p0': 'x', expected a finite number", Refused([.. options, folder.File("broken.csv")]));
        broken[2] = broken[2][1..];
        File.WriteAllLines(folder.File("broken.csv"), broken);
        Assert.Contains("broken.csv: line 3, column 'p0': the value is missing", Refused([.. options, folder.File("broken.csv")]));
        File.WriteAllText(folder.File("narrow.csv"), "a,b\n1,2\n");
        Assert.Contains("line 1 names 2 columns, but the model takes 784", Refused([.. options, folder.File("narrow.csv")]));
        Assert.Contains("missing.csv", Refused([.. options, folder.File("missing.csv")]));
        Assert.Contains("let its name say the format", Refused([.. options, folder.File("in.json")]));
        File.CreateSymbolicLink(folder.File("link.csv"), folder.File("out.csv"));
        File.Copy(folder.File("broken.csv"), folder.File("out.csv"));
        Assert.Contains("is the file of --input: name another", Refused([.. options, folder.File("out.csv")]));
        Assert.Contains("is the file of --input: name another", Refused([.. options, folder.File("link.csv")]));
        File.Delete(folder.File("out.csv"));
        Assert.False(File.Exists(folder.File("out.csv")));
    }

    private static float[][] Images(int count) =>
        [.. Enumerable.Range(0, count).Select(n => Enumerable.Range(0, 784).Select(i => ((n * 31) + i) % 17 / 17f).ToArray())];

    private string Table(float[][] rows)
    {
        var lines = rows.Select(row => string.Join(',', row.Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
        var names = string.Join(',', Enumerable.Range(0, rows[0].Length).Select(i => $"p{i}"));
        File.WriteAllLines(folder.File("in.csv"), lines.Prepend(names));
        return folder.File("in.csv");
    }

    private string Predict(string input, string output, params string[] options)
    {
        var path = folder.File(output);
        using var program = ProgramRun.Of(
            ["predict", run.Folder, "--variant", "Cnn", "--input", input, "--output", path, .. options]);
        Assert.True(program.ExitCode == 0, string.Join('\n', program.Errors));
        Assert.Contains(path, program.Output);
        return path;
    }

    private string Refused(string[] options)
    {
        using var program = ProgramRun.Of(["predict", run.Folder, .. options]);
        Assert.Equal(2, program.ExitCode);
        return Assert.Single(program.Errors);
    }

    /// <summary>A finished run.</summary>
    public sealed class Run : IDisposable
    {
        private readonly TemporaryFolder output = new();

        public Run()
        {
            using var program = ProgramRun.Of(
                "run", "mnist-imbalanced", "--variant", "Cnn", "--seeds", "2", "--epochs", "1", "--parallel", "0",
                "--output", output.Path);
            Assert.True(program.ExitCode == 0, string.Join('\n', program.Errors));
            Folder = Directory.GetDirectories(output.Path).Single();
        }

        public string Folder { get; }

        public void Dispose() => output.Dispose();
    }
}
