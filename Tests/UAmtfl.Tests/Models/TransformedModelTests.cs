using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Models;
using UAmtfl.Tests.Training;
using static TorchSharp.torch;


namespace UAmtfl.Tests.Models;

/// <summary>Two regressions whose noise is learnt, of inputs and labels that are transformed.</summary>
[Experiment("scaled", Seeds = 1)]
[Dataset<ScaledLengths>]
[Training(Epochs = 3, BatchSize = 16), Adam(1e-2)]
public static partial class ScaledStudy
{
    [Regression]
    public enum Length { Near, Far }

    [Input(2)]
    public partial class Net;

    [Baseline, HardSharing, Uncertainty]
    public partial class Mtl;

    [Reference, MeanPredictor]
    public partial class Mean;
}

/// <summary>Labels around 500, in standard deviations from their mean; two principal components of the three inputs.</summary>
public sealed class ScaledLengths : IDataset
{
    public Splits Load(DataRequest request)
    {
        var raw = new Lengths().Load(request);
        return raw with { InputTransforms = [new Standardise(), new Pca(2)], LabelTransforms = [new Standardise()] };
    }
}

/// <summary>A transform of somebody's own that cannot be restored.</summary>
public sealed class Halved : ITransform, IFittedTransform
{
    public IReadOnlyDictionary<string, Tensor> State => new Dictionary<string, Tensor> { ["half"] = tensor(0.5) };

    public IFittedTransform Fit(Tensor rows) => this;

    public Tensor Apply(Tensor values) => values * 0.5f;

    public Tensor Invert(Tensor values) => values * 2f;
}

/// <summary>A saved model takes raw inputs and answers in the units of the raw labels.</summary>
public sealed class TransformedModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    /// <summary>The mean predictor of standardised labels is 0, which is the mean of the raw training labels.</summary>
    [Fact]
    public void AnswersAreInTheUnitOfTheRawLabels()
    {
        using var model = ScaledStudy.Mean.Load(folder.Write(SavedModel.Train(ScaledStudy.Descriptor, "Mean").Model!));
        var raw = new Lengths().Load(new(null, 1));
        var near = raw.Train.Labels.select(1, 0).data<float>().ToArray().Where(v => !float.IsNaN(v)).Average();
        Assert.Equal([3], model.Input);
        Assert.All(model.Predict(raw.Test.Inputs).Near.Value, value => Assert.Equal(near, value, 1e-3));
    }

    /// <summary>σ in the unit of the raw labels is σ of the standardised ones times their deviation, whatever the prediction.</summary>
    [Fact]
    public void SigmaIsInTheUnitOfTheRawLabels()
    {
        var trained = SavedModel.Train(ScaledStudy.Descriptor, "Mtl", epochs: 3);
        using var model = ScaledStudy.Mtl.Load(folder.Write(trained.Model!));
        var data = CellData.Load(ScaledStudy.Descriptor, new(null, 1), CPU);
        var scale = (ColumnScale)data.Transforms.Labels[0];
        var p = model.Predict(new Lengths().Load(new(null, 1)).Test.Inputs);
        var sigma = trained.Traces["sigma"][^1];
        Assert.All(p.Near.Sigma!, s => Assert.Equal(1, s / (sigma[0] * scale.Scale[0]), 1e-6));
        Assert.All(p.Far.Sigma!, s => Assert.Equal(1, s / (sigma[1] * scale.Scale[1]), 1e-6));
        Assert.InRange(p.Near.Value.Average(), 450, 650);
    }

    /// <summary>The loaded transforms do to the bit what the fitted ones did.</summary>
    [Fact]
    public void TransformsComeBackToTheBit()
    {
        var path = folder.Write(SavedModel.Train(ScaledStudy.Descriptor, "Mtl").Model!);
        var loaded = ModelReader.Read(path, ScaledStudy.Descriptor, SavedModel.Variant(ScaledStudy.Descriptor, "Mtl"));
        var data = CellData.Load(ScaledStudy.Descriptor, new(null, 1), CPU);
        var raw = new Lengths().Load(new(null, 1)).Test;
        var inputs = loaded.Transforms.Inputs.Aggregate(raw.Inputs, (values, transform) => transform.Apply(values));
        Assert.True(inputs.eq(data.Test.Inputs).all().item<bool>());
        loaded.Dispose();
    }

    [Fact]
    public void ATransformWithoutFromStateIsNamed()
    {
        var experiment = LengthStudy.Descriptor with { Dataset = () => new HalvedLengths() };
        var path = folder.Write(SavedModel.Train(experiment, "Mtl").Model!);
        var message = Assert.ThrowsAny<UAmtflException>(() => SavedModel.Load(path, experiment, "Mtl")).Message;
        Assert.Contains("transform Halved cannot be restored: add a public static Halved FromState", message);
    }

    private sealed class HalvedLengths : IDataset
    {
        public Splits Load(DataRequest request) => new Lengths().Load(request) with { InputTransforms = [new Halved()] };
    }
}
