using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Models;
using UAmtfl.Tests.Exporting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Counts whose rate is exp(1 + 0.8 x), beside a real number and a flag.</summary>
public sealed class Arrivals : IDataset
{
    public Splits Load(DataRequest request)
    {
        using var generator = new Generator((ulong)request.Seed);
        return new(Make(400, generator), Make(40, generator), Make(200, generator), SharedTest: false);
    }

    private static Samples Make(int rows, Generator generator)
    {
        using var scope = NewDisposeScope();
        var x = rand(rows, 2, generator: generator).mul(2).sub(1);
        var counts = poisson(x.select(1, 0).mul(0.8).add(1).exp(), generator);
        var labels = stack([x.select(1, 1), counts, x.select(1, 0).gt(0).to(float32)], 1);
        return new(x.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }
}

/// <summary>The same data with labels that a transform changes.</summary>
public sealed class ScaledArrivals : IDataset
{
    public Splits Load(DataRequest request) => new Arrivals().Load(request) with { LabelTransforms = [new Standardise()] };
}

/// <summary>The same data with counts below 0.</summary>
public sealed class Departures : IDataset
{
    public Splits Load(DataRequest request)
    {
        var splits = new Arrivals().Load(request);
        var labels = splits.Train.Labels;
        return splits with { Train = splits.Train with { Labels = labels - (labels * tensor(new float[] { 0, 2, 0 })) } };
    }
}

/// <summary>A regression of counts beside other kinds of task.</summary>
[Experiment("arrivals", Seeds = 1)]
[Dataset<Arrivals>]
[Training(Epochs = 40, BatchSize = 50), Adam(0.03)]
public static partial class ArrivalStudy
{
    public enum Task
    {
        [Regression] Level,
        [Regression(Loss = RegressionLoss.Poisson)] Count,
        [Binary] High,
    }

    [Input(2)]
    public partial class Net;

    [Baseline, HardSharing]
    public partial class Mtl;

    [SingleTask]
    public partial class Alone;
}

/// <summary>A regression of counts predicts rates in the unit of the labels, wherever predictions are read.</summary>
public sealed class CountTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("Mtl")]
    [InlineData("Alone")]
    public void ThePredictionsAreTheRates(string variant)
    {
        var trained = SavedModel.Train(ArrivalStudy.Descriptor, variant, epochs: 40);
        using var model = ModelReader.Read(
            folder.Write(trained.Model!), ArrivalStudy.Descriptor, SavedModel.Variant(ArrivalStudy.Descriptor, variant));
        var test = new Arrivals().Load(new(null, 1)).Test;
        var rates = model.Predict(test.Inputs).Regression(1).Value;
        var (x, y) = (test.Inputs.select(1, 0).data<float>().ToArray(), test.Labels.select(1, 1).data<float>().ToArray());
        Assert.All(rates.Zip(x), p => Assert.InRange(p.First / Math.Exp(1 + (0.8 * p.Second)), 0.8, 1.25));

        // The test error is the mean squared error of the rates, not of their logarithms.
        Assert.Equal(rates.Zip(y).Average(p => (p.First - p.Second) * (p.First - p.Second)), trained.TaskErrors[1], 1e-4);
        using var exported = OnnxRun.Of(model, folder);
        Exported.AssertSame(model, exported);
        Assert.All(exported.Predict(test.Inputs)["Count_value"].Zip(rates), p => Assert.Equal(p.Second, p.First, 1e-4));
    }

    [Fact]
    public void NegativeCountsAreRefused() => Refused(
        new Departures(),
        "the training set has label ",
        " for task Count in row ",
        "a regression label must be a finite number of at least 0, because its loss is Poisson, or NaN where it is missing");

    [Fact]
    public void TransformsOfTheirLabelsAreRefused() => Refused(
        new ScaledArrivals(),
        "LabelTransforms would change the labels of task Count, whose loss Poisson is for counts: leave them out, or choose another loss "
            + "for the task");

    private static void Refused(IDataset dataset, params string[] parts)
    {
        var experiment = ArrivalStudy.Descriptor with { Dataset = () => dataset };
        var message = Assert.Throws<DataException>(() => CellData.Load(experiment, new(null, 1), CPU)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
    }
}
