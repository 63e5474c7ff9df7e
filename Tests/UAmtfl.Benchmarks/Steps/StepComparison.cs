using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Hosting;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Ways to train one network, side by side: first checked to do equal work, then timed in one run.</summary>
/// <param name="results">Takes the verdicts.</param>
/// <param name="budget">How long a comparison measures.</param>
internal sealed class StepComparison(Results results, TimeSpan budget)
{
    /// <summary>How many batches the data sets here have, hence the most steps of a turn.</summary>
    public const int Batches = 10;

    /// <summary>The largest ratio to a loop that an expert writes by hand.</summary>
    private const double Overhead = 1.05;

    /// <summary>LeNet: generated, by an expert, plain.</summary>
    public void LeNet()
    {
        Compare("LeNet, hard sharing, T = 10", LeNetDigits.Descriptor, LeNetDigits.Cnn.Descriptor, Alternatives(weights => new HardSharingHeads(weights)), Verdict);
        Compare("LeNet, U-AMTFL, T = 10", LeNetDigits.Descriptor, LeNetDigits.UAmtfl.Descriptor, Alternatives(weights => new UAmtflHeads(weights)), Verdict);

        void Verdict(Rounds rounds)
        {
            results.AtMost("generated / by an expert", rounds.Ratio(0, 1), Overhead);
            results.AtMost("generated / plain", rounds.Ratio(0, 2), 0.8);
        }

        static Func<Samples, Dictionary<string, Tensor>, Way[]> Alternatives(Func<Dictionary<string, Tensor>, LeNetHeads> heads) => (data, weights) =>
            [new ExpertLeNet(data.Inputs, data.Labels, weights, heads(weights)), new PlainLeNet(data.Inputs, data.Labels, weights, heads(weights))];
    }

    /// <summary>Perceptrons: generated, by an expert, a loop over heads.</summary>
    public void Perceptrons()
    {
        Perceptron(TenTasks.Descriptor, TenTasks.HardSharing.Descriptor, 1.3);
        Perceptron(HundredTasks.Descriptor, HundredTasks.HardSharing.Descriptor, 5);
        Perceptron(ThousandTasks.Descriptor, ThousandTasks.HardSharing.Descriptor, 15);
    }

    /// <summary>What 181 tasks cost over one.</summary>
    public void ManyTasks()
    {
        using var scope = NewDisposeScope();
        using var many = new GeneratedWay(Tasks181.Descriptor, Tasks181.HardSharing.Descriptor, Data(Tasks181.Descriptor));
        using var one = new GeneratedWay(OneTask.Descriptor, OneTask.HardSharing.Descriptor, Data(OneTask.Descriptor));
        var rounds = Measure("784-500-T, hard sharing, generated", [many, one], ["T = 181", "T = 1"]);
        results.AtMost("T = 181 / T = 1", rounds.Ratio(0, 1), 1.4);
    }

    private void Perceptron(ExperimentDescriptor experiment, VariantDescriptor variant, double floor) => Compare(
        $"784-500-T, hard sharing, T = {experiment.Tasks.Count}",
        experiment,
        variant,
        (data, weights) => [new ExpertPerceptron(data.Inputs, data.Labels, weights), new PerHeadPerceptron(data.Inputs, data.Labels, weights)],
        rounds =>
        {
            results.AtMost("generated / by an expert", rounds.Ratio(0, 1), Overhead);
            results.AtLeast("a loop over heads / generated", rounds.Ratio(2, 0), floor);
        });

    private void Compare(
        string title,
        ExperimentDescriptor experiment,
        VariantDescriptor variant,
        Func<Samples, Dictionary<string, Tensor>, Way[]> alternatives,
        Action<Rounds> verdicts)
    {
        using var scope = NewDisposeScope();
        var data = Data(experiment);
        var generated = new GeneratedWay(experiment, variant, data);
        var weights = generated.CopyWeights();
        Way[] ways = [generated, .. alternatives(data, weights)];
        var exact = alternatives(
            new(data.Inputs.to(float64), data.Labels.to(float64)), weights.ToDictionary(w => w.Key, w => w.Value.to(float64)));
        try
        {
            var remarks = EqualWork.Require(title, ways, exact);
            verdicts(Measure(title, ways, [.. ways.Select(w => w.Name)]));
            remarks.ForEach(remark => Console.WriteLine($"  {remark}"));
        }
        finally
        {
            Array.ForEach(ways, w => w.Dispose());
            Array.ForEach(exact, w => w.Dispose());
        }
    }

    private Rounds Measure(string title, IReadOnlyList<Way> ways, IReadOnlyList<string> names)
    {
        var rounds = Rounds.Measure([.. ways.Select<Way, Action<int>>(w => steps => w.Train(steps))], Batches, budget);
        Results.Title($"{title} ({rounds.Count} rounds)");
        for (var i = 0; i < ways.Count; i++)
        {
            Results.ShowTime(names[i], rounds.Median(i));
        }

        return rounds;
    }

    private static Samples Data(ExperimentDescriptor experiment) => experiment.Dataset().Load(new(null, 1)).Train;
}
