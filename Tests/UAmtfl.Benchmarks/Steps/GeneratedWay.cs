using Microsoft.Extensions.Configuration;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Numerics;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Trains with generated code in the loop of the library, as a worker trains an epoch, but with the rows in their
/// order.</summary>
internal sealed class GeneratedWay : Way
{
    private readonly Objective variant;
    private readonly TrainingPlan plan;
    private readonly Trainer trainer;
    private readonly IOptimizer optimizer;
    private readonly Tensor prepared;
    private readonly Labels labels;

    /// <summary>Builds the variant with the initial weights of seed 1.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="descriptor">The variant of the experiment.</param>
    /// <param name="data">Inputs and labels, which are used without a copy.</param>
    public GeneratedWay(ExperimentDescriptor experiment, VariantDescriptor descriptor, Samples data)
        : base("generated", descriptor.Plan.BatchSize)
    {
        var settings = new Settings(new ConfigurationBuilder().Build().GetSection(descriptor.Name));
        labels = Labels.From(data.Labels, experiment.Tasks.LabelColumns);
        RandomStreams.Start(1, "initialisation");
        variant = ((BoundNetwork)descriptor.Bind(settings)).Create(labels.Counts(experiment.Tasks.Count));
        plan = descriptor.Plan;
        trainer = new(variant, plan, experiment.Tasks, seed: 1);
        optimizer = Trainer.CreateOptimizer(plan, variant);
        prepared = variant.Network.Prepare(data.Inputs);
    }

    /// <summary>Copies the weights by name, as in <c>Trunk.Linear1.weight</c> or <c>HeadWeight</c>.</summary>
    public Dictionary<string, Tensor> CopyWeights()
    {
        using var frozen = no_grad();
        return variant.Network.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach().clone());
    }

    /// <inheritdoc/>
    public override double Train(int batches) => Epoch(batches, sums => sums.Objective.item<float>());

    /// <summary>Trains as <see cref="Train"/> does, and returns the mean loss of each task.</summary>
    /// <param name="batches">The number of batches, as in <see cref="Train"/>.</param>
    public float[] TaskLosses(int batches) => Epoch(batches, sums => sums.Losses.data<float>().ToArray());

    private T Epoch<T>(int batches, Func<EpochSums, T> read)
    {
        using var scope = NewDisposeScope();
        using var pause = new CollectionPause();
        Tensor[] rows = [.. Enumerable.Repeat(arange((long)batches * BatchSize), variant.Batches)];
        return read(trainer.Epoch(prepared, labels, rows, prepared: true, 0, plan.LearningRate, optimizer, pause, default));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        optimizer.Dispose();
        variant.Dispose();
        prepared.Dispose();
        labels.Values.Dispose();
    }
}
