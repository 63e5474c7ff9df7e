using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using TorchSharp;
using UAmtfl.Descriptors;
using UAmtfl.Experiments.Exam;
using UAmtfl.Experiments.Landmine;
using UAmtfl.Experiments.Mnist;
using UAmtfl.Experiments.MultiMnist;
using UAmtfl.Experiments.Pharmacogenomics;
using UAmtfl.Experiments.School;
using UAmtfl.Experiments.Synthetic;
using UAmtfl.Experiments.Tox21;
using UAmtfl.Experiments.ToxCast;
using UAmtfl.Hosting;
using UAmtfl.Models;
using UAmtfl.Tasks;
using UAmtfl.Tests.Models;
using UAmtfl.Tests.Training;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Exporting;

/// <summary>ONNX Runtime predicts from an exported model what the model itself predicts, to 1e-5.</summary>
public sealed class ExportedModelTests : IDisposable
{
    private static readonly ExperimentDescriptor[] Studies =
    [
        EveryLayer.Descriptor, ScaledStudy.Descriptor, LinearFamily.Descriptor, ExamSchools.Descriptor, LandmineDetection.Descriptor,
        MnistImbalanced.Descriptor, MnistPca.Descriptor, MnistWeightings.Descriptor, OverlaidDigits.Descriptor, DrugResponse.Descriptor,
        SchoolScores.Descriptor, SyntheticTasks.Descriptor, SyntheticTasks120.Descriptor, Tox21Toxicity.Descriptor,
        ToxCastToxicity.Descriptor,
    ];

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> StudyNames => [.. Studies.Select(s => s.Name)];

