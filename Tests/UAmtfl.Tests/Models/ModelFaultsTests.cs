using System.Text;
using TorchSharp;
using UAmtfl.Data.Tables;
using UAmtfl.Descriptors;
using UAmtfl.Files;
using UAmtfl.Hosting;
using UAmtfl.Tasks;
using UAmtfl.Tests.Data.Tables;
using UAmtfl.Tests.Training;
using static TorchSharp.torch;


namespace UAmtfl.Tests.Models;

/// <summary>A model that does not fit is refused in one line that says what differs, and so are inputs.</summary>
public sealed class ModelFaultsTests : IDisposable
{
    private static readonly Lazy<ModelFiles> Saved = new(() => SavedModel.Train(Asymmetric.Descriptor, "Amtl").Model!);

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void MissingFilesAreNamed()
    {
        Assert.Contains("there is no model at", Refused(folder.File("nowhere")));
        var empty = Directory.CreateDirectory(folder.File("empty")).FullName;
        Assert.Contains("model.json: there is no such file", Refused(empty));
        File.WriteAllBytes(Path.Combine(empty, "model.json"), Saved.Value.Description);
        Assert.Contains("model.safetensors: there is no such file", Refused(empty));
        var run = Directory.CreateDirectory(folder.File("run/cells/Amtl-1")).Parent!.Parent!.FullName;
        var message = Refused(run);
        Assert.Contains("is the folder of a run", message);
        Assert.Contains("Amtl-1", message);
    }

    [Fact]
    public void DamagedFilesAreNamed()
    {
        var path = folder.Write(Saved.Value with { Tensors = Saved.Value.Tensors[..^1] });
        Assert.Contains("model.safetensors: not a safetensors file: its tensors take", Refused(path));
        path = folder.Write(Saved.Value with { Description = Saved.Value.Description[..^9] });
        Assert.Contains("model.json: it is damaged: ", Refused(path));
        path = folder.Write(Described("\"format\": 1", "\"format\": 2"));
        Assert.Contains("it has format 2, and this program reads up to 1", Refused(path));
        path = folder.Write(Described("\"type\": \"Float32\"", "\"type\": \"Float99\""));
        Assert.Contains("its type is 'Float99', which is neither Float32 nor Float64: train the model again", Refused(path));
        path = folder.Write(Described("\"seed\": 1,", ""));
        Assert.Contains("model.json: it is damaged: ", Refused(path));
    }

    /// <summary>What alters what the network computes, or what its outputs mean, is refused.</summary>
    [Fact]
    public void AnotherDeclarationIsNamed()
    {
        var path = folder.Write(Saved.Value);
        var (experiment, variant) = (Asymmetric.Descriptor, SavedModel.Variant(Asymmetric.Descriptor, "Amtl"));
        Assert.Contains(
            "it is a model of Amtl of asymmetric, not of Mtl of asymmetric: load it with the variant that trained it",
            Refused(path, experiment, SavedModel.Variant(experiment, "Mtl")));
        Assert.Contains(
            "it has task Second (Binary, 1 from output 1) where Other (Binary, 1 from output 1) is declared",
            Refused(path, Renamed("Other"), variant));
        Assert.Contains(
            "it has 3 tasks, but 2 are declared",
            Refused(path, experiment with { Tasks = TaskSet.Family(TaskKind.Binary, ["First", "Second"]) }, variant));
        Assert.Contains(
            "its network takes inputs of shape [8], but Amtl is declared with [9]",
            Refused(path, experiment, variant with { Input = [9] }));
        Assert.Contains(
            "its network has ReLU (6) where Amtl declares Tanh (6): train the variant again",
            Refused(path, experiment, variant with { Network = variant.Network.Replace("ReLU", "Tanh") }));
    }

    /// <summary>What alters the training alone is a note.</summary>
    [Fact]
    public void AnotherHyperParameterIsANote()
    {
        var path = folder.Write(Described("\"Gamma\": 0.1", "\"Gamma\": 0.5"));
        var variant = SavedModel.Variant(Asymmetric.Descriptor, "Amtl");
        using var same = SavedModel.Load(path, Asymmetric.Descriptor, "Amtl");
        Assert.Empty(same.Notes);
        using var changed = new UAmtfl.Models.TrainedModel<AnyPrediction>(
            path, Asymmetric.Descriptor, variant with { Fingerprint = "another", Composition = "Other" });
        Assert.Equal(
            "Amtl is declared otherwise than when the model was trained (it was DeepAmtl and is Other; Gamma was 0.5 and is 0.1), "
                + "which does not alter its predictions",
            Assert.Single(changed.Notes));
    }

