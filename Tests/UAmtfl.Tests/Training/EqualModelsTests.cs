using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A data set of images with one task.</summary>
public sealed class OneLabel : IDataset
{
    public Splits Load(DataRequest request)
    {
        using var generator = new Generator((ulong)request.Seed);
        return new(Make(48, generator), Make(12, generator), Make(40, generator), SharedTest: false);
    }

    private static Samples Make(int rows, Generator generator)
    {
        using var scope = NewDisposeScope();
        var images = rand(rows, 2, 8, 8, generator: generator);
        return new(images.MoveToOuterDisposeScope(), images.mean([1L, 2L, 3L]).gt(0.5).to(float32).unsqueeze(1).MoveToOuterDisposeScope());
    }
}

/// <summary>Variants that are the same model: with one task there is nothing to share, and terms of weight 0 have no effect.</summary>
[Experiment("one-task", Seeds = 2)]
[Dataset<OneLabel>]
[Training(Epochs = 4, BatchSize = 16), Adam(1e-2)]
public static partial class OneTask
{
    [Binary]
    public enum Label { Only }

    [Input(2, 8, 8), Conv2d(16, Kernel = 3, Padding = 1), BatchNorm, ReLU, MaxPool2d(2), Conv2d(16, Kernel = 2), Tanh, Flatten, Linear(7)]
    [Dropout(0.2), ReLU, Linear(5, Bias = false), Sigmoid]
    public partial class Net;

    [Baseline, SingleTask, Network(nameof(Net))] public partial class Stl;
    [HardSharing, Network(nameof(Net))] public partial class Mtl;
    [HardSharing, Equal, Network(nameof(Net))] public partial class Same;
    [HardSharing, SampleWeighting, Network(nameof(Net))] public partial class Sampled;
    [HardSharing, Dirty(0, 0), Network(nameof(Net))] public partial class TwoParts;
    [Amtfl(Alpha = 0, Gamma = 0, Floor = 0), Network(nameof(Net))] public partial class Amtfl;
    [DeepAmtl(Alpha = 0, Gamma = 0, Floor = 0), Network(nameof(Net))] public partial class Amtl;
}

/// <summary>Variants that are the same model start from the same bits and end at the same model, so that a report shows no difference
/// between them.</summary>
public sealed class EqualModelsTests
{
    public static TheoryData<string> Others => ["Mtl", "Same", "Sampled", "TwoParts", "Amtfl", "Amtl"];

    [Theory]
    [MemberData(nameof(Others))]
    public void TheyStartFromTheSameBits(string name)
    {
        using var scope = NewDisposeScope();
        var (alone, other) = (Built("Stl"), Built(name));
        foreach (var (path, values) in alone)
        {
            var match = other[
                name == "TwoParts" && path == "HeadWeight"
                    ? "HeadShared"
                    : other.Keys.Single(k =>
                        string.Equals(k, path.Replace("Trunks", "Trunk", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))];
            Assert.Equal(values, match);
        }
    }

    [Fact]
    public void TheyScoreTheSame()
    {
        var alone = Result("Stl", 1);
        foreach (var name in new[] { "Mtl", "Same", "Amtfl" })
        {
            var other = Result(name, 1);
            Assert.Equal(alone.RowErrors.SelectMany(r => r), other.RowErrors.SelectMany(r => r));
            Assert.Equal(alone.TaskLosses[0], other.TaskLosses[0], 1e-3);
        }
    }

    /// <summary>The initial values of each parameter by its path.</summary>
    private static Dictionary<string, float[]> Built(string name)
    {
        RandomStreams.Start(5, "initialisation");
        using var variant = (
            (BoundNetwork)OneTask.Descriptor.Variants.Single(v => v.Name == name).Bind(TestSettings.Empty)).Create(ones(1));
        return variant.Network.named_parameters().ToDictionary(p => p.name, p => p.parameter.contiguous().data<float>().ToArray());
    }

    private static CellResult Result(string name, int seed)
    {
        var variant = OneTask.Descriptor.Variants.Single(v => v.Name == name);
        return TestCell.Run(
            OneTask.Descriptor,
            variant,
            variant.Bind(TestSettings.Empty),
            variant.Plan,
            new(null, seed),
            _ => { },
            CancellationToken.None);
    }
}
