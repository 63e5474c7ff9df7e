using UAmtfl.Data;
using UAmtfl.Files;
using UAmtfl.Models;
using UAmtfl.Numerics;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Compares the predictions of a saved and loaded LeNet with what the evaluation computes of the same network on the same images,
/// which is the floor: loading, the checks of the inputs, the transforms and the typed answer are what the model adds.</summary>
/// <param name="results">Prints the results.</param>
/// <param name="budget">How long the comparison measures.</param>
internal sealed class PredictionTimes(Results results, TimeSpan budget) : IComparison
{
    private const string Title = "predictions of a loaded LeNet";

    private const int Images = 10_000;

    /// <summary>The number of images that the check predicts, the last of which are no whole batch.</summary>
    private const int CheckedImages = 250;

    private const double Limit = 1.1;

    /// <inheritdoc/>
    public void Check() => Compare(measure: false);

    /// <inheritdoc/>
    public void Measure() => Compare(measure: true);

    private void Compare(bool measure)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var images = rand([measure ? Images : CheckedImages, 1, 28, 28], generator: generator);
        var samples = images.flatten(1).data<float>().ToArray().Chunk(28 * 28).ToArray();
        RandomStreams.Start(1, "initialisation");
        using var network = new LeNetDigits.Cnn.Network(float32, CPU);
        using var model = Loaded(network, images);
        RequireEqual(Prediction.Of(network, images), model.Predict(images), "a tensor");
        RequireEqual(Prediction.Of(network, images), model.Predict(samples), "arrays");
        if (!measure)
        {
            Results.Checked(Title, 3);
            return;
        }

        var rounds = Rounds.Measure(
            [
                Repeat(() => Prediction.Of(network, images).Dispose()),
                Repeat(() => GC.KeepAlive(model.Predict(images))),
                Repeat(() => GC.KeepAlive(model.Predict(samples))),
            ],
            1,
            budget);
        Results.Title($"{Title}, {Images} images ({rounds.Count} rounds)");
        Results.ShowTime("the evaluation", rounds.Median(0));
        Results.ShowTime("loaded, from a tensor", rounds.Median(1));
        Results.ShowTime("loaded, from arrays", rounds.Median(2));
        results.AtMost("from a tensor / the evaluation", rounds.Ratio(1, 0), Limit);
        results.AtMost("from arrays / the evaluation", rounds.Ratio(2, 0), Limit);
    }

    /// <summary>Saves a network as a cell of a run does, and loads it as a program does.</summary>
    private static TrainedModel<LeNetDigits.Prediction> Loaded(Network network, Tensor inputs)
    {
        var experiment = LeNetDigits.Descriptor;
        var variant = LeNetDigits.Cnn.Descriptor;
        var files = new ModelWriter(experiment, variant)
        {
            Seed = 1,
            Values = new LeNetDigits.Cnn.Hyper().Values,
            Input = inputs.shape[1..],
            NetworkInputs = inputs,
            Transforms = FittedTransforms.Restore([], [], experiment.Tasks, rowsOfOneTask: false),
            OverallError = 0.5,
            TaskErrors = [.. experiment.Tasks.Tasks.Select(_ => 0.5)],
        }.Write(network);
        var folder = Directory.CreateTempSubdirectory("uamtfl-benchmark-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, ModelFiles.TensorsName), files.Tensors);
            File.WriteAllBytes(Path.Combine(folder, ModelFiles.DescriptionName), files.Description);
            return LeNetDigits.Cnn.Load(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Throws unless predictions have the same bits as the evaluation.</summary>
    private static void RequireEqual(Tensor evaluated, LeNetDigits.Prediction predicted, string from)
    {
        var expected = evaluated.to(float64).data<double>().ToArray();
        if (!expected.AsSpan().SequenceEqual(predicted.Values.Outputs.SelectMany(row => row).ToArray()))
        {
            throw new UAmtflException($"{Title}: predictions from {from} differ from the evaluation: not equal work");
        }
    }

    private static Action<int> Repeat(Action predict) => repetitions =>
    {
        for (var i = 0; i < repetitions; i++)
        {
            predict();
        }
    };
}
