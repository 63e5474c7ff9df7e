using UAmtfl.Hosting;
using UAmtfl.Tests.Training;
using UAmtfl.Tests.Training.Architectures;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Hosting;

public sealed class CheckedLayersTests
{
    [Fact]
    public void EachLayerHasItsShapeCopiesAndParameters()
    {
        using var network = new AllArchitectures.HeadedMixed.Network(float32, CPU);
        Assert.Equal(
            [
                new("inputs", "", "[N, 1, 8, 8]", 1, 0),
                new("Conv2d", "Trunk.Conv1", "[N, 4, 6, 6]", 1, 40),
                new("ReLU", "", "[N, 4, 6, 6]", 1, 0),
                new("MaxPool2d", "", "[N, 4, 3, 3]", 1, 0),
                new("Flatten", "", "[N, 36]", 3, 0),
                new("Linear", "Experts.Linear1", "[N, 10]", 3, 3 * 370),
                new("Tanh", "", "[N, 10]", 3, 0),
                new("SoftmaxGates", "Gates", "–", 1, 6 * 3 * 4),
                new("Linear", "HeadLayers.Linear1", "[N, 7]", 6, 6 * 77),
                new("BatchNorm", "HeadLayers.BatchNorm1", "[N, 7]", 6, 6 * 14),
                new("ReLU", "", "[N, 7]", 6, 0),
                new("Linear", "HeadLayers.Linear2", "[N, 5]", 6, 6 * 40),
                new("Tanh", "", "[N, 5]", 6, 0),
                new("features", "", "[N, 5]", 6, 0),
                new("outputs", "", "[N, 10]", 1, 60),
            ],
            CheckedLayers.Of(network, ones(2, 1, 8, 8), AllArchitectures.Descriptor.Tasks));
    }

    /// <summary>Layers of some tasks' heads name the tasks, and so do the features if heads end in different numbers of them.</summary>
    [Fact]
    public void LayersOfSomeHeadsNameTheirTasks()
    {
        using var network = new AllArchitectures.UnevenTogether.Network(float32, CPU);
        var layers = CheckedLayers.Of(network, ones(2, 1, 8, 8), AllArchitectures.Descriptor.Tasks);
        const string first = "Corner, Level", second = "Bright, Fourth", linear = "Dot, Third";
        Assert.Equal(
            [
                new("Linear", "HeadLayers1.Linear1", "[N, 7]", 2, 2 * 49, first),
                new("ReLU", "", "[N, 7]", 2, 0, first),
                new("Linear", "HeadLayers1.Linear2", "[N, 4]", 2, 2 * 32, first),
                new("Tanh", "", "[N, 4]", 2, 0, first),
                new("Linear", "HeadLayers2.Linear1", "[N, 9]", 2, 2 * 63, second),
                new("Sigmoid", "", "[N, 9]", 2, 0, second),
                new("BatchNorm", "HeadLayers2.BatchNorm1", "[N, 9]", 2, 2 * 18, second),
                new("features", "", "[N, 4]", 2, 0, first),
                new("features", "", "[N, 9]", 2, 0, second),
                new("features", "", "[N, 6]", 2, 0, linear),
                new("outputs", "", "[N, 10]", 1, (2 * 4) + (4 * 9) + (4 * 6) + 10),
            ],
            layers.SkipWhile(l => l.Path != "HeadLayers1.Linear1"));
        var table = CheckedLayers.Section([("UnevenTogether", layers)]).Tables[0];
        Assert.Equal(["layer", "module", "heads of", "shape after it", "copies", "parameters"], table.Columns);
        Assert.Contains(
            table.Rows, row => row.Cells.Select(c => c.Text).SequenceEqual(["Linear", "HeadLayers1.Linear2", first, "[N, 4]", "2", "64"]));
        using var parted = new AllArchitectures.PartedTogether.Network(float32, CPU);
        var features = CheckedLayers.Of(parted, ones(2, 1, 8, 8), AllArchitectures.Descriptor.Tasks).Where(l => l.Kind == "features");
        Assert.Equal([new("features", "", "[N, 6]", 6, 0)], features);
    }

    /// <summary>The generator and the running network agree about the features, and no parameter is left out.</summary>
    [Theory]
    [InlineData(nameof(AllArchitectures.Alone))]
    [InlineData(nameof(AllArchitectures.StitchedChannels))]
    [InlineData(nameof(AllArchitectures.Progressive))]
    [InlineData(nameof(AllArchitectures.SelectedRows))]
    [InlineData(nameof(AllArchitectures.HeadedTogether))]
    [InlineData(nameof(AllArchitectures.Attended))]
    [InlineData(nameof(AllArchitectures.Sliced))]
    [InlineData(nameof(AllArchitectures.Adapted))]
    public void TheLastLayerHasTheMeasuredShapeAndAllParametersAreCounted(string variant)
    {
        using var network = NetworkOf(AllArchitectures.Descriptor, variant);
        var layers = CheckedLayers.Of(network, ones(2, 1, 8, 8), AllArchitectures.Descriptor.Tasks);
        Assert.Equal(network.parameters().Sum(p => p.NumberOfElements), layers.Sum(l => l.Parameters));
        Assert.Equal(layers.Last(l => l.Shape != "–" && l.Kind is not ("features" or "outputs")).Shape, layers[^2].Shape);
    }

    [Fact]
    public void OfAHandWrittenTrunkTheInputsTheParametersAndTheFeaturesAreKnown()
    {
        using var network = NetworkOf(Mixed.Descriptor, nameof(Mixed.Kendall));
        var layers = CheckedLayers.Of(network, ones(2, 1, 8, 8), Mixed.Descriptor.Tasks);
        Assert.Equal(["inputs", nameof(Mixed.ByHand), "features", "outputs"], layers.Select(l => l.Kind));
        Assert.Equal(["[N, 1, 8, 8]", "–", "[N, 12]", "[N, 10]"], layers.Select(l => l.Shape));
        Assert.True(layers[1].Parameters > 0);
    }

    private static Network NetworkOf(Descriptors.ExperimentDescriptor experiment, string variant)
    {
        var bound = experiment.Variants.Single(v => v.Name == variant).Bind(TestSettings.Empty);
        return ((Descriptors.BoundNetwork)bound).Network(float32, CPU);
    }
}
