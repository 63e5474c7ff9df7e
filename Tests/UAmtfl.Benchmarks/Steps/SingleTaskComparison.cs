using UAmtfl.Data;
using UAmtfl.Descriptors;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Compares the batched training of one network for each task with one network for all tasks, and with training one network
/// after the other.</summary>
/// <param name="results">Prints the results.</param>
/// <param name="budget">How long each comparison measures.</param>
internal sealed class SingleTaskComparison(Results results, TimeSpan budget) : IComparison
{
    private const double LimitOverHardSharing = 5;

    /// <inheritdoc/>
    public void Check() => All(measure: false);

    /// <inheritdoc/>
    public void Measure() => All(measure: true);

    /// <summary>Compares 181 linear models, 181 networks of 3 hidden units and 181 of 500. For those of 500 only «batched against one by
    /// one» says something, because 181 times the arithmetic of one network cannot come near its time.</summary>
    private void All(bool measure)
    {
        Compare("181 linear models on 687 inputs", Drugs181.LinearStl.Descriptor, hidden: 0, LimitOverHardSharing, 5, measure);
        Compare("181 networks 687-3-1", Drugs181.NarrowStl.Descriptor, hidden: 3, LimitOverHardSharing, 5, measure);
        Compare("181 networks 687-500-1", Drugs181.WideStl.Descriptor, hidden: 500, null, 0.8, measure);
    }

    private void Compare(string title, VariantDescriptor variant, int hidden, double? limit, double floor, bool measure)
    {
        using var scope = NewDisposeScope();
        var experiment = Drugs181.Descriptor;
        Samples Data() => experiment.Dataset().Load(new(null, 1)).Train;
        using var batched = new GeneratedWay(experiment, variant, Data());
        using var single = new OneByOne(Data(), experiment.Tasks.Count, hidden, batched.CopyWeights());
        EqualWork.Require(title, [batched], [single]);
        if (!measure)
        {
            Results.Checked(title, 2);
            return;
        }

        using var shared = new GeneratedWay(experiment, Drugs181.HardSharing.Descriptor, Data());
        Way[] ways = [batched, shared, single];
        var rounds = Rounds.Measure([.. ways.Select<Way, Action<int>>(w => steps => w.Train(steps))], StepComparison.Batches, budget);
        Results.Title($"{title}, batches of 100 ({rounds.Count} rounds)");
        Results.ShowTime("batched", rounds.Median(0));
        Results.ShowTime("one network 687-500-181 for all", rounds.Median(1));
        Results.ShowTime("one by one", rounds.Median(2));
        if (limit is { } most)
        {
            results.AtMost("batched / one for all", rounds.Ratio(0, 1), most);
        }
        else
        {
            Results.Show(
                "batched / one for all", FormattableString.Invariant($"{rounds.Ratio(0, 1).Median:0.0} x"), "181 times the arithmetic");
        }

        results.AtLeast("one by one / batched", rounds.Ratio(2, 0), floor);
    }
}