    [Fact]
    public void AnotherDeclarationOfTheDataIsANote()
    {
        var experiment = Asymmetric.Descriptor with { Dataset = () => new TableDataset(Table.Plain) };
        using var changed = SavedModel.Load(folder.Write(Saved.Value), experiment, "Amtl");
        Assert.Equal(
            $"the data of {experiment.Name} are declared otherwise than when the model was trained (Path was not stated and is t.csv; "
                + "Tasks was not stated and is [y: Regression 1]; Standardise was not stated and is False; Partition.Seed was not stated "
                + "and is 1), and the model takes the inputs that it was trained with",
            Assert.Single(changed.Notes));
    }

    [Fact]
    public void OtherTensorsAreNamed()
    {
        Assert.Contains(
            "tensor HeadBias is [2] of Float32, but the network has [3] of Float32",
            Refused(With(t => t["HeadBias"] = zeros(2))));
        Assert.Contains("it lacks tensor HeadBias", Refused(With(t => t.Remove("HeadBias"))));
        Assert.Contains("the network has no tensor Another", Refused(With(t => t["Another"] = zeros(2))));
        Assert.Contains(
            "tensor HeadBias has numbers that are not finite: train the model again",
            Refused(With(t => t["HeadBias"] = tensor(new[] { 1f, float.NaN, 0 }))));
    }

    [Fact]
    public void WrongInputsAreNamed()
    {
        using var model = Asymmetric.Amtl.Load(folder.Write(Saved.Value));
        Assert.Equal(
            "sample 1 has 7 numbers, but the model takes 8, for a shape of [8]: give as many",
            Message(() => model.Predict([new float[8], new float[7]])));
        Assert.Equal(
            "the inputs have shape [2, 9], but the model takes [N, 8]: give samples of that shape",
            Message(() => model.Predict(zeros(2, 9))));
        Assert.Equal(
            "entry 3 of sample 1 is NaN: give finite numbers",
            Message(() => model.Predict([new float[8], [0, 0, 0, float.NaN, 0, 0, 0, 0]])));
        Assert.Throws<ArgumentException>(() => model.Predict(new float[8]).Values.Regression(0));
    }

    [Fact]
    public void InputsThatAreNoIndicesAreNamed()
    {
        using var model = Exporting.Exported.Random(folder, Exporting.EveryLayer.Descriptor, "OnTokens");
        var inputs = full([2, 9], 10f);
        model.Predict(inputs);
        inputs[1, 4] = 11;
        Assert.Equal(
            "entry 4 of sample 1 is 11: give indices for the [Embedding], whole numbers from 0 to 10",
            Message(() => model.Predict(inputs)));

        // Of a file the place is that of the field, and of an array that of the sample.
        var file = folder.Write("new.csv", System.Text.Encoding.UTF8.GetBytes(
            "a,b,c,d,e,f,g,h,i\n1,2,3,4,5,6,7,8,9\n1,2,3,4,11,6,7,8,9\n"));
        var (values, origin) = PredictionFile.Read(file, [9]);
        Assert.Equal(
            $"{file}: line 3, column 'e' is 11: give indices for the [Embedding], whole numbers from 0 to 10",
            Message(() => model.Predict(values, origin)));
        var array = folder.File("new.npy");
        using (var stream = File.Create(array))
        {
            Npy.Write(stream, new[] { new[] { 1f, 2, 3, 4, 11, 6, 7, 8, 9 } });
        }

        (values, origin) = PredictionFile.Read(array, [9]);
        Assert.StartsWith($"{array}: sample 0, entry 4 is 11: ", Message(() => model.Predict(values, origin)));
    }

    private static string Message(Action predict) => Assert.Throws<UAmtflException>(predict).Message;

    private static ModelFiles Described(string old, string now)
    {
        var text = Encoding.UTF8.GetString(Saved.Value.Description);
        Assert.Contains(old, text);
        return Saved.Value with { Description = Encoding.UTF8.GetBytes(text.Replace(old, now)) };
    }

    private static ExperimentDescriptor Renamed(string second) => Asymmetric.Descriptor with
    {
        Tasks = TaskSet.Family(TaskKind.Binary, ["First", second, "Third"]) with { OneVsAll = true },
    };

    private string With(Action<Dictionary<string, Tensor>> change)
    {
        var tensors = new Dictionary<string, Tensor>(Safetensors.Read(new MemoryStream(Saved.Value.Tensors)).Tensors);
        change(tensors);
        var file = new MemoryStream();
        Safetensors.Write(file, tensors);
        return folder.Write(Saved.Value with { Tensors = file.ToArray() });
    }

    private static string Refused(string path) =>
        Refused(path, Asymmetric.Descriptor, SavedModel.Variant(Asymmetric.Descriptor, "Amtl"));

    private static string Refused(string path, ExperimentDescriptor experiment, VariantDescriptor variant)
    {
        var message = Assert.ThrowsAny<UAmtflException>(
            () => new UAmtfl.Models.TrainedModel<AnyPrediction>(path, experiment, variant)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
