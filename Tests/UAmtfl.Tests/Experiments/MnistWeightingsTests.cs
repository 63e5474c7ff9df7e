using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Experiments.Mnist;
using UAmtfl.Numerics;
using UAmtfl.Tests.Support;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Experiments;

/// <summary>Every weighting trains LeNet on MNIST-Imbalanced, and continues from a saved state with the same bits as without a
/// stop.</summary>
public sealed class MnistWeightingsTests
{
    private static readonly Lazy<Splits> Few = new(() =>
    {
        var splits = new ImbalancedMnist().Load(new(null, 1));
        return new(Kept(splits.Train, 1100), Kept(splits.Validation, 100), Kept(splits.Test, 100), splits.SharedTest);
    });

    public static TheoryData<string> Variants => [.. MnistWeightings.Descriptor.Variants.Select(v => v.Name)];

    private static ExperimentDescriptor Experiment => MnistWeightings.Descriptor with { Dataset = () => new Loaded() };

    /// <summary>In two epochs the sum of the tasks' losses falls, and all numbers are finite.</summary>
    [Theory]
    [MemberData(nameof(Variants))]
    public void TrainsTwoEpochs(string name)
    {
        var variant = Experiment.Variants.First(v => v.Name == name);
        var records = new List<EpochRecord>();
        var result = TestCell.Run(
            Experiment,
            variant,
            variant.Bind(Hosting.Fake.EmptySettings),
            variant.Plan with { Epochs = 2 },
            new(null, 1),
            records.Add,
            default);
        Assert.All(
            result.TaskErrors.Concat(result.TaskLosses).Concat(records.SelectMany(r => r.TaskLosses)),
            v => Assert.True(double.IsFinite(v)));
        Assert.True(
            records[1].TaskLosses.Sum() < records[0].TaskLosses.Sum(), $"{records[0].TaskLosses.Sum()} -> {records[1].TaskLosses.Sum()}");
    }

    /// <summary>Two epochs in one go give the same bits as two epochs with a stop between them, after which another network loads the
    /// saved state.</summary>
    [Theory]
    [MemberData(nameof(Variants))]
    public void GoesOnFromASavedState(string name)
    {
        using var scope = NewDisposeScope();
        using var never = new Training(name, seed: 1);
        never.Epoch(0);
        never.Epoch(1);
        using var stopped = new Training(name, seed: 1);
        stopped.Epoch(0);
        using var continued = new Training(name, seed: 2);
        foreach (var (saved, loaded) in stopped.Modules.Zip(continued.Modules))
        {
            loaded.load_state_dict(saved.state_dict());
        }

        continued.Epoch(1);
        foreach (var (whole, resumed) in never.Modules.Zip(continued.Modules))
        {
            var (expected, actual) = (whole.state_dict(), resumed.state_dict());
            Assert.Equal(expected.Keys, actual.Keys);
            foreach (var (key, value) in expected)
            {
                Assert.True(
                    value.equal(actual[key]).all().item<bool>()
                        || (value.isnan().all().item<bool>() && actual[key].isnan().all().item<bool>()),
                    key);
            }
        }
    }

    /// <summary>Copies the first rows out of all dispose scopes, because all tests share them.</summary>
    private static Samples Kept(Samples samples, long rows) =>
        new(
            samples.Inputs.narrow(0, 0, rows).clone().DetachFromDisposeScope(),
            samples.Labels.narrow(0, 0, rows).clone().DetachFromDisposeScope());

    /// <summary>The data set, with few rows to evaluate on.</summary>
    private sealed class Loaded : IDataset
    {
        public Splits Load(DataRequest request) => Few.Value;
    }

    /// <summary>Trains a variant by SGD without momentum, because that optimiser has no state to save.</summary>
    private sealed class Training : IDisposable
    {
        private const int Rows = 100;

        private readonly Objective variant;
        private readonly Trainer trainer;
        private readonly TrainingPlan plan;
        private readonly IOptimizer optimizer;
        private readonly Labels labels;
        private readonly Tensor prepared;

        public Training(string name, int seed)
        {
            var descriptor = Experiment.Variants.First(v => v.Name == name);
            var train = Few.Value.Train;
            labels = Labels.From(train.Labels.narrow(0, 0, Rows), Experiment.Tasks.LabelColumns);
            RandomStreams.Start(seed, "initialisation");
            variant = ((BoundNetwork)descriptor.Bind(Hosting.Fake.EmptySettings)).Create(labels.Counts(10));
            plan = descriptor.Plan with
            {
                Optimizer = OptimizerKind.Sgd,
                Momentum = 0,
                LearningRate = 0.05,
                Epochs = 2,
                BatchSize = Rows / 2,
            };
            optimizer = Trainer.CreateOptimizer(plan, variant.Groups);
            trainer = new(variant, plan, Experiment.Tasks, seed: 1);
            prepared = variant.Network.Prepare(train.Inputs.narrow(0, 0, Rows));
        }

        /// <summary>The modules whose state a step changes: the network, and the state of the objective.</summary>
        public IReadOnlyList<nn.Module> Modules => [variant.Network, variant.State];

        public void Epoch(int epoch)
        {
            using var pause = new CollectionPause();
            using var scope = NewDisposeScope();
            variant.EpochStarted(epoch, plan.Epochs);
            Trainer.StartStreams(variant.Modules(), seed: 1, epoch);
            var rows = Enumerable.Range(0, variant.Batches).Select(b => arange(Rows).add(37 * b).remainder(Rows)).ToList();
            var losses = trainer.Epoch(prepared, labels, rows, prepared: true, plan.LearningRate, optimizer, pause, default).Losses;
            using var frozen = no_grad();
            variant.EpochEnded(losses);
        }

        public void Dispose()
        {
            optimizer.Dispose();
            variant.Dispose();
        }
    }
}
