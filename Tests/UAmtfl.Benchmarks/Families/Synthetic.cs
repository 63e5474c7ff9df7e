using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>A data set of random rows [N, 784] with random binary labels, one column for each member of the enum of tasks.</summary>
/// <typeparam name="TTask">The enum of tasks.</typeparam>
public sealed class Synthetic<TTask> : IDataset
    where TTask : struct, Enum
{
    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        using var random = new Generator((ulong)request.Seed);
        return new(Draw(1000), Draw(100), Draw(100), SharedTest: false);

        Samples Draw(int rows) => new(
            rand([rows, 784], generator: random),
            rand([rows, Enum.GetNames<TTask>().Length], generator: random).lt(0.1).to(float32));
    }
}

/// <summary>A data set of images [N, 1, 28, 28] of ten classes. Each image is the random picture of its class with noise added; the
/// labels have one column a class.</summary>
public sealed class SyntheticImages : IDataset
{
    private const int Classes = 10;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        using var random = new Generator((ulong)request.Seed);
        using var pictures = rand([Classes, 1, 28, 28], generator: random);
        return new(Draw(1000), Draw(100), Draw(100), SharedTest: false);

        Samples Draw(int rows)
        {
            using var scope = NewDisposeScope();
            var classes = arange(rows).remainder(Classes);
            var images = (pictures.index_select(0, classes) + rand([rows, 1, 28, 28], generator: random)) / 2;
            var labels = nn.functional.one_hot(classes, Classes).to(float32);
            return new(images.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
        }
    }
}
