using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Files;
using UAmtfl.Models;
using UAmtfl.Numerics;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Variants that are trained on some of the tasks.</summary>
public sealed class ChosenTasksTests : IDisposable
{
    private static readonly ExperimentDescriptor Experiment = ChosenTasks.Descriptor;
    private static readonly bool[] IsTrained = [false, false, true, true, true, false];

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Chosen =>
        [.. ChosenTasks.Descriptor.Variants.Where(v => v.TrainedOn?.Count == 3).Select(v => v.Name)];

    public void Dispose() => scope.Dispose();

    [Fact]
    public void AListOfAllTasksChangesNoBit()
    {
        var (listed, whole) = (Train("Listed"), Train("Whole"));
        Assert.Equal(whole.Model!.Tensors, listed.Model!.Tensors);
        Assert.Equal(whole.TaskErrors, listed.TaskErrors);
        Assert.Equal(whole.ValidationError, listed.ValidationError);
    }

    /// <summary>Every weighting leaves tasks without labels out, and no number is made up for them.</summary>
    [Theory]
    [MemberData(nameof(Chosen))]
    public void OnlyTrainedTasksHaveNumbers(string variant)
    {
        var epochs = new List<EpochRecord>();
        var result = Train(variant, epochs: epochs);
        Assert.Equal(IsTrained, result.TaskErrors.Select(double.IsFinite));
        Assert.Equal(IsTrained, result.TaskLosses.Select(double.IsFinite));
        Assert.All(
            result.TaskMetrics.Values, values => Assert.All(values.Index(), v => Assert.True(IsTrained[v.Index] || double.IsNaN(v.Item))));
        Assert.All(Enumerable.Range(0, 6), t => Assert.Equal(IsTrained[t], result.RowErrors.Any(row => float.IsFinite(row[t]))));
        Assert.All(epochs, e => Assert.Equal(IsTrained, e.TaskLosses.Select(double.IsFinite)));
        Assert.All(epochs, e => Assert.True(double.IsFinite(e.Objective) && double.IsFinite(e.ValidationError!.Value)));
        Assert.True(double.IsFinite(result.RelativeError));
        Assert.Equal(epochs[0].Traces.ContainsKey("conflicts"), result.Gradients is not null);
        var pairs = Enumerable.Range(0, result.Gradients is null ? 0 : 6).SelectMany(s => Enumerable.Range(0, s), (s, t) => (s, t));
        foreach (var (s, t) in pairs)
        {
            Assert.Equal(IsTrained[s] && IsTrained[t], double.IsFinite(result.Gradients!.Cosines[s][t]));
            Assert.Equal(IsTrained[s] && IsTrained[t], double.IsFinite(result.Gradients.Conflicts[s][t]));
        }
    }

    /// <summary>Labels of tasks that are not trained can be anything.</summary>
    [Fact]
    public void OtherLabelsChangeNothing()
    {
        var data = Data();
        var labels = data.Train.Labels;
        var trained = Variant("Some").TrainedOn!;
        var other = tensor(Experiment.Tasks.Tasks.Select(t => trained.Contains(t.Name) ? 1f : 0).ToArray());
        var changed = data with { Train = (data.Train.Inputs, labels with { Values = labels.Values * other }) };
        Assert.Equal(Train("Some", data).Model!.Tensors, Train("Some", changed).Model!.Tensors);
        Assert.NotEqual(Train("Whole", data).Model!.Tensors, Train("Whole", changed).Model!.Tensors);
    }

    /// <summary>A head without a label has a gradient of 0, with which neither Adam nor momentum makes a step; decay makes one.</summary>
    [Theory]
    [InlineData("Some", true)]
    [InlineData("Momentum", true)]
    [InlineData("Decayed", false)]
    public void AHeadThatIsNotTrainedKeepsItsBits(string variant, bool keeps)
    {
        RandomStreams.Start(1, "initialisation");
        var network = ((BoundNetwork)Variant(variant).Bind(TestSettings.Empty)).Network(ScalarType.Float32, CPU);
        var initial = network.state_dict()["HeadWeight"];
        var trained = Safetensors.Read(new MemoryStream(Train(variant).Model!.Tensors)).Tensors["HeadWeight"];
        foreach (var task in Experiment.Tasks.Tasks)
        {
            var (first, rows) = (Experiment.Tasks.FirstOutput(task), task.Outputs);
            var same = initial.narrow(0, first, rows).equal(trained.narrow(0, first, rows)).all().item<bool>();
            Assert.Equal(keeps && !Variant(variant).TrainedOn!.Contains(task.Name), same);
        }
    }

    [Fact]
    public void TheErrorOverAllIsThatOfTheTrainedTasks()
    {
        var data = Data();
        var result = Train("Some", data);
        var declared = new DeclaredOrder(Experiment.Tasks);
        var relative = RelativeError.Of(declared.Labels(data.Train.Labels), declared.Labels(data.Test.Labels), declared.Tasks);
        var shares = Enumerable.Range(0, 6).Where(t => IsTrained[t]).Select(t => result.TaskErrors[t] / relative.ErrorsOfMeans[t]);
        Assert.Equal(shares.Average(), result.RelativeError, 1e-9);
    }

    [Fact]
    public void ASavedModelNamesTheTasksThatItIsTrainedOn()
    {
        Assert.Equal(["Third", "Level", "Dot"], ModelDescription.FromBytes(Train("Some").Model!.Description).TrainedOn!);
        Assert.Null(ModelDescription.FromBytes(Train("Whole").Model!.Description).TrainedOn);
    }

    [Fact]
    public void AWatchedTaskMustBeTrained()
    {
        var plan = Variant("Some").Plan with { Patience = 3, Monitor = "Corner" };
        plan.RequireMonitor(Experiment.Tasks);
        var fault = Assert.Throws<UAmtflException>(() => plan.RequireMonitor(Experiment.Tasks, Variant("Some").TrainedOn));
        Assert.StartsWith("early stopping watches the task 'Corner', on which the variant is not trained: name ", fault.Message);
        (plan with { Patience = 0 }).RequireMonitor(Experiment.Tasks, Variant("Some").TrainedOn);
    }

    private static VariantDescriptor Variant(string name) => Experiment.Variants.Single(v => v.Name == name);

    private static CellData Data() => CellData.Load(Experiment, new(null, 1), CPU);

    private static CellResult Train(string name, CellData? data = null, List<EpochRecord>? epochs = null)
    {
        var variant = Variant(name);
        return CellRunner.Run(
            Experiment, variant, variant.Bind(TestSettings.Empty), variant.Plan, data ?? Data(), e => epochs?.Add(e),
            CancellationToken.None);
    }
}
