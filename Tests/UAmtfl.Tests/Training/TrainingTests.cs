using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Whole trainings of small experiments.</summary>
public sealed class TrainingTests
{
    public static TheoryData<string> MixedVariants => [.. Mixed.Descriptor.Variants.Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(MixedVariants))]
    public void EveryVariantLearns(string name)
    {
        var records = new List<EpochRecord>();
        var result = Train(Mixed.Descriptor, name, 1, records, epochs: 25);
        Assert.Equal(6, result.TaskErrors.Length);
        Assert.All(result.TaskErrors.Concat(result.TaskLosses), e => Assert.True(double.IsFinite(e) && e >= 0));
        Assert.True(
            records[^1].TaskLosses.Sum() < records[0].TaskLosses.Sum() * 0.98,
            $"{records[0].TaskLosses.Sum()} -> {records[^1].TaskLosses.Sum()}");
    }

    /// <summary>A result has the training counts and all metrics. Asking for another headline does not change the predictions, so that
    /// the metrics are the same.</summary>
    [Fact]
    public void ACellHasItsCountsAndMetrics()
    {
        var plain = Train(Mixed.Descriptor, "Mtl", 1, []);
        var asked = Train(
            Mixed.Descriptor with { Tasks = Mixed.Descriptor.Tasks with { Metrics = [TaskMetric.RocAuc, TaskMetric.Rmse] } },
            "Mtl",
            1,
            []);
        Assert.Equal(6, plain.TrainCounts.Length);
        Assert.All(plain.TrainCounts, n => Assert.InRange(n, 40, 60));
        Assert.Equal(["Accuracy", "Error", "F1", "Mse", "Pearson", "PrAuc", "R2", "Rmse", "RocAuc"], plain.TaskMetrics.Keys.Order());
        Assert.Equal(plain.TaskMetrics["RocAuc"], asked.TaskMetrics["RocAuc"]);
        Assert.Null(plain.Scores);
        Assert.Equal((30, 6), (asked.Scores!.Length, asked.Labels![0].Length));
        var kinds = Mixed.Descriptor.Tasks.Declared.Tasks.Select(t => t.Kind).ToList();
        for (var t = 0; t < kinds.Count; t++)
        {
            var (plainly, metric) = kinds[t] switch
            {
                TaskKind.Binary => ("Error", 1 - asked.TaskMetrics["RocAuc"][t]),
                TaskKind.Regression => ("Mse", asked.TaskMetrics["Rmse"][t]),
                _ => ("Error", asked.TaskMetrics["Error"][t]),
            };
            Assert.Equal(plain.TaskMetrics[plainly][t], plain.TaskErrors[t], 1e-6);
            Assert.Equal(metric, asked.TaskErrors[t], 1e-6);
        }
    }

    /// <summary>What a result has for each task is in the order of the declaration, whatever order the network has. Missing labels show
    /// which column is which task.</summary>
    [Fact]
    public void WhatACellHasOfEachTaskIsInTheOrderOfTheDeclaration()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        Assert.Equal(Enum.GetNames<Mixed.Label>(), Mixed.Descriptor.Tasks.Declared.Tasks.Select(t => t.Name));
        Assert.NotEqual(Enum.GetNames<Mixed.Label>(), Mixed.Descriptor.Tasks.Tasks.Select(t => t.Name));
        var data = new TinyImages().Load(new(null, 1));
        var (train, test) = (data.Train.Labels.isnan(), data.Test.Labels.isnan());
        var records = new List<EpochRecord>();
        var result = Train(Mixed.Descriptor, "UAmtfl", 1, records);
        for (var t = 0; t < 6; t++)
        {
            Assert.Equal(60 - train[.., t].sum().item<long>(), result.TrainCounts[t]);
            Assert.Equal(test[.., t].data<bool>().ToArray(), result.RowErrors.Select(row => float.IsNaN(row[t])));
            Assert.Equal(t is 0 or 3, !double.IsNaN(result.TaskMetrics["Mse"][t]));
            Assert.Equal(t is 1 or 4, !double.IsNaN(result.TaskMetrics["RocAuc"][t]));
        }

        Assert.Equal(6, records[^1].Traces["sigma"].Length);
        Assert.Equal(records[^1].Traces["sigma"], result.Traces["sigma"][^1]);
        Assert.Equal(6, result.Transfer!.Length);
        Assert.Equal(result.RelativeError, result.OverallError);
        Assert.Equal(records[^1].ValidationError, result.ValidationError);
    }

    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        foreach (var variant in Mixed.Descriptor.Variants)
        {
            List<EpochRecord> first = [], second = [], other = [];
            var a = Train(Mixed.Descriptor, variant.Name, 1, first);
            var b = Train(Mixed.Descriptor, variant.Name, 1, second);
            Train(Mixed.Descriptor, variant.Name, 2, other);
            Assert.Equal(first.SelectMany(Numbers), second.SelectMany(Numbers));
            Assert.Equal(a.RowErrors.SelectMany(r => r), b.RowErrors.SelectMany(r => r));
            Assert.NotEqual(first.SelectMany(Numbers), other.SelectMany(Numbers));
        }

        static IEnumerable<double> Numbers(EpochRecord r) =>
            [r.Objective, r.LearningRate, r.ValidationError ?? -1, .. r.TaskLosses, .. r.Traces.Values.SelectMany(v => v)];
    }

    /// <summary>All variants of an experiment start from the same weights of trunk and heads, so that their differences are
    /// paired.</summary>
    [Fact]
    public void VariantsStartFromTheSameWeights()
    {
        using var scope = NewDisposeScope();
        var counts = ones(3);
        Objective Built(Func<Objective> create)
        {
            RandomStreams.Start(1, "initialisation");
            return create();
        }

        var mtl = Built(() => Asymmetric.Mtl.Build(new(), counts));
        var amtl = Built(() => Asymmetric.Amtl.Build(new(), counts));
        foreach (var (name, parameter) in mtl.Network.named_parameters())
        {
            Assert.Equal(
                parameter.data<float>().ToArray(),
                amtl.Network.named_parameters().First(p => p.name == name).parameter.data<float>().ToArray());
        }
    }

    [Fact]
    public void TransferBetweenHeadsStaysInItsSet()
    {
        var nonNegative = Train(Asymmetric.Descriptor, "Amtl", 1, []).Transfer!;
        var signed = Train(Asymmetric.Descriptor, "Signed", 1, []).Transfer!;
        for (var t = 0; t < 3; t++)
        {
            Assert.Equal(0, nonNegative[t][t]);
            Assert.Equal(0, signed[t][t]);
        }

        Assert.Contains(nonNegative.SelectMany(r => r), b => b == 0);
        Assert.Contains(signed.SelectMany(r => r), b => b > 0);
    }

    [Fact]
    public void DivergenceIsSaid()
    {
        var message = Assert.Throws<UAmtflException>(() => Train(Asymmetric.Descriptor, "Diverging", 1, [])).Message;
        Assert.StartsWith("training diverged in epoch ", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void CancellationStopsBeforeAStep()
    {
        using var source = new CancellationTokenSource();
        var epochs = 0;
        Assert.Throws<OperationCanceledException>(() => Run(Asymmetric.Descriptor, "Mtl", 1, null, _ =>
        {
            epochs++;
            source.Cancel();
        }, source.Token));
        Assert.Equal(1, epochs);
    }

    [Fact]
    public void LabelsThatDoNotFitTheTasksAreRefused()
    {
        var wrong = Asymmetric.Descriptor with { Tasks = Mixed.Descriptor.Tasks };
        var message = Assert.Throws<DataException>(() => Train(wrong, "Mtl", 1, [])).Message;
        Assert.Contains("[N, 6]", message);
        Assert.Contains("[48, 3]", message);
    }

    /// <summary>A data set of three rows, of which one has a label that is no class.</summary>
    private sealed class WrongLabel(float value) : IDataset
    {
        public Splits Load(DataRequest request)
        {
            Samples Make() => new(zeros(3, 8), tensor(new float[,] { { 1, 0, 0 }, { 0, value, 0 }, { 0, 0, 1 } }));
            return new(Make(), Make(), Make(), true);
        }
    }

    [Theory]
    [InlineData(2f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    public void LabelsThatAreNoClassAreRefused(float value)
    {
        var wrong = Asymmetric.Descriptor with { Dataset = () => new WrongLabel(value) };
        var message = Assert.Throws<DataException>(() => Train(wrong, "Mtl", 1, [])).Message;
        Assert.Contains("task Second in row 1", message);
        Assert.Contains("0 to 1", message);
    }

    [Fact]
    public void RateDecaysOnce()
    {
        var plan = new TrainingPlan { Epochs = 80, LearningRate = 2e-3, DecayAt = 0.7, DecayFactor = 0.1 };
        Assert.Equal(56, Enumerable.Range(0, 80).Count(e => plan.LearningRateAt(e) == 2e-3));
        Assert.Equal(2e-4, plan.LearningRateAt(56), 1e-18);
    }

    /// <summary>The number of live tensors stays the same after the first epochs, because a step keeps nothing.</summary>
    [Fact]
    public void LiveTensorsDoNotGrow()
    {
        foreach (var variant in Mixed.Descriptor.Variants)
        {
            var live = new List<long>();
            Run(Mixed.Descriptor, variant.Name, 1, 12, _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount), default);
            Assert.True(live.Skip(2).Distinct().Count() == 1, $"{variant.Name}: {string.Join(" ", live)}");
        }
    }

    /// <summary>No garbage collection runs inside a step, because it would free scalars that libtorch is using. The pause is renewed at
    /// most once, between steps.</summary>
    [Fact]
    public void NoCollectionRunsInsideAStep()
    {
        var collections = new List<int>();
        var records = new List<EpochRecord>();
        Run(Mixed.Descriptor, "UAmtfl", 1, 8, record =>
        {
            collections.Add(GC.CollectionCount(0));
            records.Add(record);
        }, default);
        Assert.InRange(collections.Distinct().Count(), 1, 2);
        Assert.All(records, r => Assert.Null(r.Notice));
    }

    /// <summary>A cell disposes of all its tensors, because a worker trains many cells.</summary>
    [Fact]
    public void ACellLeavesNothingBehind()
    {
        using var scope = NewDisposeScope();
        var data = CellData.Load(Mixed.Descriptor, new(null, 1), CPU);
        foreach (var variant in Mixed.Descriptor.Variants)
        {
            Run();
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            Run();
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

            void Run() => CellRunner.Run(
                Mixed.Descriptor, variant, variant.Bind(TestSettings.Empty), variant.Plan, data, _ => { }, default);
        }
    }

    private static CellResult Train(
        ExperimentDescriptor experiment, string variant, int seed, List<EpochRecord> records, int? epochs = null) =>
        Run(experiment, variant, seed, epochs, records.Add, default);

    private static CellResult Run(
        ExperimentDescriptor experiment, string name, int seed, int? epochs, Action<EpochRecord> ended, CancellationToken cancellation)
    {
        var variant = experiment.Variants.First(v => v.Name == name);
        var plan = variant.Plan with { Epochs = epochs ?? variant.Plan.Epochs };
        return TestCell.Run(
            experiment, variant, variant.Bind(TestSettings.Empty), plan, new(null, seed), ended, cancellation);
    }
}
