using UAmtfl.Descriptors;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Compares the time of a whole training step with each weighting to that of the plain sum, for 784-500-100 with batches of
/// 100.</summary>
/// <param name="results">Prints the results.</param>
/// <param name="budget">How long each comparison measures.</param>
internal sealed class WeightingSteps(Results results, TimeSpan budget) : IComparison
{
    /// <summary>The largest allowed ratio of a step with a weighting that needs only losses to a step with their sum.</summary>
    private const double Overhead = 1.05;

    /// <summary>The most seconds that gradients with respect to the features, and the weights computed from them, may add to a
    /// step.</summary>
    private const double FeatureLimit = 30e-3;

    private static readonly string[] OfFeatures =
    [
        HundredTasks.MgdaUb.Descriptor.Name, HundredTasks.SurgeryOfFeatures.Descriptor.Name, HundredTasks.UpGradOfFeatures.Descriptor.Name,
        HundredTasks.NashOfFeatures.Descriptor.Name,
        HundredTasks.SignDropout.Descriptor.Name,
    ];

    private static readonly string[] OfTrunk =
    [
        HundredTasks.Norms.Descriptor.Name, HundredTasks.MgdaOfTrunk.Descriptor.Name, HundredTasks.UpGradOfTrunk.Descriptor.Name,
    ];

    private static VariantDescriptor Baseline => HundredTasks.Sum.Descriptor;

    private static IEnumerable<VariantDescriptor> Weightings =>
        HundredTasks.Descriptor.Variants.Where(v => v.Name != Baseline.Name && v.Name != HundredTasks.HardSharing.Descriptor.Name);

    /// <summary>Checks that each weighting starts from the same task losses as <c>[Equal]</c>, and lowers their mean like it.</summary>
    public void Check()
    {
        using var scope = NewDisposeScope();
        using var sum = Way(Baseline);
        var (wanted, later) = (sum.TaskLosses(1), sum.TaskLosses(StepComparison.Batches));
        foreach (var variant in Weightings)
        {
            using var inner = NewDisposeScope();
            using var weighting = Way(variant);
            var losses = weighting.TaskLosses(1);
            var difference = losses.Zip(wanted, (a, b) => Math.Abs(a - b) / b).Max();
            if (!(difference <= 1e-4))
            {
                throw new UAmtflException(
                    $"784-500-100, {variant.Name}: losses of the first step differ from Equal's by "
                        + FormattableString.Invariant($"{difference:0.0e0}: not equal work"));
            }

            var mean = weighting.TaskLosses(StepComparison.Batches).Average();
            if (!(mean < wanted.Average()))
            {
                var course = FormattableString.Invariant($"from {wanted.Average()} to {mean}, with Equal to {later.Average()}");
                throw new UAmtflException($"784-500-100, {variant.Name}: the mean loss goes {course}: it does not train");
            }
        }

        Results.Checked("784-500-100 with a weighting", Weightings.Count() + 1);
    }

    /// <summary>Times a step with each weighting in turn with a step of <c>[Equal]</c>.</summary>
    public void Measure()
    {
        foreach (var variant in Weightings)
        {
            using var scope = NewDisposeScope();
            using var weighting = Way(variant);
            using var sum = Way(Baseline);
            var rounds = Rounds.Measure([steps => weighting.Train(steps), steps => sum.Train(steps)], StepComparison.Batches, budget);
            Results.Title($"784-500-100, {variant.Composition} ({rounds.Count} rounds)");
            Results.ShowTime(variant.Name, rounds.Median(0));
            Results.ShowTime("Equal", rounds.Median(1));
            if (OfFeatures.Contains(variant.Name))
            {
                var more = rounds.Median(0) - rounds.Median(1);
                results.Verdict(
                    "gradients and weights",
                    Results.Milliseconds(more),
                    "",
                    $"at most {Results.Milliseconds(FeatureLimit)}",
                    more <= FeatureLimit);
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

    private static GeneratedWay Way(VariantDescriptor variant) =>
        new(HundredTasks.Descriptor, variant, HundredTasks.Descriptor.Dataset().Load(new(null, 1)).Train);
}
