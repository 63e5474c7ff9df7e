using System.Diagnostics;
using UAmtfl.Numerics;
using UAmtfl.WeakSupervision;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Measures the fit of a label model of three tasks with four feasible vectors to many rows, on one core. Its posteriors must be
/// those of the sums of logarithms, row by row, that a textbook prints.</summary>
/// <param name="results">Prints the results.</param>
internal sealed class LabelModelTimes(Results results) : IComparison
{
    private const string Title = "label models";

    private const int Tasks = 3;

    private static readonly FeasibleLabels Kinds = FeasibleLabels.Of(
        [0, 1, 2], [2, 3, 3], [[0, 0, 2], [0, 1, 2], [1, 2, 0], [1, 2, 1]]);

    /// <inheritdoc/>
    public void Check()
    {
        var (votes, accuracies) = Draw(5000, 10);
        var table = Table(votes);
        var model = (FactorModel)LabelModelFit.Fit(table, new());
        RequireEqual(table, model);
        for (var source = 0; source < accuracies.Length; source++)
        {
            // On the second task an organisation that is taken for the other one is right too: N/A.
            var right = accuracies[source] + ((1 - accuracies[source]) / 6);
            if (Math.Abs(model.Accuracy(source, 1) - right) > 0.04)
            {
                throw new UAmtflException($"{Title}: the accuracy of source {source} is not found");
            }
        }

        Results.Checked(Title, 2);
    }

    /// <inheritdoc/>
    public void Measure()
    {
        Check();
        var threads = get_num_threads();
        set_num_threads(1);
        Results.Title("label model of 3 tasks, 1,000,000 rows, one core");
        Time(10, 10);
        Time(100, 60);
        set_num_threads(threads);
    }

    private void Time(int sources, double limit)
    {
        var (votes, _) = Draw(1_000_000, sources);
        var watch = Stopwatch.StartNew();
        var table = Table(votes);
        var coded = watch.Elapsed.TotalSeconds;
        var model = LabelModelFit.Fit(table, new());
        var seconds = watch.Elapsed.TotalSeconds;
        Results.Show($"{sources} sources, rows to patterns", FormattableString.Invariant($"{coded:0.0} s"), $"{table.Patterns} patterns");
        results.Verdict(
            $"{sources} sources, fitted", FormattableString.Invariant($"{seconds:0.0} s"), $"{model.Certificate!.Iterations} steps",
            FormattableString.Invariant($"at most {limit} s"), seconds <= limit);
    }

    private static VoteTable Table(Votes votes) =>
        VoteTable.Of(Kinds, [.. Enumerable.Range(0, votes.Sources).Select(s => new WeakSource($"s{s}", Kinds.Tasks))], votes);

    /// <summary>Throws unless the posteriors are those of log P(Y) + Σ log P(λ_i | Y).</summary>
    private static void RequireEqual(VoteTable table, FactorModel model)
    {
        var emissions = Enumerable.Range(0, table.Sources.Count).Select(model.Emission).ToArray();
        foreach (var (pattern, posterior) in model.Posteriors(table).Index())
        {
            var logs = model.Balance.Select((share, y) => Math.Log(share) + emissions.Select((e, i) =>
                Math.Log(e.Row(table.Pattern(pattern)[i])[y])).Sum()).ToArray();
            var total = logs.Sum(log => Math.Exp(log - logs.Max()));
            if (logs.Zip(posterior, (log, q) => Math.Abs((Math.Exp(log - logs.Max()) / total) - q)).Max() > 1e-9)
            {
                throw new UAmtflException($"{Title}: a posterior differs from the sum of logarithms: not equal work");
            }
        }
    }

    /// <summary>Draws votes of sources that abstain on a fifth of the rows.</summary>
    private static (Votes Votes, double[] Accuracies) Draw(int rows, int sources)
    {
        var random = new SplitMix64(7);
        double Uniform() => (random.Next() >> 11) * (1.0 / (1L << 53));
        var accuracies = Enumerable.Range(0, sources).Select(_ => 0.5 + (0.35 * Uniform())).ToArray();
        var values = new short[rows * sources * Tasks];
        for (var row = 0; row < rows; row++)
        {
            var kind = random.Below(Kinds.Vectors.Count);
            for (var source = 0; source < sources; source++)
            {
                var said = Uniform() < 0.2 ? -1
                    : Uniform() < accuracies[source] ? kind
                    : (kind + 1 + random.Below(3)) % Kinds.Vectors.Count;
                for (var t = 0; t < Tasks; t++)
                {
                    values[(((row * sources) + source) * Tasks) + t] = said < 0 ? Votes.Abstains : (short)Kinds.Vectors[said][t];
                }
            }
        }

        return (new(rows, sources, Tasks, values), accuracies);
    }
}
