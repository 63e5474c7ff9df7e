using UAmtfl.Data;
using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Weighting;

/// <summary>Random inputs with three labels: a number, the same number again, and its opposite.</summary>
public sealed class Opposites : IDataset
{
    public Splits Load(DataRequest request)
    {
        using var generator = new Generator(5);
        return new(Make(16, generator), Make(4, generator), Make(4, generator), SharedTest: true);
    }

    private static Samples Make(int rows, Generator generator)
    {
        var label = randn(rows, generator: generator);
        return new(randn(rows, 4, generator: generator), stack([label, label, -label], 1));
    }
}

/// <summary>Three tasks of which two agree in every step and the third is against both.</summary>
[Experiment("opposed", Seeds = 1)]
[Dataset<Opposites>]
[Training(Epochs = 1, BatchSize = 16), Sgd(0.1)]
public static partial class Opposed
{
    [Regression]
    public enum Target { Plain, Same, Opposite }

    [Input(4), Linear(3)]
    public partial class Net;

    [Baseline, HardSharing, Mgda] public partial class AtTrunk;
    [HardSharing, PcGrad(Site = GradientSite.Representation)] public partial class AtRepresentation;
    [HardSharing, UpGrad, CrMogm] public partial class Averaged;
    [HardSharing, DbMtl] public partial class Rows;
}

/// <summary>A training records the cosine of each pair of task gradients.</summary>
public sealed class GradientPairsTests
{
    /// <summary>If the trunk gives zeros, then all outputs are 0, the gradients of equal heads are proportional to the labels, and the
    /// cosines are those of the labels.</summary>
    [Theory]
    [InlineData("AtTrunk")]
    [InlineData("AtRepresentation")]
    [InlineData("Averaged")]
    public void EqualLabelsAgreeAndOppositeOnesConflict(string name)
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Opposed.Descriptor, name);
        using (no_grad())
        {
            foreach (var (parameter, values) in step.Variant.Named())
            {
                values.fill_(parameter == "HeadWeight" ? 1 : 0);
            }
        }

        step.Variant.Accumulate([step.Batch], out _);
        step.Variant.Accumulate([step.Batch], out _);
        var (cosines, conflicts) = ((GramianWeighting)step.Variant.Weighting!).Pairs!.Means();
        Assert.Equal([1, 1, -1, 1, 1, -1, -1, -1, 1], cosines.SelectMany(row => row), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0, 0, 1, 0, 0, 1, 1, 1, 0], conflicts.SelectMany(row => row));
        Assert.Single(step.Variant.State.state_dict().Keys, key => key.Contains("Pairs", StringComparison.Ordinal));
    }

    /// <summary>A weighting that does not compute the inner products would have to compute them only for the record.</summary>
    [Fact]
    public void AWeightingOfWholeGradientsRecordsNone()
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(Opposed.Descriptor, "Rows");
        step.Variant.Accumulate([step.Batch], out _);
        Assert.DoesNotContain(step.Variant.State.state_dict().Keys, key => key.Contains("Pairs", StringComparison.Ordinal));
    }
}
