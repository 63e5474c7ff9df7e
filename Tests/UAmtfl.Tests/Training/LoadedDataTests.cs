using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Hosting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>An experiment with a grid, which chooses by the validation rows.</summary>
[Experiment("searched", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 1, BatchSize = 16), Adam(1e-2)]
public static partial class Searched
{
    [Binary]
    public enum Class { First, Second, Third }

    [Input(8)]
    public partial class Net;

    [Baseline, HardSharing, L2(0.1), Grid("Lambda", 0.1, 1)]
    public partial class Mtl;
}

/// <summary>Load of a data set is code of the user. Whatever is wrong with it or its result, a run names it in one line before it creates
/// a folder.</summary>
public sealed class LoadedDataTests : IDisposable
{
    private static readonly TinyBinary Plain = new();

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData("training")]
    [InlineData("validation")]
    [InlineData("test")]
    public void InputsOfAnotherWidthAreRefusedInEverySplit(string split)
    {
        static Samples Narrow(Samples s) => new(s.Inputs[.., ..4], s.Labels);
        var message = Refused(request =>
        {
            var s = Plain.Load(request);
            return split switch
            {
                "training" => s with { Train = Narrow(s.Train) },
                "validation" => s with { Validation = Narrow(s.Validation) },
                _ => s with { Test = Narrow(s.Test) },
            };
        });
        Assert.Matches($@"^Given: the {split} set has inputs of shape \[\d+, 4\], but the network of Stl takes \[N, 8\]: return inputs " +
            @"of that shape from Load, or write \[Input\(4\)\]$", message);
    }

    [Fact]
    public void FlatRowsForImagesAreRefused()
    {
        var terms = new DataTerms { Variants = [Hostile.Descriptor.Variants[1] with { Name = "Cnn", Input = [1, 8, 8] }] };
        var linear = new DataTerms { Variants = [terms.Variants[0] with { Name = "Ols", Fitted = true, Input = null }] };
        terms.RequireInputs(zeros(5, 1, 8, 8), "test");
        Assert.Equal(
            "the test set has inputs of shape [5, 64], but the network of Cnn takes [N, 1, 8, 8]: return inputs of that shape from " +
                "Load, or write [Input(64)]",
            Assert.Throws<DataException>(() => terms.RequireInputs(zeros(5, 64), "test")).Message);
        Assert.Contains("Ols is a linear model and needs rows of numbers, [N, d]", Assert.Throws<DataException>(() =>
            linear.RequireInputs(zeros(5, 1, 8, 8), "training")).Message);
    }

    [Theory]
    [InlineData(5f, "5")]
    [InlineData(-1f, "-1")]
    [InlineData(1.5f, "1.5")]
    public void InputsThatAreNoIndicesAreRefused(float wrong, string words)
    {
        var terms = new DataTerms { Variants = [Hostile.Descriptor.Variants[1] with { Name = "Words", Input = [3], Vocabulary = 5 }] };
        var inputs = tensor([0, 4, 2, 1, 3, 4f], [2, 3]);
        terms.RequireInputs(inputs, "test");
        inputs[1, 2] = wrong;
        Assert.Equal(
            $"the test set has input {words} in row 1 at 2 (rows count from 0), which is no index for the [Embedding] of Words: give "
                + "whole numbers from 0 to 4, or a larger vocabulary",
            Assert.Throws<DataException>(() => terms.RequireInputs(inputs, "test")).Message);
    }

    [Fact]
    public void AnExceptionOfTheUsersNamesDataSetPlaceAndRemedy()
    {
        Assert.Matches(
            @"^Given\.Load throws, for seed 7, IndexOutOfRangeException at LoadedDataTests\.cs:\d+: Index was outside the bounds of the " +
                @"array; mend it there, or show the whole stack with --verbose$",
            Refused(request => ((int[])[1, 2])[request.Seed] == 0 ? null! : null!));
        Assert.Contains("FileNotFoundException", Refused(_ => Splits(File.ReadAllText("/nothing.csv"))));
        Assert.Contains("InvalidCastException", Refused(_ => (Splits)(object)"text"));
        var error = Assert.Throws<DataException>(() => Load(_ => throw new DataException("pupils.csv: line 3: mend it")));
        Assert.Equal("pupils.csv: line 3: mend it", error.Message);
        error = Assert.Throws<DataException>(() => Load(_ => throw new InvalidOperationException("no")));
        Assert.Contains(nameof(AnExceptionOfTheUsersNamesDataSetPlaceAndRemedy), error.ToString());
        var unmade = Hostile.Descriptor with { Dataset = () => new Unmade() };
        Assert.Matches(
            @"^the data set of hostile cannot be made, its constructor throws NotSupportedException at LoadedDataTests\.cs:\d+: never;",
            Assert.Throws<DataException>(() => CellData.Load(unmade, new(null, 1), CPU)).Message);

        static Splits Splits(string _) => null!;
    }

    [Fact]
    public void WhatIsNoSplitsIsRefusedByName()
    {
        Assert.Equal("Given.Load returns null; return Splits with a training, a validation and a test set", Refused(_ => null!));
        Assert.Equal(
            "Given: the validation set is null; return Samples, with no rows where there are none to choose " +
            "by", Refused(r => Plain.Load(r) with { Validation = null! }));
        Assert.Equal(
            "Given: the labels of the test set are null; return a " +
            "tensor", Refused(r => Plain.Load(r) with { Test = new(zeros(2, 8), null!) }));
        Assert.Equal(
            "Given: the inputs of the training set are a sparse tensor; return a dense one, with " +
            "to_dense()", Refused(r => Plain.Load(r) with { Train = new(zeros(2, 8).to_sparse(), zeros(2, 3)) }));
        Assert.Equal(
            "Given: the inputs of the training set are a single number; return a tensor with a row for each " +
            "sample", Refused(r => Plain.Load(r) with { Train = new(tensor(1f), zeros(2, 3)) }));
        Assert.StartsWith("Given: the inputs of the training set are a tensor that was disposed; return one", Refused(r =>
        {
            using var inner = NewDisposeScope();
            return Plain.Load(r);
        }));
        Assert.StartsWith(
            "Given: the training set has inputs of type " +
            "Float64", Refused(r => Plain.Load(r) is var s ? s with { Train = new(s.Train.Inputs.to(float64), s.Train.Labels) } : s));
    }

    /// <summary>A data set may keep its splits for later cells in the same process, because a cell frees only its own tensors.</summary>
    [Fact]
    public void ADataSetMayKeepItsSplitsForTheNextCell()
    {
        Splits? kept = null;
        Tensor? all = null;
        var results = Enumerable.Range(0, 3).Select(_ => Train(r => kept ??= Plain.Load(r))).ToList();
        Assert.All(results, r => Assert.Equal(results[0].TaskLosses, r.TaskLosses));
        Assert.False(kept!.Train.Inputs.IsInvalid);

        // A data set may also keep the tensors that its splits are views of.
        var views = Enumerable.Range(0, 2).Select(_ => Train(r =>
        {
            all ??= cat([kept.Train.Inputs, kept.Test.Inputs]);
            return kept with { Train = new(all[..kept.Train.Count], kept.Train.Labels) };
        })).ToList();
        Assert.All(views, r => Assert.Equal(results[0].TaskLosses, r.TaskLosses));
        kept.Dispose();
        all!.Dispose();
    }

    [Fact]
    public void WhatLoadLeavesBehindDoesNotReachTheTraining()
    {
        var before = Train(Plain.Load);
        var after = Train(r =>
        {
            var splits = Plain.Load(r);
            set_grad_enabled(false);
            set_default_dtype(float64);
            return splits with { Train = new(splits.Train.Inputs.requires_grad_(), splits.Train.Labels) };
        });
        Assert.Equal(ScalarType.Float32, get_default_dtype());
        Assert.True(is_grad_enabled());
        Assert.Equal(before.TaskLosses, after.TaskLosses);
    }

    [Fact]
    public void ValidationRowsAreNeededWhereSomethingIsChosenByThem()
    {
        static Splits Without(DataRequest r) => Plain.Load(r) with { Validation = new(zeros(0, 8), zeros(0, 3)) };
        foreach (var variant in Hostile.Descriptor.Variants)
        {
            var result = Train(Without, variant.Name);
            Assert.True(double.IsNaN(result.ValidationError));
            Assert.All(result.TaskErrors, e => Assert.InRange(e, 0, 1));
        }

        var run = RunResolver.Resolve([Searched.Descriptor], new RunOptions { Experiment = "searched" }, TestSettings.Configuration());
        var given = Searched.Descriptor with { Dataset = () => new Given(Without) };
        Assert.Equal(
            "Given: the validation set has no rows, but Mtl searches its [Grid] by the validation error: give it rows, or set the " +
                "parameters that are searched",
            Assert.Throws<DataException>(() => CellData.Load(given, new(null, 1), CPU, ResolvedVariant.Terms(run.Variants))).Message);

        // Without validation rows the run is accepted if the parameters of the grid are set, because nothing is left to choose.
        var set = TestSettings.Configuration(("searched:Mtl:Lambda", "0.5"));
        run = RunResolver.Resolve([Searched.Descriptor], new RunOptions { Experiment = "searched" }, set);
        Assert.Null(CellData.Load(given, new(null, 1), CPU, ResolvedVariant.Terms(run.Variants)).Choice);
    }

    /// <summary>A cell is not trained if a file that the run has read has changed since.</summary>
    [Fact]
    public void AFileThatChangesDuringARunEndsIt()
    {
        using var folder = new TemporaryFolder();
        var path = folder.WriteRaw("numbers.bin", [1, 2, 3]);
        Splits Load(DataRequest request) => DataFile.Read(path).Length > 0 ? Plain.Load(request) : null!;
        var experiment = Hostile.Descriptor with { Dataset = () => new Given(Load) };
        var options = new RunOptions { Experiment = "hostile" };
        var run = RunResolver.Resolve([experiment], options, TestSettings.Configuration());
        var files = CellData.Load(experiment, new(null, 1), CPU).Files;
        Assert.Equal(path, Assert.Single(files).Path);
        var manifest = RunManifest.Of(run, options with { DataFiles = files }, 0, DateTime.UnixEpoch);
        Assert.IsType<CellResult>(Cell());
        folder.WriteRaw("numbers.bin", [1, 2, 4]);
        Assert.StartsWith($"{path}: it changed during the run", Assert.Throws<DataException>(Cell).Message);
        File.Delete(path);
        Assert.Contains("cannot be read", Assert.Throws<DataException>(Cell).Message);

        object Cell() => CellTrainer.TrainWithTorch(experiment, run["Mtl"], new("Mtl", 1), manifest, null, _ => { }, default);
    }

    /// <summary>A file that only one seed reads is recorded in the results of that seed's cells. A cell that read other bytes than an
    /// earlier one is left out of the report.</summary>
    [Fact]
    public void AFileOfOneSeedIsInTheResultsOfItsCells()
    {
        using var folder = new TemporaryFolder();
        string[] paths = [folder.WriteRaw("all.bin", [1]), folder.WriteRaw("seed-1.bin", [1]), folder.WriteRaw("seed-2.bin", [2])];
        Splits Load(DataRequest request)
        {
            DataFile.Read(paths[0]);
            return DataFile.Read(paths[request.Seed]).Length > 0 ? Plain.Load(request) : null!;
        }

        var experiment = Hostile.Descriptor with { Dataset = () => new Given(Load) };
        var options = new RunOptions { Experiment = "hostile", DataFiles = CellData.Load(experiment, new(null, 1), CPU).Files };
        var run = RunResolver.Resolve([experiment], options, TestSettings.Configuration());
        var manifest = RunManifest.Of(run, options, 0, DateTime.UnixEpoch);
        var output = RunFolder.Create(Path.GetDirectoryName(paths[0])!, manifest);
        var trainer = new CellTrainer(run, manifest, output, CellTrainer.TrainWithTorch);
        Cell[] cells = [new("Mtl", 1), new("Mtl", 2), new("Net", 2)];
        cells[2] = cells[2] with { Variant = run.Variants.First(v => v.Descriptor.Name != "Mtl").Descriptor.Name };
        Train(cells[0]);
        Train(cells[1]);
        folder.WriteRaw("seed-2.bin", [3]);
        Train(cells[2]);

        var finished = FinishedCells.Read(output, cells, experiment.Tasks);
        Assert.Equal([0, 1], finished.Whole.Select(c => c.Files.Count));
        Assert.Equal((paths[2], 1L), (finished.Whole[1].Files[0].Path, finished.Whole[1].Files[0].Size));
        Assert.Equal(
            $"{cells[2]} and {cells[1]} read different contents of {paths[2]}, so they cannot be compared",
            Assert.Single(finished.Damaged));

        void Train(Cell cell) => Assert.Equal(CellEnd.Finished, trainer.Train(cell, _ => { }, default).End);
    }

    private static string Refused(Func<DataRequest, Splits> load) => Assert.Throws<DataException>(() => Load(load)).Message;

    private static CellData Load(Func<DataRequest, Splits> load) =>
        CellData.Load(With(load), new(null, 7), CPU, new DataTerms { Variants = Hostile.Descriptor.Variants });

    private static ExperimentDescriptor With(Func<DataRequest, Splits> load) =>
        Hostile.Descriptor with { Dataset = () => new Given(load) };

    private static CellResult Train(Func<DataRequest, Splits> load, string name = "Mtl")
    {
        var variant = Hostile.Descriptor.Variants.Single(v => v.Name == name);
        var bound = variant.Bind(TestSettings.Empty);
        return TestCell.Run(With(load), variant, bound, variant.Plan, new(null, 1), _ => { }, default);
    }

    private sealed class Given(Func<DataRequest, Splits> load) : IDataset
    {
        public Splits Load(DataRequest request) => load(request);
    }

    private sealed class Unmade : IDataset
    {
        public Unmade() => throw new NotSupportedException("never");

        public Splits Load(DataRequest request) => throw new NotSupportedException();
    }
}
