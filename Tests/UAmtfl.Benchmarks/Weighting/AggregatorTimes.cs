using UAmtfl.LinearModels.Numerics;
using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;
using UAmtfl.Weighting.Solvers;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>What a step pays on one core for its weights, given the inner products of the gradients: each strategy with 32 tasks, and the dearest ones with as
/// many tasks as the largest studies have, beside naive ways to solve the same problem.</summary>
/// <param name="results">Takes the verdicts.</param>
/// <param name="budget">How long a comparison measures.</param>
internal sealed class AggregatorTimes(Results results, TimeSpan budget)
{
    private const double SmallLimit = 0.5e-3;

    /// <summary>Measures all.</summary>
    public void Measure()
    {
        Strategies(32);
        foreach (var agreement in (double[])[1, 0.1])
        {
            Compare("UPGrad", 128, 40e-3, agreement, g => ConeProjection.SumOfEach(g, Uniform(128)), NaiveWays.UpGrad, "coordinate descent");
            Compare("UPGrad", 181, 130e-3, agreement, g => ConeProjection.SumOfEach(g, Uniform(181)), NaiveWays.UpGrad, "coordinate descent");
            Compare("MGDA", 100, 4e-3, agreement, MinimumNorm.Solve, NaiveWays.MinimumNorm, "Frank-Wolfe, to a thousandth");
            Compare("Nash-MTL", 100, 10e-3, agreement, g => PositiveRoot.Solve(g, 1), NaiveWays.Nash, "coordinate by coordinate");
        }
    }

    /// <summary>The gradients of tasks, T in 3T dimensions: independent numbers less a part of their mean, which makes them conflict.</summary>
    /// <param name="tasks">T.</param>
    /// <param name="agreement">What is left of the mean: 1 for independent gradients, 0 for gradients that cancel.</param>
    private static Gramian Gradients(int tasks, double agreement)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var rows = randn(tasks, 3 * tasks, dtype: ScalarType.Float64, generator: generator);
        var j = rows - ((1 - agreement) * rows.mean([0L], keepdim: true));
        return new(j.matmul(j.t()).ToArray());
    }

    private static double[] Uniform(int tasks) => [.. Enumerable.Repeat(1.0 / tasks, tasks)];

    private void Strategies(int tasks)
    {
        GramianWeighting[] strategies =
        [
            new Mgda(tasks, MgdaNormalisation.None), new PcGrad(tasks), new GradVac(tasks, beta: 0.5), new CaGrad(tasks, 0.5, rescale: true), new ImtlG(tasks), new NashMtl(tasks, 1, 1),
            new FairGrad(tasks, 2), new AlignedMtl(tasks, AlignedScale.Minimum, mean: false), new ConFig(tasks), new GradNorm(tasks, 1.5, 0.025), new DualProj(tasks), new UpGrad(tasks),
            new Krum(tasks, 5, 10), new FocusedLearning(tasks, 0, FocusSelect.Soft, 0), new CrMogm(new Mgda(tasks, MgdaNormalisation.None), 0.9),
        ];
        var gramian = Gradients(tasks, 0.5);
        double[] losses = [.. Enumerable.Range(1, tasks).Select(t => (double)t)];
        var rounds = Rounds.Measure([.. strategies.Select<GramianWeighting, Action<int>>(s => Repeat(() => s.Weights(gramian, losses)))], 1000, budget);
        Results.Title($"weights of {tasks} tasks ({rounds.Count} rounds)");
        for (var s = 0; s < strategies.Length; s++)
        {
            var time = rounds.Median(s);
            results.Verdict(strategies[s].GetType().Name, Results.Milliseconds(time), "", $"at most {Results.Milliseconds(SmallLimit)}", time <= SmallLimit);
        }
    }

    private void Compare(string name, int tasks, double limit, double agreement, Func<Gramian, double[]> ours, Func<Gramian, double[]> naive, string how)
    {
        var gramian = Gradients(tasks, agreement);
        var rounds = Rounds.Measure([Repeat(() => ours(gramian)), Repeat(() => naive(gramian))], 1000, budget / 4);
        Results.Title(FormattableString.Invariant($"{name}, {tasks} tasks, {agreement:0.#} of the mean gradient left ({rounds.Count} rounds)"));
        results.Verdict("exact", Results.Milliseconds(rounds.Median(0)), "", $"at most {Results.Milliseconds(limit)}", rounds.Median(0) <= limit);
        Results.ShowTime(how, rounds.Median(1));
        // Gradients that hardly conflict take the naive ways a few passes.
        if (agreement < 1) results.AtLeast("naive / exact", rounds.Ratio(1, 0), 1);
        else Results.Show("naive / exact", FormattableString.Invariant($"{rounds.Ratio(1, 0).Median:0.00} x"));
    }

    private static Action<int> Repeat(Func<double[]> solve) => repetitions =>
    {
        for (var i = 0; i < repetitions; i++)
        {
            GC.KeepAlive(solve());
        }
    };
}
