using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Tasks;
using UAmtfl.Training;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Early stopping that watches a task, or each task for itself.</summary>
public sealed class SpecialistTests : IDisposable
{
    private const int Epochs = 12;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheBestEpochOfOneTaskIsTested()
    {
        var (records, result) = Run("UAmtfl", "Level");
        var level = Place("Level");
        var best = records.MinBy(r => r.TaskValidationErrors![level])!;
        Assert.Equal([best.Epoch], result.TestedEpochs!);
        Assert.Equal(best.TaskValidationErrors![level], result.ValidationError);
        Assert.Equal(Run("UAmtfl", null, epochs: best.Epoch, patience: 0).Result.RowErrors, result.RowErrors);
    }

    /// <summary>The errors of each task are those of a training that ends with the task's best epoch, whatever the order of the tasks in
    /// the network.</summary>
    [Theory]
    [InlineData("UAmtfl")]
    [InlineData("Stl")]
    public void EachTaskIsTestedAtItsOwnBestEpoch(string variant)
    {
        var (records, result) = Run(variant, TrainingPlan.EachTask);
        var tasks = Mixed.Descriptor.Tasks.Count;
        int[] best = [.. Enumerable.Range(0, tasks).Select(t => records.MinBy(r => r.TaskValidationErrors![t])!.Epoch)];
        Assert.Equal(best, result.TestedEpochs!);
        Assert.NotEmpty(best.Distinct().Skip(1));
        var whole = best.Distinct().ToDictionary(epoch => epoch, epoch => Run(variant, null, epochs: epoch, patience: 0));
        Assert.All(best.Index(), t => Assert.Equal(whole[t.Item].Result.TaskErrors[t.Index], result.TaskErrors[t.Index]));
        var last = whole[best.Max()].Records;
        Assert.Equal(last.Select(r => r.Objective), records.Take(last.Count).Select(r => r.Objective));
    }

    /// <summary>A training waits for the task that becomes better last.</summary>
    [Fact]
    public void ATrainingEndsWhenNoTaskBecomesBetter()
    {
        using var scope = NewDisposeScope();
        using var network = GeneratedNetworks.Create("convolved", "OnNormed", seed: 1).Network;
        using var best = new BestEpochs(patience: 2, errors: 3);
        double[][] errors = [[0.5, 1, double.NaN], [0.6, 0.9, double.NaN], [0.7, 0.8, double.NaN], [0.7, 0.8, double.NaN]];
        foreach (var (i, measured) in errors.Index())
        {
            Assert.False(best.EndsAfter(i));
            best.Offer(i + 1, measured, network);
        }

        Assert.True(best.EndsAfter(5));
        Assert.Equal([new(1, 0.5), new(3, 0.8), BestEpoch.None], best.Best);
        Assert.Equal([1, 3], best.Kept.Keys);
    }

    /// <summary>A saved model of several networks is loaded with all of them.</summary>
    [Theory]
    [InlineData("UAmtfl")]
    [InlineData("Stl")]
    public void ASavedModelPredictsEachTaskWithItsOwnNetwork(string variant)
    {
        var (_, result) = Run(variant, TrainingPlan.EachTask);
        using var model = SavedModel.Load(folder.Write(result.Model!), Mixed.Descriptor, variant);
        using var inputs = rand(7, 1, 8, 8);
        var predicted = model.Predict(inputs).Values;
        var tasks = Mixed.Descriptor.Tasks;
        var first = 0;
        foreach (var task in tasks.Tasks)
        {
            var epoch = result.TestedEpochs![Place(task.Name)];
            using var at = SavedModel.Load(
                folder.Write(Run(variant, null, epochs: epoch, patience: 0).Result.Model!, $"{task.Name}"), Mixed.Descriptor, variant);
            var own = at.Predict(inputs).Values;
            var columns = first..(first + task.Outputs);
            Assert.Equal(own.Outputs.Select(row => row[columns]), predicted.Outputs.Select(row => row[columns]));
            if (task.Kind == TaskKind.Regression)
            {
                Assert.Equal(own.Regression(Place(task.Name)).Sigma, predicted.Regression(Place(task.Name)).Sigma);
            }

            first += task.Outputs;
        }
    }

    /// <summary>No tensor of the networks that were put together is left.</summary>
    [Fact]
    public void NothingIsLeft()
    {
        using var scope = NewDisposeScope();
        Network[] networks = [.. Enumerable.Range(1, 2).Select(seed => GeneratedNetworks.Create("mixed", "UAmtfl", seed).Network)];
        foreach (var parameter in networks.SelectMany(n => n.state_dict().Values))
        {
            parameter.DetachFromDisposeScope();
        }

        var parameters = networks.SelectMany(n => n.parameters()).ToList();
        using (SpecialistNetwork.Of(
            new Dictionary<int, Network> { [3] = networks[0], [5] = networks[1] }, [3, 5, 3, 3, 5, 5], Mixed.Descriptor.Tasks))
        {
            Assert.DoesNotContain(parameters, p => p.IsInvalid);
        }

        Assert.All(parameters, p => Assert.True(p.IsInvalid));
    }

    [Fact]
    public void AnUnknownTaskIsRefused()
    {
        var refused = Assert.Throws<UAmtflException>(() => Run("Mtl", "Levle"));
        Assert.Contains("early stopping watches the task 'Levle', which there is not", refused.Message);
        Assert.Contains("'Level'", refused.Message);
    }

    private static int Place(string task) => Mixed.Descriptor.Tasks.Declared.Tasks.TakeWhile(t => t.Name != task).Count();

    private static (List<EpochRecord> Records, CellResult Result) Run(
        string name, string? monitor, int epochs = Epochs, int patience = Epochs)
    {
        var variant = Mixed.Descriptor.Variants.Single(v => v.Name == name);
        var plan = variant.Plan with { Epochs = epochs, Patience = patience, Monitor = monitor, LearningRate = 0.05, DecayAt = 1 };
        var records = new List<EpochRecord>();
        var result = TestCell.Run(
            Mixed.Descriptor, variant, variant.Bind(TestSettings.Empty), plan, new DataRequest(null, 1), records.Add,
            CancellationToken.None);
        return (records, result);
    }
}
