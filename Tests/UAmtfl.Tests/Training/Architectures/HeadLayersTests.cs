using static TorchSharp.torch;
using static UAmtfl.Tests.Training.Architectures.ArchitectureCase;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>Layers that each task's head has before its linear output.</summary>
public sealed class HeadLayersTests
{
    /// <summary>Single tasks whose heads have layers are single tasks with these layers in their trunks, to the bit.</summary>
    [Fact]
    public void OfSingleTasksAreLayersOfTheirTrunks()
    {
        using var scope = NewDisposeScope();
        var headed = Build(() => new AllArchitectures.HeadedAlone.Network(float64, CPU));
        var headless = Build(() => new AllArchitectures.HeadlessAlone.Network(float64, CPU));
        Assert.All(headed.parameters().Zip(headless.parameters()), pair => Assert.Equal(Bits(pair.First), Bits(pair.Second)));
        var images = Images();
        Assert.Equal(Bits(headless.Predict(headless.Prepare(images))), Bits(headed.Predict(headed.Prepare(images))));
    }

    /// <summary>Each task's layers read the shared features and reach no other task.</summary>
    [Fact]
    public void ReachNoOtherTask()
    {
        using var scope = NewDisposeScope();
        var network = Build(() => new AllArchitectures.HeadedTogether.Network(float64, CPU));
        network.eval();
        var images = Images();
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
}
