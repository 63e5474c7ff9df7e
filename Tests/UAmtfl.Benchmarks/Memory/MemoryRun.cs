using Microsoft.Extensions.Configuration;
using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Numerics;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Trains LeNet with U-AMTFL for many epochs, and checks that neither the memory of the process nor the number of live tensors
/// grows.</summary>
/// <param name="results">Prints the results.</param>
/// <param name="epochs">The number of epochs; the first 100 are the warm-up.</param>
internal sealed class MemoryRun(Results results, int epochs) : IComparison
{
    private const int Every = 100;
    private const double Growth = 0.02;

    /// <inheritdoc/>
    public void Check()
    {
        const int few = 4;
        var samples = Train(few, every: 1, show: false);
        if (samples.Any(s => s.Tensors > samples[0].Tensors))
        {
            throw new UAmtflException(
                $"memory: {samples[0].Tensors} live tensors after the first epoch, {samples.Max(s => s.Tensors)} within {few}: "
                    + "a step leaks");
        }

        Results.Checked("memory", few);
    }

    /// <inheritdoc/>
    public void Measure()
    {
        var samples = Train(epochs, Every, show: true);
        var (first, largest) = (samples[0], samples.MaxBy(s => s.Megabytes));
        results.Verdict(
            "largest / first",
            FormattableString.Invariant($"{largest.Megabytes / first.Megabytes:0.000} x"),
            "",
            "at most 1.02 x",
            largest.Megabytes <= first.Megabytes * (1 + Growth));
        results.Verdict(
            "tensors more than at first",
            $"{samples.Max(s => s.Tensors) - first.Tensors}",
            "",
            "none",
            samples.All(s => s.Tensors <= first.Tensors));
    }

    private static List<(double Megabytes, long Tensors)> Train(int epochs, int every, bool show)
    {
        var experiment = LeNetDigits.Descriptor;
        var descriptor = LeNetDigits.UAmtfl.Descriptor;
        var plan = descriptor.Plan with { Epochs = epochs, EvaluateEvery = Math.Min(every, descriptor.Plan.EvaluateEvery) };
        using var scope = NewDisposeScope();
        var splits = experiment.Dataset().Load(new(null, 1));
        var labels = Labels.From(splits.Train.Labels, experiment.Tasks.LabelColumns);
        var validation = (splits.Validation.Inputs, Labels.From(splits.Validation.Labels, experiment.Tasks.LabelColumns));
        RandomStreams.Start(1, "initialisation");
        var settings = new Settings(new ConfigurationBuilder().Build().GetSection(descriptor.Name));
        using var variant = ((BoundNetwork)descriptor.Bind(settings)).Create(labels.Counts(experiment.Tasks.Count));
        using var optimizer = Trainer.CreateOptimizer(plan, variant);
        var samples = new List<(double Megabytes, long Tensors)>();
        if (show)
        {
            Results.Title($"memory of LeNet, U-AMTFL, {epochs} epochs of {splits.Train.Count / plan.BatchSize} steps");
        }

        new Trainer(variant, plan, experiment.Tasks, seed: 1).Train(splits.Train.Inputs, labels, validation, optimizer, record =>
        {
            if (record.Epoch % every == 0)
            {
                var sample = (Environment.WorkingSet / 1048576.0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
                samples.Add(sample);
                if (show)
                {
                    Results.Show(
                        $"epoch {record.Epoch}", FormattableString.Invariant($"{sample.Item1:0.0} MB"), $"{sample.Item2} live tensors");
                }
            }
        });
        return samples;
    }
}
