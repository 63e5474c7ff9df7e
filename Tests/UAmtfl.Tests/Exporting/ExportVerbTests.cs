using UAmtfl.Hosting;
using UAmtfl.Tests.Models;
using UAmtfl.Tests.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Exporting;

/// <summary>The verb <c>export</c>, on a run with a network of layers, one of a hand-written module, and a cell that is not
/// finished.</summary>
public sealed class ExportVerbTests : IClassFixture<ExportVerbTests.Run>, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Run run;

    public ExportVerbTests(Run run) => this.run = run;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFileIsWrittenBesideTheModelOrWhereAsked(bool asked)
    {
        var cell = Path.Combine(run.Folder, "cells", "Mtl-1");
        var path = asked ? folder.File("mtl.onnx") : Path.Combine(cell, "model.onnx");
        var said = await Export(["--variant", "Mtl", "--format", "onnx", .. asked ? new[] { "--output", path } : []]);
        Assert.EndsWith($"of ONNX opset 17: {path}\n", said);
        using var model = Mixed.Mtl.Load(cell);
        using var exported = new OnnxRun(path);
        using var scope = NewDisposeScope();
        var inputs = new TinyImages().Load(new(null, 1)).Test.Inputs;
        Exported.AssertSame(model.Predict(inputs).Values, exported.Predict(inputs), exported);
        Assert.Equal("Mtl", exported.Metadata["variant"]);
    }

    [Theory]
    [InlineData("export needs --variant NAME; export --help says more", "--format", "onnx")]
    [InlineData("export needs --format onnx|tensorboard|mlflow; export --help says more", "--variant", "Mtl")]
    [InlineData("unknown format 'tflite'; known are: onnx, tensorboard, mlflow", "--variant", "Mtl", "--format", "tflite")]
    [InlineData("unknown format 'onx'; did you mean 'onnx'?", "--variant", "Mtl", "--format", "onx")]
    [InlineData(
        "--format mlflow exports all finished cells of the run: leave out --variant and --seed", "--variant", "Mtl", "--format", "mlflow")]
    [InlineData("the run has no variant 'Mtle'; did you mean 'Mtl'?", "--variant", "Mtle", "--format", "onnx")]
    [InlineData("the run has no seed 7; it has 1, 2", "--variant", "Mtl", "--seed", "7", "--format", "onnx")]
    public async Task AMistakeIsNamed(string message, params string[] options) => Assert.Equal(message, await Refused(options));

    [Fact]
    public async Task AMissingRunIsNamed()
    {
        var nowhere = folder.File("nowhere");
        var refused = await Assert.ThrowsAnyAsync<UAmtflException>(() => Invoke([nowhere, "--variant", "Mtl", "--format", "onnx"]));
        Assert.StartsWith($"cannot read {Path.Combine(nowhere, "run.json")}: ", refused.Message);
        refused = await Assert.ThrowsAnyAsync<UAmtflException>(() => Invoke(["--variant", "Mtl", "--format", "onnx"]));
        Assert.Equal("export needs the folder of a run, such as runs/20260102-030405-mnist-imbalanced", refused.Message);
    }

    [Fact]
    public async Task AnUnfinishedCellIsNamed() => Assert.Equal(
        $"Mtl, seed 2 of {run.Folder} is not finished: choose another seed, or train it first",
        await Refused(["--variant", "Mtl", "--seed", "2", "--format", "onnx"]));

    [Fact]
    public async Task AModuleOfOnesOwnIsNamed() => Assert.Equal(
        "trunk ByHand is a module of your own, UAmtfl.Tests.Training.HandWritten, whose operators are unknown: "
            + "export a variant whose trunk is declared by layers, or write the trunk as layers",
        await Refused(["--variant", "Kendall", "--format", "onnx"]));

    [Fact]
    public async Task AnOutputThatCannotBeWrittenIsNamed()
    {
        var refused = await Refused(["--variant", "Mtl", "--format", "onnx", "--output", folder.Path]);
        Assert.StartsWith($"cannot write to {folder.Path}: ", refused);
        Assert.DoesNotContain('\n', refused);
    }

    /// <summary>A model of another declaration is refused, in the words of <see cref="ModelFaultsTests"/>.</summary>
    [Fact]
    public async Task AModelOfAnotherDeclarationIsNamed()
    {
        var file = Path.Combine(run.Folder, "cells", "Stl-1", "model.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("Linear(", "Lin("));
        Assert.Contains("its network has Lin(", await Refused(["--variant", "Stl", "--format", "onnx"]));
    }

    private async Task<string> Refused(string[] options) =>
        (await Assert.ThrowsAnyAsync<UAmtflException>(() => Export(options))).Message;

    private Task<string> Export(string[] options) => Invoke([run.Folder, .. options]);

    private static Task<string> Invoke(string[] arguments) => TrainedRun.Invoke(Mixed.Descriptor, [ExportVerb.Name, .. arguments]);

    /// <summary>The folder of a run of two seeds, of which the first is finished.</summary>
    public sealed class Run : IDisposable
    {
        private readonly TemporaryFolder output = new();

        public Run() => Folder = TrainedRun.Make(output, Mixed.Descriptor, 2, "Mtl", "Stl", "Kendall");

        public string Folder { get; }

        public void Dispose() => output.Dispose();
    }
}
