using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.LinearModels;
using UAmtfl.Numerics;
using UAmtfl.Training;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Training, predicting, saving and loading without a host works as docs/language.md says.</summary>
public sealed class OwnCodeTests
{
    [Fact]
    public void ANetworkIsTrainedSavedAndLoaded()
    {
        var experiment = Mixed.Descriptor;
        var plan = experiment.Variants.Single(v => v.Name == "UAmtfl").Plan;
        using var scope = NewDisposeScope();
        var data = CellData.Load(experiment, new DataRequest(null, Seed: 1), CPU);
        RandomStreams.Start(1, "initialisation");
        using var network = new Mixed.UAmtfl.Network(float32, CPU);
        using var objective = new Mixed.UAmtfl.Objective(network, new(), data.Counts);
        using var optimizer = Trainer.CreateOptimizer(plan, objective);
        var objectives = new List<double>();
        new Trainer(objective, plan, experiment.Tasks, seed: 1).Train(
            data.Train.Inputs, data.Train.Labels, data.Choice, optimizer, epoch => objectives.Add(epoch.Objective));
        Assert.Equal(plan.Epochs, objectives.Count);
        var outputs = Prediction.Of(network, data.Test.Inputs);

        using var folder = new TemporaryFolder();
        var path = folder.File("u-amtfl.dat");
        network.save(path);
        using var loaded = new Mixed.UAmtfl.Network(float32, CPU);
        loaded.load(path);
        Assert.True(Prediction.Of(loaded, data.Test.Inputs).eq(outputs).all().item<bool>());
    }

    [Fact]
    public void ALinearModelIsFittedSavedAndLoaded()
    {
        var experiment = LinearFamily.Descriptor;
        using var scope = NewDisposeScope();
        var data = CellData.Load(experiment, new DataRequest(null, Seed: 1), CPU);
        using var fitted = new LinearFamily.Stl(new());
        var model = fitted.Fit(data.Train, experiment.Tasks, seed: 1).Model;
        using var folder = new TemporaryFolder();
        var (weights, biases) = (folder.File("weights.dat"), folder.File("biases.dat"));
        model.Weights.save(weights);
        model.Biases.save(biases);
        var again = new LinearModel(load(weights), load(biases));
        var inputs = data.Test.Inputs.to(float64);
        Assert.True(again.Predict(inputs).eq(model.Predict(inputs)).all().item<bool>());
    }
}
