using UAmtfl.Descriptors;
using UAmtfl.Tests.Training.Weighting;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A step that is made up of several batches is the step of one batch with all their rows.</summary>
public sealed class AccumulationTests
{
    // 5 batches of 8 rows and one of 3: with 3 batches a step, the last step of an epoch has 19 rows.
    private const int Rows = 43;
    private const int BatchSize = 8;
    private const int Batches = 3;

    /// <summary>Kinds of tasks are mixed, uncertainties learnt, heads rebuilt, features penalised, and rows belong to one task each; where
    /// rows belong to all tasks, labels are missing, so that batches differ in how many labels a task has, and a batch has none of a
    /// task.</summary>
    [Theory]
    [InlineData("mixed", "Kendall")]
    [InlineData("balanced-losses", "Alone")]
    [InlineData("asymmetric", "Mtl")]
    [InlineData("asymmetric", "Amtl")]
    [InlineData("linear-family", "AmtlNet")]
    [InlineData("linear-family", "Nn")]
    [InlineData("linear-family", "TwoParts")]
    [InlineData("linear-family", "Networks")]
    public void StepsEqualThoseOfALargeBatch(string experiment, string variant)
    {
        using var scope = NewDisposeScope();
        var plan = new TrainingPlan { Epochs = 3, LearningRate = 1e-2, Optimizer = OptimizerKind.Sgd };
        var (whole, wholeEpochs) = Train(experiment, variant, plan with { BatchSize = BatchSize * Batches });
        var (parts, partsEpochs) = Train(experiment, variant, plan with { BatchSize = BatchSize, Accumulate = Batches });
        var (plain, _) = Train(experiment, variant, plan with { BatchSize = BatchSize });
        Assert.Equal(whole, parts, Close);
        Assert.NotEqual(whole, plain, Close);
        Assert.Equal(wholeEpochs.Select(e => e.Objective), partsEpochs.Select(e => e.Objective), Close);
        Assert.Equal(wholeEpochs.SelectMany(e => e.TaskLosses), partsEpochs.SelectMany(e => e.TaskLosses), Close);
    }

    [Fact]
    public void AWeightingThatLooksAtOneBatchIsRefused()
    {
        using var scope = NewDisposeScope();
        var variant = Balanced.Descriptor.Variants.First(v => v.Weighting is not null);
        var refused = Assert.Throws<UAmtflException>(() => Train("balanced", variant.Name, new() { Accumulate = 2 }));
        Assert.StartsWith($"variant {variant.Name} cannot be trained: ", refused.Message);
        Assert.EndsWith(
            "looks at the losses or gradients of one batch, and a step is made up of 2; raise BatchSize, and set Accumulate to 1",
            refused.Message);
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-11;

    private static (double[] Parameters, List<EpochRecord> Epochs) Train(string name, string variant, TrainingPlan plan)
    {
        var experiment = GeneratedNetworks.Experiment(name);
        var declared = experiment.Variants.Single(v => v.Name == variant);
        random.manual_seed(1);
        using var objective = ((BoundNetwork)declared.Bind(TestSettings.Empty)).Create(
            ones(experiment.Tasks.Count, dtype: ScalarType.Float64) * Rows);
        using var network = objective.Network;
        using var optimizer = Trainer.CreateOptimizer(plan, objective);
        var inputs = randn([Rows, .. GeneratedNetworks.Inputs(name, variant).shape[1..]], dtype: ScalarType.Float64);
        var labels = RandomLabels.Of(experiment, Rows, ScalarType.Float64, missing: 0.8);
        var epochs = new List<EpochRecord>();
        new Trainer(objective, plan, experiment.Tasks, seed: 5).Train(inputs, labels, null, optimizer, epochs.Add);
        return ([.. network.parameters().SelectMany(p => p.contiguous().data<double>().ToArray())], epochs);
    }
}
