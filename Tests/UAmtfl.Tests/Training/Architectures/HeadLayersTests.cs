using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>Layers that each task's head has before its linear output.</summary>
public sealed class HeadLayersTests
{
    /// <summary>Single tasks whose heads have layers are single tasks with these layers in their trunks, to the bit.</summary>
    [Fact]
    public void OfSingleTasksAreLayersOfTheirTrunks()
    {
        using var scope = NewDisposeScope();
        RandomStreams.Start(5, "initialisation");
        var headed = new AllArchitectures.HeadedAlone.Network(float64, CPU);
        RandomStreams.Start(5, "initialisation");
        var headless = new AllArchitectures.HeadlessAlone.Network(float64, CPU);
        Assert.All(headed.parameters().Zip(headless.parameters()), pair => Assert.Equal(Bits(pair.First), Bits(pair.Second)));
        random.manual_seed(3);
        var images = rand(7, 1, 8, 8, dtype: float64);
        Assert.Equal(Bits(headless.Predict(headless.Prepare(images))), Bits(headed.Predict(headed.Prepare(images))));
    }

    /// <summary>Each task's layers read the shared features and reach no other task.</summary>
    [Fact]
    public void ReachNoOtherTask()
    {
        using var scope = NewDisposeScope();
        RandomStreams.Start(5, "initialisation");
        var network = new AllArchitectures.HeadedTogether.Network(float64, CPU);
        network.eval();
        random.manual_seed(3);
        var images = rand(7, 1, 8, 8, dtype: float64);
        network.Predict(network.Prepare(images), out var before);
        Assert.Equal([6, 7, 5], before.shape);
        using (no_grad())
        {
            network.HeadLayers.Linear1.Weight[2].add_(1);
        }

        network.Predict(network.Prepare(images), out var after);
        for (var t = 0; t < 6; t++)
        {
            Assert.Equal(t != 2, Bits(before[t]).SequenceEqual(Bits(after[t])));
        }
    }

    private static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();
}
