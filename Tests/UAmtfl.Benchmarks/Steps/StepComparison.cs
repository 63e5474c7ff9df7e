using UAmtfl.Data;
using UAmtfl.Descriptors;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Compares ways to train one network: checks that they do equal work, then times their training steps side by side.</summary>
/// <param name="results">Prints the results.</param>
/// <param name="budget">How long each comparison measures.</param>
/// <param name="only">A text that the titles of the comparisons to run contain; empty to run all.</param>
internal sealed class StepComparison(Results results, TimeSpan budget, string only) : IComparison
{
    /// <summary>The number of batches in the data sets of the benchmarks, which is the largest number of steps in a turn.</summary>
    public const int Batches = 10;

    /// <summary>The largest allowed ratio of the generated code's time to that of a loop that an expert writes by hand.</summary>
    private const double Overhead = 1.05;

    /// <summary>The largest allowed ratio to an expert's loop for perceptrons, stricter because their steps are so short that each call
    /// counts.</summary>
    private const double PerceptronOverhead = 1.02;

    /// <summary>The largest allowed ratio to <see cref="PerceptronKernels"/>, which is what autograd's graph may cost.</summary>
    private const double OverKernels = 1.1;

    /// <summary>The smallest allowed ratio of a loop over the copies of a network to their batched products.</summary>
    private const double OverLoop = 3;

    /// <inheritdoc/>
    public void Check() => All(measure: false);

    /// <inheritdoc/>
    public void Measure()
    {
        All(measure: true);
        ManyTasks();
    }

    private void All(bool measure)
    {
        LeNet(
            "LeNet, hard sharing, T = 10",
            LeNetDigits.Cnn.Descriptor,
            weights => new HardSharingHeads(weights),
            weights => new LoopedHeads(weights),
            measure);
        LeNet("LeNet, U-AMTFL, T = 10", LeNetDigits.UAmtfl.Descriptor, weights => new UAmtflHeads(weights), null, measure);
        Perceptron(TenTasks.Descriptor, TenTasks.HardSharing.Descriptor, 1.3, measure);
        Perceptron(HundredTasks.Descriptor, HundredTasks.HardSharing.Descriptor, 5, measure);
        Perceptron(ThousandTasks.Descriptor, ThousandTasks.HardSharing.Descriptor, 15, measure);
        Networks("10 networks 784-100-100, one a task", TenCopies.SingleTask.Descriptor, measure);
        Networks("10 networks 784-100-100, one a task, batches of 32", TenCopies.SmallBatches.Descriptor, measure);
        Networks("10 networks 784-100-100, one a task, batches of 10", TenCopies.SmallestBatches.Descriptor, measure);
        Experts("10 experts 784-100-100, MMoE, T = 10", TenCopies.Mixture.Descriptor, measure);
        Experts("10 experts 784-100-100, MMoE, T = 10, batches of 10", TenCopies.MixtureOfSmallestBatches.Descriptor, measure);
        Compare(
            "10 LeNets, one a task",
            LeNetDigits.Descriptor,
            LeNetDigits.Alone.Descriptor,
            (data, weights) => [new LeNetLoop(data.Inputs, data.Labels, weights)],
            measure ? rounds => results.AtLeast("a loop over modules / generated", rounds.Ratio(1, 0), 1) : null);
        Compare(
            "ResNet-18, T = 10",
            ResNetTasks.Descriptor,
            ResNetTasks.Shared.Descriptor,
            (data, weights) => [new TorchvisionResNet(data.Inputs, data.Labels, weights)],
            measure ? rounds => results.AtMost("generated / torchvision", rounds.Ratio(0, 1), Overhead) : null,
            drift: 5e-3);   // the first steps of Adam have nearly the same size whatever a gradient is, which amplifies its rounding
        if (!measure)
        {
            Perceptron(Tasks181.Descriptor, Tasks181.HardSharing.Descriptor, 0, measure);
            Perceptron(OneTask.Descriptor, OneTask.HardSharing.Descriptor, 0, measure);
        }
    }

    /// <summary>Compares a generated LeNet with an expert's, a plain one and, if given, a loop over tasks.</summary>
    private void LeNet(
        string title,
        VariantDescriptor variant,
        Func<Dictionary<string, Tensor>, LeNetHeads> heads,
        Func<Dictionary<string, Tensor>, LeNetHeads>? looped,
        bool measure)
    {
        Compare(title, LeNetDigits.Descriptor, variant, Alternatives, measure ? Verdict : null);

        Way[] Alternatives(Samples data, Dictionary<string, Tensor> weights) =>
        [
            new ExpertLeNet(data.Inputs, data.Labels, weights, heads(weights)),
            new PlainLeNet(data.Inputs, data.Labels, weights, heads(weights)),
            .. looped is null ? (Way[])[] : [new PlainLeNet(data.Inputs, data.Labels, weights, looped(weights))],
        ];

        void Verdict(Rounds rounds)
        {
            results.AtMost("generated / by an expert", rounds.Ratio(0, 1), Overhead);
            results.AtMost("generated / plain", rounds.Ratio(0, 2), 0.8);
            if (looped is not null)
            {
                results.AtLeast("a loop over tasks / generated", rounds.Ratio(3, 0), 1.3);
            }
        }
    }

