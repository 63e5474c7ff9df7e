using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>A data set of random images [N, 3, 64, 64] with random binary labels of ten tasks.</summary>
public sealed class ResNetImages : IDataset
{
    /// <summary>The number of images in a batch.</summary>
    public const int BatchSize = 32;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        using var random = new Generator((ulong)request.Seed);
        return new(Draw(StepComparison.Batches * BatchSize), Draw(4), Draw(4), SharedTest: false);

        Samples Draw(int rows) => new(
            rand([rows, 3, 64, 64], generator: random), rand([rows, 10], generator: random).lt(0.5).to(float32));
    }
}

/// <summary>An experiment with ten binary tasks on ResNet-18.</summary>
[Experiment("resnet-tasks", Seeds = 1)]
[Dataset<ResNetImages>]
[Training(Epochs = 1, BatchSize = ResNetImages.BatchSize), Adam(1e-3)]
public static partial class ResNetTasks
{
    [Binary]
    public enum Task
    {
        T01, T02, T03, T04, T05, T06, T07, T08, T09, T10,
    }

    [Input(3, 64, 64), ResNet18]
    public partial class Net;

    [Baseline, HardSharing]
    public partial class Shared;
}
