using UAmtfl.Hosting;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>What a training step costs with each weighting: 784-500-100, batches of 100, all of a step.</summary>
/// <param name="results">Takes the verdicts.</param>
/// <param name="budget">How long a comparison measures.</param>
internal sealed class StrategySteps(Results results, TimeSpan budget)
{
    /// <summary>What a strategy that sees losses alone may cost over their sum.</summary>
    private const double Overhead = 1.05;

    /// <summary>What gradients with respect to the features, and the weights from them, may add to a step, in seconds.</summary>
    private const double FeatureLimit = 30e-3;

    private static readonly string[] OfFeatures =
    [
        HundredTasks.MgdaUb.Descriptor.Name, HundredTasks.SurgeryOfFeatures.Descriptor.Name, HundredTasks.UpGradOfFeatures.Descriptor.Name, HundredTasks.NashOfFeatures.Descriptor.Name,
        HundredTasks.SignDropout.Descriptor.Name,
    ];

    private static readonly string[] OfTrunk = [HundredTasks.Norms.Descriptor.Name, HundredTasks.MgdaOfTrunk.Descriptor.Name, HundredTasks.UpGradOfTrunk.Descriptor.Name];

    /// <summary>Each strategy beside the plain sum of <c>[Equal]</c>, in turns.</summary>
    public void Measure()
    {
        var baseline = HundredTasks.Sum.Descriptor;
        foreach (var variant in HundredTasks.Descriptor.Variants.Where(v => v.Name != baseline.Name && v.Name != HundredTasks.HardSharing.Descriptor.Name))
        {
            using var scope = NewDisposeScope();
            var data = HundredTasks.Descriptor.Dataset().Load(new(null, 1)).Train;
            using var strategy = new GeneratedWay(HundredTasks.Descriptor, variant, data);
            using var sum = new GeneratedWay(HundredTasks.Descriptor, baseline, HundredTasks.Descriptor.Dataset().Load(new(null, 1)).Train);
            var rounds = Rounds.Measure([steps => strategy.Train(steps), steps => sum.Train(steps)], StepComparison.Batches, budget);
            Results.Title($"784-500-100, {variant.Composition} ({rounds.Count} rounds)");
            Results.ShowTime(variant.Name, rounds.Median(0));
            Results.ShowTime("Equal", rounds.Median(1));
            if (OfFeatures.Contains(variant.Name))
            {
                var more = rounds.Median(0) - rounds.Median(1);
                results.Verdict("gradients and weights", Results.Milliseconds(more), "", $"at most {Results.Milliseconds(FeatureLimit)}", more <= FeatureLimit);
            }
            else if (OfTrunk.Contains(variant.Name))
            {
                Results.Show($"{variant.Name} / Equal", FormattableString.Invariant($"{rounds.Ratio(0, 1).Median:0.00} x"));
            }
            else
            {
                results.AtMost($"{variant.Name} / Equal", rounds.Ratio(0, 1), Overhead);
            }
        }
    }
}
