using UAmtfl.Tests.Numerics.TaskGradients;
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

    /// <summary>Two groups of heads with the same layers and weights compute what one group of all tasks computes, in features, outputs
    /// and gradients.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OfGroupsAreThoseOfAllTasks(bool stitched)
    {
        using var scope = NewDisposeScope();
        UAmtfl.Trunks.Network whole = stitched ? Build(() => new AllArchitectures.HeadedStitched.Network(float64, CPU))
            : Build(() => new AllArchitectures.HeadedTogether.Network(float64, CPU));
        UAmtfl.Trunks.Network halved = stitched ? Build(() => new AllArchitectures.HalvedStitched.Network(float64, CPU))
            : Build(() => new AllArchitectures.HalvedTogether.Network(float64, CPU));
        var places = AllArchitectures.Descriptor.Tasks.Tasks.Select((task, t) => (task.Name, Place: (long)t)).ToList();
        var first = places.Where(p => p.Name is "Corner" or "Bright" or "Fourth").Select(p => p.Place).ToArray();
        var second = places.Select(p => p.Place).Except(first).ToArray();
        var sources = whole.state_dict();
        using (no_grad())
        {
            foreach (var (path, values) in halved.state_dict())
            {
                var source = sources[path.Replace("HeadLayers1", "HeadLayers").Replace("HeadLayers2", "HeadLayers")];
                var tasks = path.StartsWith("HeadLayers1", StringComparison.Ordinal) ? first
                    : path.StartsWith("HeadLayers2", StringComparison.Ordinal) ? second : null;
                values.copy_(tasks is null || values.dim() == 0 ? source
                    : source.unflatten(0, 6, -1).index_select(0, tensor(tasks)).reshape(values.shape));
            }
        }

        var images = Images();
        var expected = whole.Predict(whole.Prepare(images), out var features);
        var actual = halved.Predict(halved.Prepare(images), out var own);
        Reference.Equal(features, own, float64);
        Reference.Equal(expected, actual, float64);
        var gradients = Reference.Random(expected.shape, float64, 4);
        expected.backward([gradients]);
        actual.backward([gradients]);
        var ours = halved.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach (var (name, parameter) in whole.named_parameters().Where(p => ours.ContainsKey(p.name)))
        {
            Reference.Equal(parameter.grad!, ours[name].grad!, float64);
        }
    }

    /// <summary>A group's layers reach the tasks of the group alone, and tasks without a mark have the features of the trunk.</summary>
    [Fact]
    public void OfGroupsReachTheirTasks()
    {
        using var scope = NewDisposeScope();
        var network = Build(() => new AllArchitectures.PartedTogether.Network(float64, CPU));
        network.eval();
        var (images, names) = (Images(), AllArchitectures.Descriptor.Tasks.Tasks.Select(t => t.Name).ToList());
        network.Predict(network.Prepare(images), out var before);
        Assert.Equal([6, 7, 6], before.shape);
        Assert.Equal(Bits(network.Trunk.Features(network.Prepare(images))), Bits(before[names.IndexOf("Dot")]));
        Assert.Equal(Bits(before[names.IndexOf("Dot")]), Bits(before[names.IndexOf("Third")]));
        using (no_grad())
        {
            network.HeadLayers1.Linear1.Weight.add_(1);
        }

        network.Predict(network.Prepare(images), out var after);
        string[] changed = [.. names.Where((_, t) => !Bits(before[t]).SequenceEqual(Bits(after[t])))];
        Assert.Equal(["Bright", "Fourth"], changed.Order());
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
