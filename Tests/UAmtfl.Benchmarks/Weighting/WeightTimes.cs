using UAmtfl.Numerics;
using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;
using UAmtfl.Weighting.Solvers;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Times on one core how long weightings take to compute their weights from given inner products of the gradients: each with 32
/// tasks, and the dearest ones with as many tasks as the largest studies have, beside naive solvers of the same problem.</summary>
/// <param name="results">Prints the results.</param>
/// <param name="budget">How long each comparison measures.</param>
internal sealed class WeightTimes(Results results, TimeSpan budget) : IComparison
{
    private const double SmallLimit = 0.5e-3;

    private static readonly Problem[] Problems =
    [
        new("UPGrad", 128, 40e-3, g => ConeProjection.SumOfEach(g, Uniform(128)), NaiveWays.UpGrad, "coordinate descent", SameWeights),
        new("UPGrad", 181, 130e-3, g => ConeProjection.SumOfEach(g, Uniform(181)), NaiveWays.UpGrad, "coordinate descent", SameWeights),
        new("MGDA", 100, 4e-3, MinimumNorm.Solve, NaiveWays.MinimumNorm, "Frank-Wolfe, to a thousandth", SameNorm),
        new("Nash-MTL", 100, 10e-3, g => PositiveRoot.Solve(g, 1), NaiveWays.Nash, "coordinate by coordinate", SameWeights),
    ];

    /// <inheritdoc/>
    public void Check()
    {
        var (gramian, losses) = (Gradients(32, 0.5), Losses(32));
        foreach (var weighting in Weightings(32))
        {
            if (!weighting.Weights(gramian, losses).All(double.IsFinite))
            {
                throw new UAmtflException($"{weighting.GetType().Name} gives weights that are not finite");
            }
        }

        foreach (var problem in Problems)
        {
            var g = Gradients(problem.Tasks, 0.1);
            if (problem.Difference(g, problem.Ours(g), problem.Naive(g)) is var difference && !(difference <= 2e-3))
            {
                throw new UAmtflException(
                    FormattableString.Invariant(
                        $"{problem.Name}, {problem.Tasks} tasks: {problem.How} differs by {difference:0.0e0}: not equal work"));
            }

            Results.Checked($"{problem.Name}, {problem.Tasks} tasks", 2);
        }
    }

    /// <inheritdoc/>
    public void Measure()
    {
        EachWeighting(32);
        foreach (var agreement in (double[])[1, 0.1])
        {
            Array.ForEach(Problems, problem => Compare(problem, agreement));
        }
    }

    /// <summary>The largest difference between the weights of two solutions, relative to the largest weight.</summary>
    private static double SameWeights(Gramian g, double[] ours, double[] naive) =>
        ours.Zip(naive, (a, b) => Math.Abs(a - b)).Max() / ours.Max(Math.Abs);

    /// <summary>The relative difference between the squared lengths of two combinations. Lengths are compared because the shortest
    /// combination is unique even where its weights are badly determined.</summary>
    private static double SameNorm(Gramian g, double[] ours, double[] naive)
    {
        var (a, b) = (Vectors.Dot(ours, g.Times(ours)), Vectors.Dot(naive, g.Times(naive)));
        return Math.Abs(a - b) / a;
    }

    /// <summary>Draws random gradients of T tasks in 3T dimensions, less a part of their mean, which makes them conflict.</summary>
    /// <param name="tasks">T, the number of tasks.</param>
    /// <param name="agreement">The part of the mean that is kept: 1 for independent gradients, 0 for gradients that cancel.</param>
    private static Gramian Gradients(int tasks, double agreement)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var rows = randn(tasks, 3 * tasks, dtype: ScalarType.Float64, generator: generator);
        var j = rows - ((1 - agreement) * rows.mean([0L], keepdim: true));
        return new(j.matmul(j.t()).ToArray());
    }

    private static double[] Uniform(int tasks) => [.. Enumerable.Repeat(1.0 / tasks, tasks)];

    private static double[] Losses(int tasks) => [.. Enumerable.Range(1, tasks).Select(t => (double)t)];

    private static GramianWeighting[] Weightings(int tasks) =>
        [
            new Mgda(tasks, MgdaNormalisation.None), new PcGrad(tasks), new GradVac(tasks, beta: 0.5),
            new CaGrad(tasks, 0.5, rescale: true), new ImtlG(tasks), new NashMtl(tasks, 1, 1),
            new FairGrad(tasks, 2), new AlignedMtl(tasks, AlignedScale.Minimum, mean: false), new ConFig(tasks),
            new GradNorm(tasks, 1.5, 0.025), new DualProj(tasks), new UpGrad(tasks),
            new Krum(tasks, 5, 10), new FocusedLearning(tasks, 0, FocusSelect.Soft, 0),
            new CrMogm(new Mgda(tasks, MgdaNormalisation.None), 0.9),
        ];

    private void EachWeighting(int tasks)
    {
        var weightings = Weightings(tasks);
        var (gramian, losses) = (Gradients(tasks, 0.5), Losses(tasks));
        var rounds = Rounds.Measure(
            [.. weightings.Select<GramianWeighting, Action<int>>(s => Repeat(() => s.Weights(gramian, losses)))], 1000, budget);
        Results.Title($"weights of {tasks} tasks ({rounds.Count} rounds)");
        for (var s = 0; s < weightings.Length; s++)
        {
            var time = rounds.Median(s);
            results.Verdict(
                weightings[s].GetType().Name,
                Results.Milliseconds(time),
                "",
                $"at most {Results.Milliseconds(SmallLimit)}",
                time <= SmallLimit);
        }
    }

    private void Compare(Problem problem, double agreement)
    {
        var (name, tasks, limit, ours, naive, how, _) = problem;
        var gramian = Gradients(tasks, agreement);
        var rounds = Rounds.Measure([Repeat(() => ours(gramian)), Repeat(() => naive(gramian))], 1000, budget / 4);
        Results.Title(
            FormattableString.Invariant($"{name}, {tasks} tasks, {agreement:0.#} of the mean gradient left ({rounds.Count} rounds)"));
        results.Verdict(
            "exact", Results.Milliseconds(rounds.Median(0)), "", $"at most {Results.Milliseconds(limit)}", rounds.Median(0) <= limit);
        Results.ShowTime(how, rounds.Median(1));
        // No limit where gradients hardly conflict, because the naive solvers then need only a few passes.
        if (agreement < 1)
        {
            results.AtLeast("naive / exact", rounds.Ratio(1, 0), 1);
        }
        else
        {
            Results.Show("naive / exact", FormattableString.Invariant($"{rounds.Ratio(1, 0).Median:0.00} x"));
        }
    }

    private static Action<int> Repeat(Func<double[]> solve) => repetitions =>
    {
        for (var i = 0; i < repetitions; i++)
        {
            GC.KeepAlive(solve());
        }
    };

    /// <summary>A problem for which there is a naive solver beside ours.</summary>
    private sealed record Problem(
        string Name,
        int Tasks,
        double Limit,
        Func<Gramian, double[]> Ours,
        Func<Gramian, double[]> Naive,
        string How,
        Func<Gramian, double[], double[], double> Difference);
}
