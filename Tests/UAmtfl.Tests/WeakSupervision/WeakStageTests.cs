using System.Text.Json;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Hosting;
using UAmtfl.WeakSupervision;
using static TorchSharp.torch;

namespace UAmtfl.Tests.WeakSupervision;

/// <summary>The stage of a cell that makes training labels from weak ones.</summary>
public sealed class WeakStageTests
{
    private static readonly VariantDescriptor Weak = WeakStudy.Descriptor.Variants.Single(v => v.Name == "Weak");

    [Fact]
    public void LabelsAreProbabilitiesWhereSourcesVote()
    {
        using var scope = NewDisposeScope();
        var whole = Load(samples => samples);
        var data = whole.For(WeakStudy.Descriptor, Weak);
        var tasks = WeakStudy.Descriptor.Tasks;
        Assert.Equal(["Wild", "Weight", "Animal", "Bird"], tasks.Tasks.Select(t => t.Name));
        var (values, shares) = (data.Train.Labels.Values, data.Train.Labels.Probabilities!);
        Assert.Equal([WeakRows.Rows, 4, 3], shares.shape);

        // A binary task has the probability of label 1, a classification its most probable class, a regression its own labels.
        Assert.Equal(0, (values.select(1, 0) - shares.select(1, 0).select(1, 1)).abs().max().item<float>());
        Assert.Equal(0, (values.select(1, 3) - shares.select(1, 3).argmax(1)).abs().max().item<float>());
        Assert.Equal(0, (values.select(1, 1) - whole.Train.Labels.Values.select(1, 1)).abs().max().item<float>());
        Assert.InRange(shares.select(1, 0).select(1, 1).frac().gt(0).to(float32).mean().item<float>(), 0.5, 1);

        // Birds have a kind: P(bird) = P(owl) + P(crow).
        var animal = shares.select(1, 2);
        var bird = shares.select(1, 3);
        Assert.InRange((animal.select(1, 0) - bird.select(1, 0) - bird.select(1, 1)).abs().max().item<float>(), 0, 1e-6);

        // A row on which all three sources of animals abstain has no label of animals.
        var silent = data.Train.Labels.Observed!.select(1, 2).eq(0).sum().item<long>();
        Assert.InRange(silent, 1, 20);
        Assert.Equal(silent, data.Train.Labels.Observed!.select(1, 3).eq(0).sum().item<long>());
        Assert.Equal(WeakRows.Rows - silent, (long)data.Counts[2].item<float>());
        Assert.Same(whole.Validation.Labels.Values, data.Validation.Labels.Values);
    }

    [Fact]
    public void TheReportNamesSourcesWithEstimatedAndTrueAccuracies()
    {
        using var scope = NewDisposeScope();
        var report = Load(samples => samples).For(WeakStudy.Descriptor, Weak).WeakLabels!;
        Assert.Equal(["a", "b", "c", "a", "b", "c", "a", "b", "d", "Heavy"], report.Sources.Select(s => s.Source));
        Assert.All(report.Sources, s => Assert.InRange(s.TrueAccuracy, 0.7, 1));
        Assert.All(report.Sources, s => Assert.InRange(s.Accuracy, s.TrueAccuracy - 0.15, s.TrueAccuracy + 0.15));
        Assert.All(report.Tasks, t => Assert.InRange(t.Accuracy, 0.85, 1));
        Assert.Equal(3, report.Groups[0].Vectors.Count);
        Assert.Equal("completion of the covariances", report.Groups[1].Certificate!.Method);
    }

    [Fact]
    public void AllTrainingsOfACellShareTheLabels()
    {
        using var scope = NewDisposeScope();
        var data = Load(samples => samples);
        using (NewDisposeScope())
        {
            Assert.Equal(WeakRows.Rows, data.For(WeakStudy.Descriptor, Weak).Train.Labels.Values.shape[0]);
        }

        Assert.InRange(data.For(WeakStudy.Descriptor, Weak).Train.Labels.Probabilities!.sum().item<float>(), 1, 3 * WeakRows.Rows);
    }

    [Fact]
    public void NoTrueTrainingLabelIsNeeded()
    {
        using var scope = NewDisposeScope();
        Samples Unlabelled(Samples samples)
        {
            samples.Labels.narrow(1, 0, 3).fill_(float.NaN);
            return samples;
        }

        var data = Load(Unlabelled).For(WeakStudy.Descriptor, Weak);
        Assert.InRange(data.Counts.min().item<float>(), 150, WeakRows.Rows);
        Assert.All(data.WeakLabels!.Sources, s => Assert.True(double.IsNaN(s.TrueAccuracy)));
        var gold = WeakStudy.Descriptor.Variants.Single(v => v.Name == "Gold");
        Assert.Contains(
            "or train only variants with [WeakLabels], which Gold is not", Message(Unlabelled, gold), StringComparison.Ordinal);
    }

