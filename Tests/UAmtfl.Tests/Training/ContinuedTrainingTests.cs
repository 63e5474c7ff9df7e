using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A training that goes on from its state after an epoch has the bits of one that was never interrupted, whatever the
/// network, the weighting and the optimiser.</summary>
public sealed class ContinuedTrainingTests
{
    private const int Rows = 24;
    private const int Epochs = 4;

    public static TheoryData<string, string> Networks => GeneratedNetworks.Names;

    [Theory, MemberData(nameof(Networks))]
    public void GoesOnBitByBit(string experiment, string variant)
    {
        var plan = new TrainingPlan { Epochs = 3, BatchSize = 8, LearningRate = 1e-2, EvaluateEvery = 2 };
        RequireSame(experiment, variant, plan);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void SgdGoesOnBitByBit(double momentum)
    {
        var plan = new TrainingPlan
        {
            Epochs = Epochs, BatchSize = 8, LearningRate = 1e-2, Optimizer = OptimizerKind.Sgd, Momentum = momentum,
        };
        RequireSame("convolved", "OnNormed", plan);
    }

    /// <summary>The rate has fallen at a plateau before the checkpoint, is counting towards another one, or rises; steps are made up of
    /// several batches, of which the last of an epoch has fewer.</summary>
    [Theory]
    [InlineData(ScheduleKind.Plateau, 0, 1)]
    [InlineData(ScheduleKind.Plateau, 0, 2)]
    [InlineData(ScheduleKind.Cosine, 3, 1)]
    [InlineData(ScheduleKind.Exponential, 1, 2)]
    [InlineData(ScheduleKind.Step, 3, 2)]
    public void SchedulesGoOnBitByBit(ScheduleKind schedule, int warmUp, int accumulate)
    {
        var plan = new TrainingPlan
        {
            Epochs = Epochs, BatchSize = 8, LearningRate = 0.5, EvaluateEvery = 1, Optimizer = OptimizerKind.AdamW, Schedule = schedule,
            DecayFactor = 0.5, PlateauPatience = 1, PlateauThreshold = 0.99, WarmUp = warmUp, Accumulate = accumulate, ClipNorm = 0.1,
        };
        var rates = RequireSame("convolved", "OnNormed", plan);
        Assert.True(rates.Distinct().Count() > 1, $"the learning rate is {rates[0]} throughout");
    }

    /// <summary>A checkpoint of a training without plateaus lacks what one with plateaus needs.</summary>
    [Fact]
    public void AStateWithoutItsPlateausIsRefused()
    {
        using var scope = NewDisposeScope();
        var plan = new TrainingPlan { Epochs = 1, BatchSize = 8 };
        using var state = Train("convolved", "OnNormed", plan, from: null, upTo: 1).State;
        using var objective = GeneratedNetworks.Create("convolved", "OnNormed", seed: 1);
        using var optimizer = Trainer.CreateOptimizer(plan with { Schedule = ScheduleKind.Plateau }, objective);
        var refused = Assert.Throws<InvalidDataException>(() => state.CopyTo(objective, optimizer));
        Assert.Equal("it lacks schedule.plateau of variant OnNormed", refused.Message);
    }

    [Fact]
    public void AStateOfAnotherNetworkIsRefusedAndNamed()
    {
        using var scope = NewDisposeScope();
        var plan = new TrainingPlan { Epochs = 1, BatchSize = 8 };
        using var state = Train("linear-family", "Naive", plan, from: null, upTo: 1).State;
        using var other = GeneratedNetworks.Create("convolved", "OnNormed", seed: 1);
        using var optimizer = Trainer.CreateOptimizer(plan, other);
        var refused = Assert.Throws<InvalidDataException>(() => state.CopyTo(other, optimizer));
        Assert.Matches("^it has .+, which variant OnNormed does not$", refused.Message);
    }

    private static double[] RequireSame(string experiment, string variant, TrainingPlan plan)
    {
        using var scope = NewDisposeScope();
        var whole = Train(experiment, variant, plan, from: null, upTo: plan.Epochs, kept: 2);
        using var first = whole.Kept;
        var second = Train(experiment, variant, plan, from: first, upTo: plan.Epochs);
        using (whole.State)
        using (second.State)
        {
            Assert.Equal(whole.State.Tensors.Keys, second.State.Tensors.Keys);
            Assert.All(whole.State.Tensors, t => Assert.Equal(Bits(t.Value), Bits(second.State.Tensors[t.Key])));
            Assert.Equal(whole.Records.Skip(2).Select(Text), second.Records.Select(Text));
            RequirePairs(whole.State, whole.Records[0].Traces.ContainsKey("conflicts"));
            Assert.Contains(whole.State.Tensors, t => t.Key.StartsWith("optimizer.", StringComparison.Ordinal) || plan.Momentum == 0);
        }

        return [.. whole.Records.Select(r => r.LearningRate)];
    }

    /// <summary>Trains up to an epoch. Returns the state after it, and that after an epoch before it.</summary>
    private static (TrainingState State, List<EpochRecord> Records, TrainingState? Kept) Train(
        string experiment, string variant, TrainingPlan plan, TrainingState? from, int upTo, int kept = 0)
    {
        var tasks = GeneratedNetworks.Experiment(experiment).Tasks;
        using var objective = GeneratedNetworks.Create(experiment, variant, seed: from is null ? 1 : 2);
        using var network = objective.Network;
        using var optimizer = Trainer.CreateOptimizer(plan, objective);
        from?.CopyTo(objective, optimizer);
        random.manual_seed(7);
        var inputs = GeneratedNetworks.Drawn(experiment, variant, Rows);
        var labels = RandomLabels.Of(GeneratedNetworks.Experiment(experiment), Rows);
        var records = new List<EpochRecord>();
        TrainingState? state = null, before = null;
        using var stop = new CancellationTokenSource();
        try
        {
            new Trainer(objective, plan, tasks, seed: 5).Train(
                inputs,
                labels,
                (inputs, labels),
                optimizer,
                record =>
                {
                    records.Add(record);
                    if (record.Epoch == kept)
                    {
                        before = TrainingState.Of(objective, optimizer, record.Epoch);
                    }

                    if (record.Epoch == upTo)
                    {
                        state = TrainingState.Of(objective, optimizer, record.Epoch);
                        stop.Cancel();
                    }
                },
                stop.Token,
                from?.Epochs ?? 0);
        }
        catch (OperationCanceledException) when (state is not null)
        {
            // It was stopped after the epoch, as a process is.
        }

        return (state!, records, before);
    }

    /// <summary>The record of pairs of gradients is part of the state if there is one, and not of zeros.</summary>
    private static void RequirePairs(TrainingState state, bool expected)
    {
        var pairs = state.Tensors.SingleOrDefault(t => t.Key.StartsWith("objective.Pairs", StringComparison.Ordinal)).Value;
        Assert.Equal(expected, pairs is not null);
        Assert.True(pairs is null || pairs.ne(0).any().item<bool>());
    }

    private static string Text(EpochRecord record) =>
        $"{record.Epoch} {record.LearningRate:R} {record.Objective:R} {record.ValidationError:R} {record.Notice} "
        + $"{string.Join(' ', record.TaskLosses)} "
        + string.Join(' ', record.Traces.SelectMany(t => t.Value.Select(v => $"{t.Key}={v:R}")));

    private static byte[] Bits(Tensor tensor) => tensor.contiguous().bytes.ToArray();
}
