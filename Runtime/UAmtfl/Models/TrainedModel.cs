using UAmtfl.Descriptors;
using static TorchSharp.torch;

namespace UAmtfl.Models;

/// <summary>A trained model that a program has loaded. Any number of threads may predict at once. Predicting starts no garbage collection
/// and puts none off; a trunk or a transform of one's own must keep the numbers of its expressions in fields, as
/// <see cref="Numerics.Lasting"/> does.</summary>
/// <typeparam name="TPrediction">The predictions of the experiment.</typeparam>
public sealed class TrainedModel<TPrediction> : IDisposable
    where TPrediction : TypedPrediction, new()
{
    private readonly LoadedModel model;

    /// <summary>Loads a model. Generated code calls this in the <c>Load</c> of each variant.</summary>
    /// <param name="path">The folder of a finished cell, or the <c>model.safetensors</c> in it.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="variant">The variant.</param>
    /// <exception cref="UAmtflException">A file is missing or damaged, or the model does not fit the declaration.</exception>
    public TrainedModel(string path, ExperimentDescriptor experiment, VariantDescriptor variant) =>
        model = ModelReader.Read(path, experiment, variant);

    /// <summary>The name of the variant.</summary>
    public string Variant => model.Description.Variant;

    /// <summary>The seed of the training.</summary>
    public int Seed => model.Description.Seed;

    /// <summary>The shape of one sample, without the batch dimension.</summary>
    public IReadOnlyList<long> Input => model.Description.Input;

    /// <summary>Lines on what has changed in the declaration since the training without an effect on the predictions, such as a
    /// hyper-parameter.</summary>
    public IReadOnlyList<string> Notes => model.Notes;

    /// <summary>Predicts one sample.</summary>
    /// <param name="sample">The entries of the sample, row by row.</param>
    /// <returns>Predictions of one row.</returns>
    /// <exception cref="UAmtflException">The sample has another number of entries, or one that is not finite.</exception>
    public TPrediction Predict(float[] sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return Predict([sample]);
    }

    /// <summary>Predicts samples.</summary>
    /// <param name="samples">The entries of each sample, row by row.</param>
    /// <returns>Predictions of as many rows.</returns>
    /// <exception cref="UAmtflException">A sample has another number of entries, or one that is not finite.</exception>
    public TPrediction Predict(float[][] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new() { Values = model.Predict(samples) };
    }

    /// <summary>Predicts samples.</summary>
    /// <param name="inputs">[N, …], raw, as the data set gives them before its transforms.</param>
    /// <returns>Predictions of N rows.</returns>
    /// <exception cref="UAmtflException">The samples have another shape, or an entry that is not finite.</exception>
    public TPrediction Predict(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new() { Values = model.Predict(inputs) };
    }

    /// <summary>Frees the model. No thread may be predicting.</summary>
    public void Dispose() => model.Dispose();
}