    [Fact]
    public void ACellStoresWhatTheLabelModelMade()
    {
        var result = TestCell.Run(
            WeakStudy.Descriptor, Weak, Weak.Bind(TestSettings.Empty), Weak.Plan, new(null, 1), _ => { }, default);
        Assert.InRange(result.RelativeError, 0, 1.5);
        var stored = JsonSerializer.Serialize(StoredResult.Of(result, WeakStudy.Descriptor.Tasks), RunJson.Line.StoredResult);
        var read = JsonSerializer.Deserialize(stored, RunJson.Line.StoredResult)!.WeakLabels!;
        Assert.Equal(result.WeakLabels!.Sources, read.Sources);
        Assert.Equal(result.WeakLabels.Groups[0].Cliques[0].Probabilities, read.Groups[0].Cliques[0].Probabilities);
    }

    [Theory]
    [InlineData("shape", "need Float32 of shape [200, 4, 4]")]
    [InlineData("none", "the training set has no votes, but the experiment declares the sources a, b, c, d: give its Samples Votes [N,")]
    [InlineData("disposed", "WeakRows: the votes of the training set are a tensor that was disposed")]
    [InlineData("class", "source 'b' votes 7 on task Animal in training row 5 (rows count from 0); a vote must be a class, 0 to 1,")]
    [InlineData("coverage", "source 'd' votes 1 on task Animal in training row 5 (rows count from 0); the task is not among those")]
    [InlineData("impossible", "source 'a' votes [1, 0] on Animal, Bird in training row 5 (rows count from 0), which no feasible label")]
    [InlineData("silent", "source 'b' abstains on every training row: mend it, or leave it out")]
    [InlineData("records", "the training set has 200 rows and 199 records")]
    [InlineData("no records", "the training set has no records")]
    [InlineData("null", "record 3 of the training set (records count from 0) is null: give one for each row")]
    [InlineData("other", "labelling function 'Heavy' cannot read record 3 of the training set (records count from 0), which is of")]
    [InlineData("throws", "labelling function 'Heavy' throws on training row 3 (rows count from 0) InvalidOperationException")]
    public void WrongVotesAreRefusedInOneLine(string fault, string message)
    {
        var error = Message(samples => Spoil(samples, fault), Weak);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    /// <summary>A number that is no class is no abstention, not even −1.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(70_000)]
    public void ALabelOfAFunctionThatIsNoClassIsRefused(int label)
    {
        var function = new LabellingFunction("Heavy", [0], (record, labels) => labels[0] = (string)record == "odd" ? label : null);
        Assert.Equal([-1, -1], RecordVotes.Of([function], ["even", "even"], ["Wild"], [2]).Values);
        var error = Assert.Throws<DataException>(() => RecordVotes.Of([function], ["even", "odd"], ["Wild"], [2]));
        Assert.StartsWith(
            $"source 'Heavy' votes {label} on task Wild in training row 1 (rows count from 0); a vote must be a class, 0 to 1,",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void BalanceOfTheValidationSetIsCounted()
    {
        using var scope = NewDisposeScope();
        var data = Load(samples => samples).For(
            WeakStudy.Descriptor, Weak with { Weak = new() { Balance = ClassBalance.Validation } });
        Assert.Equal(1, data.WeakLabels!.Groups[0].Balance.Sum(), 12);
        Assert.All(data.WeakLabels.Groups[0].Balance, p => Assert.Equal(p * 63, Math.Round(p * 63), 9));
    }

    [Fact]
    public void SharesThatAreNotOneForEachVectorAreRefused()
    {
        using var scope = NewDisposeScope();
        var data = Load(samples => samples);
        Assert.Contains(
            "Prior gives the shares of one set of tasks, and there are 2, which nothing connects: use Balance",
            Assert.Throws<UAmtflException>(
                () => data.For(WeakStudy.Descriptor, Weak with { Weak = new() { Prior = [0.5, 0.5] } })).Message,
            StringComparison.Ordinal);
    }

    private static Samples Spoil(Samples samples, string fault)
    {
        var votes = samples.Votes!;
        switch (fault)
        {
            case "shape": return samples with { Votes = votes.narrow(2, 0, 3) };
            case "none": return samples with { Votes = null };
            case "disposed": votes.Dispose(); break;
            case "class": votes[5, 1, 0] = 7; break;
            case "coverage": votes[5, 3, 0] = 1; break;
            case "impossible": (votes[5, 0, 0], votes[5, 0, 1]) = (1, 0); break;
            case "silent": votes.select(1, 1).fill_(float.NaN); break;
            case "records": return samples with { Records = [.. samples.Records!.Skip(1)] };
            case "no records": return samples with { Records = null };
            case "null": return samples with { Records = [.. samples.Records!.Select((r, i) => i == 3 ? null! : r)] };
            case "other": return samples with { Records = [.. samples.Records!.Select((r, i) => i == 3 ? "a text" : r)] };
            default:
                return samples with { Records = [.. samples.Records!.Select((r, i) => i == 3 ? new WeakRecord(null, Broken: true) : r)] };
        }

        return samples;
    }

    private static CellData Load(Func<Samples, Samples> spoil, VariantDescriptor? variant = null) => CellData.Load(
        WeakStudy.Descriptor with { Dataset = () => new WeakRows(spoil) }, new(null, 1), CPU,
        new DataTerms { Variants = [variant ?? Weak] });

    private static string Message(Func<Samples, Samples> spoil, VariantDescriptor variant) =>
        Assert.Throws<DataException>(() => Load(spoil, variant).For(WeakStudy.Descriptor, variant)).Message;
}
