using System.Text;
using System.Text.Json;
using TorchSharp;
using UAmtfl.Evaluation;
using UAmtfl.Files;
using UAmtfl.Hosting;
using UAmtfl.Tests.Training;
using static TorchSharp.torch;


namespace UAmtfl.Tests.Models;

/// <summary>A model that is saved and loaded predicts as the one that was trained.</summary>
public sealed class SavedModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, string> Networks => GeneratedNetworks.Names;

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Theory, MemberData(nameof(Networks))]
    public void EveryNetworkPredictsTheSameBits(string experiment, string name)
    {
        using var objective = GeneratedNetworks.Create(experiment, name, seed: 1);
        var inputs = GeneratedNetworks.Inputs(experiment, name);
        var declared = GeneratedNetworks.Experiment(experiment);
        var path = folder.Write(SavedModel.Files(declared, name, objective.Network, inputs));
        random.manual_seed(5);
        var before = random.get_rng_state().bytes.ToArray();
        using var model = SavedModel.Load(path, declared, name);
        Assert.Equal(before, random.get_rng_state().bytes.ToArray());
        Assert.Empty(model.Notes);
        Assert.All(objective.Network.state_dict().Keys, tensor => Assert.Matches(@"^[A-Za-z0-9_.]+$", tensor));
        var predicted = model.Predict(inputs);
        Assert.Equal(SavedModel.Evaluated(objective.Network, inputs), predicted.Values.Outputs);
        Assert.Equal(5, predicted.Features.Length);
        Assert.All(predicted.Features, row => Assert.NotEmpty(row));
    }

    /// <summary>The tensors have the names and the shapes of PyTorch, whatever their layout in memory.</summary>
    [Fact]
    public void TensorsHaveTheNamesAndShapesOfPyTorch()
    {
        using var objective = GeneratedNetworks.Create("convolved", "OnNormed", seed: 1);
        var inputs = GeneratedNetworks.Inputs("convolved", "OnNormed");
        var files = SavedModel.Files(Convolved.Descriptor, "OnNormed", objective.Network, inputs);
        var tensors = Safetensors.Read(new MemoryStream(files.Tensors)).Tensors;
        var state = objective.Network.state_dict();
        Assert.Equal(state.Keys.Order(StringComparer.Ordinal), tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("Trunk.Conv1.weight", tensors.Keys);
        Assert.Contains("HeadWeight", tensors.Keys);
        Assert.All(state, t => Assert.Equal(t.Value.shape, tensors[t.Key].shape));
        Assert.All(state, t => Assert.True(t.Value.eq(tensors[t.Key]).all().item<bool>(), t.Key));
    }

    /// <summary>What a run measured is measured again from the predictions of the loaded model, for tasks of every kind.</summary>
    [Fact]
    public void ACellsModelMakesTheErrorsOfTheCell()
    {
        var result = SavedModel.Train(Mixed.Descriptor, "UAmtfl", epochs: 2);
        using var model = Mixed.UAmtfl.Load(folder.Write(result.Model!));
        var test = new TinyImages().Load(new(null, 1)).Test;
        var p = model.Predict(test.Inputs);
        for (var row = 0; row < test.Count; row++)
        {
            var labels = test.Labels[row].data<float>().ToArray();
            float[] errors =
            [
                Squared(p.Corner.Value[row] - labels[0]), Wrong(p.Bright.Label[row], labels[1]), Wrong(p.Third.Class[row], labels[2]),
                Squared(p.Level.Value[row] - labels[3]), Wrong(p.Dot.Label[row], labels[4]), Wrong(p.Fourth.Class[row], labels[5]),
            ];
            Assert.All(errors.Zip(result.RowErrors[row]), e => Assert.Equal(e.Second, e.First, 1e-5f));
        }

        Assert.All(p.Third.Probabilities, shares => Assert.Equal(1, shares.Sum(), 1e-12));
        Assert.All(p.Bright.Probability.Zip(p.Bright.Label), b => Assert.Equal(b.First > 0.5 ? 1 : 0, b.Second));
        Assert.Equal(10, p.Features[0].Length);
        Assert.Equal("UAmtfl", model.Variant);
        Assert.Equal([1, 8, 8], model.Input);

        static float Squared(double difference) => (float)(difference * difference);

        static float Wrong(int predicted, float label) => float.IsNaN(label) ? float.NaN : predicted == (int)label ? 0 : 1;
    }

    /// <summary>One row of numbers is predicted like a batch of one image.</summary>
    [Fact]
    public void ASampleCanBeAnArray()
    {
        var result = SavedModel.Train(Mixed.Descriptor, "Mtl");
        using var model = Mixed.Mtl.Load(Path.Combine(folder.Write(result.Model!), "model.safetensors"));
        var images = new TinyImages().Load(new(null, 1)).Test.Inputs[..3];
        float[][] rows = [.. images.data<float>().ToArray().Chunk(64)];
        Assert.Equal(model.Predict(images).Values.Outputs, model.Predict(rows).Values.Outputs);
        Assert.Equal(model.Predict(images[..1]).Corner.Value, model.Predict(rows[0]).Corner.Value);
        Assert.Empty(model.Predict(images[..0]).Corner.Value);
        Assert.Null(model.Predict(images).Corner.Sigma);
    }

    [Fact]
    public void EqualTrainingsLeaveEqualBytes()
    {
        var (first, second) = (SavedModel.Train(Mixed.Descriptor, "Stl").Model!, SavedModel.Train(Mixed.Descriptor, "Stl").Model!);
        Assert.Equal(first.Tensors, second.Tensors);
        Assert.Equal(Encoding.UTF8.GetString(first.Description), Encoding.UTF8.GetString(second.Description));
    }

    /// <summary>A grid search that goes on in another process keeps the model of its best point.</summary>
    [Fact]
    public void AStoppedSearchKeepsTheModelOfItsBestPoint()
    {
        var result = SavedModel.Train(Asymmetric.Descriptor, "Mtl");
        var searches = new SearchFolders(folder.Path);
        var point = new SearchedPoint(new Dictionary<string, double> { ["Lambda"] = 1 }, 0.5);
        searches.Write(new([point], result, 1), 0, Asymmetric.Descriptor.Tasks);
        var best = searches.Read(Asymmetric.Descriptor.Tasks)!.Value.Progress.Best!;
        Assert.Equal(result.Model!.Tensors, best.Model!.Tensors);
        Assert.Equal(result.Model.Description, best.Model.Description);
    }

    /// <summary>A linear model is that of PyTorch's Linear: weight [T, d] and bias [T].</summary>
    [Fact]
    public void ALinearModelIsSavedToo()
    {
        var files = SavedModel.Train(LinearFamily.Descriptor, "Stl").Model!;
        var tensors = Safetensors.Read(new MemoryStream(files.Tensors)).Tensors;
        Assert.Equal([4L, 6], tensors["weight"].shape);
        var inputs = new FourSchools().Load(new(null, 1)).Test.Inputs;
        using var model = LinearFamily.Stl.Load(folder.Write(files));
        var p = model.Predict(inputs);
        var expected = nn.functional.linear(inputs.to(float64), tensors["weight"], tensors["bias"]).to(float32).to(float64);
        Assert.Equal(expected.select(1, 1).data<double>().ToArray(), p.B.Value);
        Assert.All(p.Features, Assert.Empty);
    }

    /// <summary>The description says what a program in another language needs, and how the model was trained.</summary>
    [Fact]
    public void TheDescriptionNamesTasksAndHyperParameters()
    {
        var files = SavedModel.Train(Mixed.Descriptor, "UAmtfl").Model!;
        using var json = JsonDocument.Parse(files.Description);
        var root = json.RootElement;
        Assert.Equal(1, root.GetProperty("format").GetInt32());
        Assert.Equal("mixed", root.GetProperty("experiment").GetString());
        Assert.Equal(
            ["Corner", "Bright", "Third", "Level", "Dot", "Fourth"],
            root.GetProperty("tasks").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
        var third = root.GetProperty("tasks")[2];
        Assert.Equal("Classification", third.GetProperty("kind").GetString());
        Assert.Equal(3, third.GetProperty("outputs").GetInt32());
        Assert.Equal(4, third.GetProperty("firstOutput").GetInt32());
        Assert.Equal(0.1, root.GetProperty("hyperParameters").GetProperty("Alpha").GetDouble());
        Assert.Equal(Mixed.Descriptor.Fingerprint, root.GetProperty("experimentFingerprint").GetString());
        Assert.Matches("^[0-9a-f]{64}$", Mixed.Descriptor.Fingerprint);
        Assert.StartsWith("(1, 8, 8) → Conv2d(Kernel = 3", root.GetProperty("network").GetString());
    }
}
