using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A training with patience tests the best epoch, and trains the same epochs as one without.</summary>
public sealed class EarlyStoppingTests
{
    private const int Epochs = 30;

    [Fact]
    public void TheEpochsBeforeTheStopHaveTheSameBits()
    {
        var (whole, _) = Run(patience: 0);
        var (stopped, result) = Run(patience: 3);
        Assert.InRange(stopped.Count, 4, Epochs - 1);
        Assert.Equal(whole.Take(stopped.Count).Select(Text), stopped.Select(Text));
        Assert.Equal([stopped.Count - 3], result.TestedEpochs!);
        Assert.Equal(stopped.Min(e => e.ValidationError), result.ValidationError);
    }

    [Fact]
    public void TheBestEpochIsTested()
    {
        var (_, result) = Run(patience: 3);
        var (_, atBest) = Run(patience: 0, epochs: result.TestedEpochs![0]);
        Assert.Equal(atBest.RowErrors, result.RowErrors);
        Assert.Equal(atBest.TaskErrors, result.TaskErrors);
        Assert.Null(atBest.TestedEpochs);
    }

    [Fact]
    public void APatienceLongerThanTheTrainingTestsTheBestOfAll()
    {
        var (records, result) = Run(patience: Epochs);
        Assert.Equal(Epochs, records.Count);
        Assert.Equal([records.MinBy(e => e.ValidationError)!.Epoch], result.TestedEpochs!);
    }

    /// <summary>Of two equal errors the first counts, and an error that is not a number never does.</summary>
    [Fact]
    public void OfEqualErrorsTheFirstIsBest()
    {
        using var scope = NewDisposeScope();
        using var network = GeneratedNetworks.Create("convolved", "OnNormed", seed: 1).Network;
        using var best = new BestEpochs(patience: 2);
        double?[] errors = [double.NaN, null, 0.5, 0.5, double.NaN];
        foreach (var (i, error) in errors.Index())
        {
            Assert.False(best.EndsAfter(i));
            best.Offer(i + 1, error is { } measured ? [measured] : [], network);
        }

        Assert.Equal([new(3, 0.5)], best.Best);
        Assert.True(best.EndsAfter(5));
    }

    [Fact]
    public void WithoutValidationRowsItIsRefused()
    {
        var terms = new DataTerms { Stopper = "Mtl" };
        var refused = Assert.Throws<DataException>(() => terms.RequireValidation(0));
        Assert.StartsWith("the validation set has no rows, but Mtl stops by the validation error", refused.Message);
        terms = new DataTerms { Scheduled = "Mtl" };
        refused = Assert.Throws<DataException>(() => terms.RequireValidation(0));
        Assert.StartsWith("the validation set has no rows, but the learning rate of Mtl falls by the validation error", refused.Message);
    }

    private static (List<EpochRecord> Records, CellResult Result) Run(int patience, int? epochs = null)
    {
        var experiment = Searched.Descriptor;
        var variant = experiment.Variants[0];
        var plan = variant.Plan with { Epochs = epochs ?? Epochs, EvaluateEvery = 1, Patience = patience, LearningRate = 0.1 };
        var records = new List<EpochRecord>();
        var result = TestCell.Run(
            experiment, variant, variant.Bind(TestSettings.Empty), plan, new DataRequest(null, 1), records.Add, CancellationToken.None);
        return (records, result);
    }

    private static string Text(EpochRecord record) => $"{record.Epoch} {record.Objective:R} {record.ValidationError:R}";
}
