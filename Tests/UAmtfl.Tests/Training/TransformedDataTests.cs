using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Evaluation;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>An experiment of two regressions on rows of three numbers.</summary>
[Experiment("lengths", Seeds = 1)]
[Dataset<Lengths>]
[Training(Epochs = 2, BatchSize = 16), Adam(1e-2)]
public static partial class LengthStudy
{
    [Regression]
    public enum Length { Near, Far }

    [Input(3)]
    public partial class Net;

    [Reference, MeanPredictor]
    public partial class Mean;

    [Baseline, HardSharing]
    public partial class Mtl;
}

/// <summary>A data set of labels around 500, of which a tenth is missing.</summary>
public sealed class Lengths : IDataset
{
    public Splits Load(DataRequest request)
    {
        using var generator = new Generator((ulong)request.Seed);
        Samples Make(int rows)
        {
            var inputs = rand(rows, 3, generator: generator);
            var labels = (inputs[.., ..2] * 100) + 500;
            return new(inputs, labels.masked_fill(rand(rows, 2, generator: generator) > 0.9, float.NaN));
        }

        return new(Make(64), Make(20), Make(40), SharedTest: false);
    }
}

/// <summary>A run fits the transforms of a data set on the training rows, and trains, chooses and tests on the transformed
/// splits.</summary>
public sealed class TransformedDataTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void ARunSeesTransformedSplits()
    {
        var (raw, data) = (Load(s => s), Load(s => s with { InputTransforms = [new Standardise()], LabelTransforms = [new Centre()] }));
        Assert.Empty(raw.Transforms.Inputs);
        Assert.InRange(data.Train.Inputs.mean([0L]).abs().max().item<float>(), 0, 1e-6);
        Assert.True(data.Test.Inputs.Equals(data.Transforms.Inputs[0].Apply(raw.Test.Inputs)));
        Assert.True(data.Validation.Labels.Observed!.Equals(raw.Validation.Labels.Observed!));
        var observed = raw.Test.Labels.Observed!;
        var back = data.Transforms.InvertOutputs(data.Test.Labels.Values);
        Assert.InRange(((back - raw.Test.Labels.Values) * observed).abs().max().item<float>(), 0, 1e-3);
    }

    /// <summary>Errors are in the unit of the transformed labels: centring changes no error but its last digits, and scaling divides
    /// squared errors by the square of the scale.</summary>
    [Fact]
    public void ErrorsAreInTheUnitOfTheTransformedLabels()
    {
        var raw = Train("Mean", s => s);
        var centred = Train("Mean", s => s with { LabelTransforms = [new Centre()] });
        var scaled = Train("Mean", s => s with { LabelTransforms = [new Standardise()] });
        var scale = (ColumnScale)Load(s => s with { LabelTransforms = [new Standardise()] }).Transforms.Labels[0];
        for (var t = 0; t < 2; t++)
        {
            Assert.InRange(raw.TaskErrors[t], 500, 1200);
            Assert.Equal(1, centred.TaskErrors[t] / raw.TaskErrors[t], 1e-3);
            Assert.Equal(1, scaled.TaskErrors[t] * scale.Scale[t] * scale.Scale[t] / raw.TaskErrors[t], 1e-3);
        }
    }

    /// <summary>A transform gives the same training to the last bit as the same arithmetic in the data set's own code.</summary>
    [Fact]
    public void ATransformTrainsAsTheDataSetsOwnArithmeticDid()
    {
        var own = Train("Mtl", s =>
        {
            var scale = new Standardise().Fit(s.Train.Inputs);
            Samples Scaled(Samples samples) => samples with { Inputs = scale.Apply(samples.Inputs) };
            return s with { Train = Scaled(s.Train), Validation = Scaled(s.Validation), Test = Scaled(s.Test) };
        });
        var transformed = Train("Mtl", s => s with { InputTransforms = [new Standardise()] });
        Assert.Equal(own.TaskErrors, transformed.TaskErrors);
        Assert.NotEqual(Train("Mtl", s => s).TaskErrors, transformed.TaskErrors);
    }

    [Fact]
    public void MistakesAreNamedInRawRowsOrInTransformedOnes()
    {
        Assert.StartsWith("Given: the test set has an input that is not finite, in row 3 at [1] (rows count from 0)", Refused(s =>
        {
            s.Test.Inputs[3, 1] = float.PositiveInfinity;
            return s with { InputTransforms = [new Standardise()] };
        }));
        Assert.StartsWith("Given: the training set has label", Refused(s =>
        {
            s.Train.Labels[5, 0] = float.PositiveInfinity;
            return s with { LabelTransforms = [new Centre()] };
        }));
        Assert.StartsWith(
            "Given: the transformed training set has inputs of shape [64, 2], but the network of Mtl takes [N, 3]: ",
            Refused(s => s with { InputTransforms = [new Pca(2)] }));
        Assert.StartsWith(
            "Given: 4 principal components of 64 rows of 3 numbers: ask for 1 to 3",
            Refused(s => s with { InputTransforms = [new Pca(4)] }));
    }

    private static string Refused(Func<Splits, Splits> change) => Assert.Throws<DataException>(() => Load(change)).Message;

    private static CellData Load(Func<Splits, Splits> change) => CellData.Load(
        LengthStudy.Descriptor with { Dataset = () => new Given(change) },
        new(null, 1),
        CPU,
        new DataTerms { Variants = [.. LengthStudy.Descriptor.Variants.Where(v => !v.Fitted)] });

    private static CellResult Train(string name, Func<Splits, Splits> change)
    {
        var variant = LengthStudy.Descriptor.Variants.Single(v => v.Name == name);
        var experiment = LengthStudy.Descriptor with { Dataset = () => new Given(change) };
        var bound = variant.Bind(TestSettings.Empty);
        return TestCell.Run(experiment, variant, bound, variant.Plan, new(null, 1), _ => { }, default);
    }

    private sealed class Given(Func<Splits, Splits> change) : IDataset
    {
        public Splits Load(DataRequest request) => change(new Lengths().Load(request));
    }
}