    public static TheoryData<string, string> Networks => GeneratedNetworks.Names;

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    /// <summary>Networks and linear models with random numbers; variants with the same graph are tried once.</summary>
    [Theory, MemberData(nameof(StudyNames))]
    public void EveryVariantOfAStudyIsExported(string study)
    {
        var experiment = Studies.Single(s => s.Name == study);
        foreach (var variant in experiment.Variants.DistinctBy(Exported.Form))
        {
            AssertExported(experiment, variant.Name);
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void EveryNetworkIsExportedOrItsModuleNamed(string name, string variant)
    {
        var experiment = GeneratedNetworks.Experiment(name);
        if (!SavedModel.Variant(experiment, variant).Network.Contains("Trunk<", StringComparison.Ordinal))
        {
            AssertExported(experiment, variant);
            return;
        }

        using var model = Exported.Random(folder, experiment, variant);
        var refused = Assert.Throws<UAmtflException>(() => ExportedModel.Of(model)).Message;
        Assert.Contains("is a module of your own, UAmtfl.Tests.", refused);
        Assert.DoesNotContain('\n', refused);
    }

    /// <summary>A layer that is added to the language must be added to the declarations here.</summary>
    [Theory]
    [InlineData("HardSharing")]
    [InlineData("SingleTask")]
    public void EveryLayerOfTheLanguageIsTried(string architecture)
    {
        var source = string.Concat(((string[])["LayerAttributes", "SequenceAttributes"]).Select(file => File.ReadAllText(Path.Combine(
            Here(), $"../../../Runtime/UAmtfl/Attributes/Layers/{file}.cs"))));
        var layers = Regex.Matches(source, @"class (\w+)Attribute").Select(m => m.Groups[1].Value);
        var tried = EveryLayer.Descriptor.Variants.Where(v => v.Composition.Contains(architecture, StringComparison.Ordinal))
            .SelectMany(v => v.Network.Split(" → ")).Select(layer => layer.Split('(', ' ')[0]);
        Assert.Empty(layers.Except(tried));
    }

    /// <summary>The file takes raw inputs, applies the transforms that were fitted in training, and answers in the units of the
    /// labels.</summary>
    [Theory]
    [InlineData("Mtl")]
    [InlineData("Mean")]
    public void TransformsArePartOfTheFile(string variant)
    {
        var path = folder.Write(SavedModel.Train(ScaledStudy.Descriptor, variant, epochs: 2).Model!);
        using var model = ModelReader.Read(path, ScaledStudy.Descriptor, SavedModel.Variant(ScaledStudy.Descriptor, variant));
        using var exported = OnnxRun.Of(model, folder);
        var inputs = new Lengths().Load(new(null, 1)).Test.Inputs;
        var outputs = exported.Predict(inputs);
        var expected = model.Predict(inputs);
        Assert.InRange(outputs["Near_value"].Average(), 400, 700);
        Assert.Equal(variant == "Mtl", outputs.ContainsKey("Near_sigma"));
        Exported.AssertSame(expected, outputs, exported, constant: variant == "Mean");
    }

    /// <summary>A model that predicts each task with the network of its own best epoch has all these networks in its file.</summary>
    [Fact]
    public void EachTaskKeepsItsOwnNetwork()
    {
        var variant = SavedModel.Variant(Mixed.Descriptor, "UAmtfl");
        var plan = variant.Plan with { Epochs = 12, Patience = 12, Monitor = TrainingPlan.EachTask, LearningRate = 0.05, DecayAt = 1 };
        var result = TestCell.Run(Mixed.Descriptor, variant, variant.Bind(TestSettings.Empty), plan, new(null, 1), _ => { }, default);
        Assert.NotEmpty(result.TestedEpochs!.Distinct().Skip(1));
        using var model = ModelReader.Read(folder.Write(result.Model!), Mixed.Descriptor, variant);
        using var exported = OnnxRun.Of(model, folder);
        Exported.AssertSame(model, exported);
    }

    [Fact]
    public void ATransformThatCannotBeExportedIsNamed()
    {
        using var model = Exported.Random(folder, ScaledStudy.Descriptor, "Mtl");
        var own = new LoadedModel
        {
            Predictor = model.Predictor,
            Transforms = UAmtfl.Data.FittedTransforms.Restore([new Halved()], [], model.Tasks, rowsOfOneTask: false),
            Description = model.Description,
            Tasks = model.Tasks,
            Type = model.Type,
            Notes = [],
        };
        var refused = Assert.ThrowsAny<UAmtflException>(() => ExportedModel.Of(own)).Message;
        Assert.Equal("transform Halved cannot be exported: implement IExportedTransform in place of IFittedTransform", refused);
    }

    [Fact]
    public void TheFileSaysWhatItIs()
    {
        using var model = Exported.Random(folder, EveryLayer.Descriptor, "OnPooled");
        using var exported = OnnxRun.Of(model, folder);
        Assert.Equal("UAmtfl", exported.Model.ProducerName);
        Assert.Equal("OnPooled of every-layer, seed 1: HardSharing + Uncertainty", exported.Model.Description);
        Assert.Equal("every-layer", exported.Metadata["experiment"]);
        Assert.Equal("OnPooled", exported.Metadata["variant"]);
        Assert.Equal("1", exported.Metadata["seed"]);
        Assert.Equal(EveryLayer.Descriptor.Fingerprint, exported.Metadata["experiment_fingerprint"]);
        Assert.Equal(EveryLayer.OnPooled.Descriptor.Fingerprint, exported.Metadata["variant_fingerprint"]);
        using var tasks = JsonDocument.Parse(exported.Metadata["tasks"]);
        Assert.Equal(
            ["Corner Regression Corner_value Corner_sigma", "Bright Binary Bright_probability",
                "Third Classification Third_probabilities", "Level Regression Level_value Level_sigma", "Dot Binary Dot_probability",
                "Fourth Classification Fourth_probabilities"],
            tasks.RootElement.EnumerateArray().Select(t => string.Join(' ',
                [t.GetProperty("name").GetString()!, t.GetProperty("kind").GetString()!,
                    .. t.GetProperty("outputs").EnumerateArray().Select(o => o.GetString()!)])));
        var input = Assert.Single(exported.Inputs);
        Assert.Equal("input", input.Key);
        Assert.Equal([-1, 2, 9, 12], input.Value.Dimensions);
        Assert.Equal("batch", input.Value.SymbolicDimensions[0]);
        Assert.All(exported.Outputs.Values, output => Assert.Equal("batch", output.SymbolicDimensions[0]));
        Assert.Equal([-1, 3], exported.Outputs["Third_probabilities"].Dimensions);
        Assert.Equal([-1], exported.Outputs["Corner_value"].Dimensions);
    }

    /// <summary>ONNX allows only identifiers of C as names; the names of tasks are free.</summary>
    [Fact]
    public void NamesOfOutputsAreIdentifiers()
    {
        var tasks = TaskSet.Family(TaskKind.Regression, ["a-b", "a_b", "5-x", "é"]);
        using var model = Exported.Random(folder, LinearFamily.Descriptor with { Tasks = tasks }, "Stl");
        using var exported = OnnxRun.Of(model, folder);
        Assert.Equal(["a_b_value", "a_b_2_value", "_5_x_value", "__value"], exported.Names);
        Exported.AssertSame(model, exported);
    }

    [Fact]
    public void EqualModelsAreEqualBytes()
    {
        using var model = Exported.Random(folder, EveryLayer.Descriptor, "OnRows");
        OnnxFile.Write(folder.File("a.onnx"), ExportedModel.Of(model));
        OnnxFile.Write(folder.File("b.onnx"), ExportedModel.Of(model));
        Assert.Equal(File.ReadAllBytes(folder.File("a.onnx")), File.ReadAllBytes(folder.File("b.onnx")));
    }

    [Fact]
    public void AFileThatCannotBeWrittenIsNamed()
    {
        using var model = Exported.Random(folder, EveryLayer.Descriptor, "OnRows");
        var path = folder.File("missing/a.onnx");
        var refused = Assert.ThrowsAny<UAmtflException>(() => OnnxFile.Write(path, ExportedModel.Of(model))).Message;
        Assert.StartsWith($"cannot write to {path}: ", refused);
        Assert.DoesNotContain('\n', refused);
    }

    private void AssertExported(ExperimentDescriptor experiment, string variant)
    {
        using var model = Exported.Random(folder, experiment, variant);
        using var exported = OnnxRun.Of(model, folder);
        Exported.AssertSame(model, exported);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