    /// <summary>Compares perceptrons side by side, one for each task, with a loop over modules and with the kernels alone.</summary>
    private void Networks(string title, VariantDescriptor variant, bool measure) => Compare(
        title,
        TenCopies.Descriptor,
        variant,
        (data, weights) =>
        [
            new PerceptronLoop(data.Inputs, data.Labels, weights, "Trunks", variant.Plan.BatchSize),
            new CopyKernels(data.Inputs, data.Labels, weights, variant.Plan.BatchSize),
        ],
        !measure ? null : rounds =>
        {
            results.AtLeast("a loop over modules / generated", rounds.Ratio(1, 0), OverLoop);
            Results.Show("a loop over modules / the kernels alone", rounds.Ratio(1, 2));
            Results.Show("generated / the kernels alone", rounds.Ratio(0, 2));
        });

    /// <summary>Compares experts side by side with a loop over modules.</summary>
    private void Experts(string title, VariantDescriptor variant, bool measure) => Compare(
        title,
        TenCopies.Descriptor,
        variant,
        (data, weights) => [new PerceptronLoop(data.Inputs, data.Labels, weights, "Experts", variant.Plan.BatchSize)],
        measure ? rounds => results.AtLeast("a loop over modules / generated", rounds.Ratio(1, 0), OverLoop) : null);

    /// <summary>Measures how much longer a step of 181 tasks takes than a step of one task.</summary>
    private void ManyTasks()
    {
        const string title = "784-500-T, hard sharing, generated";
        if (!title.Contains(only, StringComparison.Ordinal))
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var many = new GeneratedWay(Tasks181.Descriptor, Tasks181.HardSharing.Descriptor, Data(Tasks181.Descriptor));
        using var one = new GeneratedWay(OneTask.Descriptor, OneTask.HardSharing.Descriptor, Data(OneTask.Descriptor));
        var rounds = Measure(title, [many, one], ["T = 181", "T = 1"]);
        results.AtMost("T = 181 / T = 1", rounds.Ratio(0, 1), 1.4);
    }

    /// <summary>Compares a generated perceptron with an expert's, with the kernels alone and with loops over heads.</summary>
    private void Perceptron(ExperimentDescriptor experiment, VariantDescriptor variant, double floor, bool measure) => Compare(
        $"784-500-T, hard sharing, T = {experiment.Tasks.Count}",
        experiment,
        variant,
        (data, weights) =>
        [
            new ExpertPerceptron(data.Inputs, data.Labels, weights),
            new PerceptronKernels(data.Inputs, data.Labels, weights),
            new PerHeadPerceptron(data.Inputs, data.Labels, weights),
            new LibMtlPerceptron(data.Inputs, data.Labels, weights),
        ],
        !measure ? null : rounds =>
        {
            results.AtMost("generated / by an expert", rounds.Ratio(0, 1), PerceptronOverhead);
            results.AtMost("generated / the kernels alone", rounds.Ratio(0, 2), OverKernels);
            results.AtLeast("a loop over heads / generated", rounds.Ratio(3, 0), floor);
            results.AtLeast("a loop over tasks / generated", rounds.Ratio(4, 0), floor);
        });

    private void Compare(
        string title,
        ExperimentDescriptor experiment,
        VariantDescriptor variant,
        Func<Samples, Dictionary<string, Tensor>, Way[]> alternatives,
        Action<Rounds>? verdicts,
        double? drift = null)
    {
        if (!title.Contains(only, StringComparison.Ordinal))
        {
            return;
        }

        using var scope = NewDisposeScope();
        var data = Data(experiment);
        var generated = new GeneratedWay(experiment, variant, data);
        var weights = generated.CopyWeights();
        Way[] ways = [generated, .. alternatives(data, weights)];
        var exact = alternatives(
            new(data.Inputs.to(float64), data.Labels.to(float64)), weights.ToDictionary(w => w.Key, w => w.Value.to(float64)));
        try
        {
            var remarks = drift is { } limit ? EqualWork.Require(title, ways, exact, limit) : EqualWork.Require(title, ways, exact);
            if (verdicts is null)
            {
                Results.Checked(title, ways.Length);
            }
            else
            {
                verdicts(Measure(title, ways, [.. ways.Select(w => w.Name)]));
            }

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
