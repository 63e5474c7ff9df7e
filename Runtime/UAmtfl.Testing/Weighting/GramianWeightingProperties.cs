using CsCheck;
using TorchSharp;

namespace UAmtfl.Testing;

/// <summary>Tests that every weighting on inner products must pass, and claims that a weighting may make. A test class derives from this
/// one, creates the weighting and states its claims. A claim that is not made must fail for some example, so that the claims are
/// exact.</summary>
public abstract partial class GramianWeightingProperties
{
    private static readonly Gen<double> AnyScale = OneOf(Gradients.Scales);
    private static readonly Gen<int> AnySeed = Gen.Int[0, 1_000_000];

    [Fact]
    public void WeightsAreFiniteAtAllScalesAndRanks()
    {
        foreach (var (kind, tasks, seed, scale) in Drawn(
            Gen.Select(OneOf(Gradients.Kinds), Gen.Int[Math.Max(2, LeastTasks), 9], AnySeed, AnyScale)))
        {
            var weighting = Seeded(tasks);
            for (var step = 0; step < 3; step++)
            {
                var j = Gradients.Times(Gradients.Of(kind, tasks, seed + step), scale);
                var w = Balance(weighting, j);
                Assert.All(w, value => Assert.True(double.IsFinite(value), $"{kind}, {tasks} tasks, seed {seed}, scale {scale}"));
                Assert.All(
                    Gradients.Direction(j, w),
                    value => Assert.True(double.IsFinite(value), $"{kind}, {tasks} tasks, seed {seed}, scale {scale}"));
            }
        }
    }

    [Fact]
    public void ALongerGradientMakesAStepOfTheDegree()
    {
        var (worst, degree) = (0.0, Degree ?? 1);
        foreach (var (kind, tasks, seed, scale) in Drawn(
            Gen.Select(OneOf("free", "conflicting"), Gen.Int[Math.Max(2, LeastTasks), 7], AnySeed, AnyScale)))
        {
            var j = Gradients.Of(kind, tasks, seed);
            var scaled = Gradients.Times(j, scale);
            var (w, other) = (Step(j), Step(scaled));
            double[] back = [.. other.Select(value => value * Math.Pow(scale, 1 - degree))];
            worst = Math.Max(worst, Difference(j, w, back));
        }

        AssertClaim(Degree is not null, worst);
    }

    [Fact]
    public void TasksInAnotherOrderHaveTheirWeights()
    {
        var worst = 0.0;
        foreach (var (kind, tasks, seed, _) in Drawn(
            Gen.Select(OneOf("free", "conflicting", "unequal norms"), Gen.Int[Math.Max(3, LeastTasks), 7], AnySeed, AnyScale)))
        {
            var j = Gradients.Of(kind, tasks, seed);
            int[] order = [.. Enumerable.Range(1, tasks - 1), 0];
            var (w, permuted) = (Step(j), Step([.. order.Select(t => j[t])], order));
            var back = new double[tasks];
            for (var i = 0; i < tasks; i++)
            {
                back[order[i]] = permuted[i];
            }

            worst = Math.Max(worst, Difference(j, w, back));
        }

        AssertClaim(PermutationEquivariant, worst);
    }

    /// <summary>Weights depend only on inner products. They stay the same if each parameter is there twice, with its gradient divided by
    /// √2, and if zeros are appended.</summary>
    [Fact]
    public void OnlyInnerProductsMatter()
    {
        foreach (var (kind, tasks, seed, _) in Drawn(
            Gen.Select(OneOf("free", "conflicting"), Gen.Int[Math.Max(2, LeastTasks), 7], AnySeed, AnyScale)))
        {
            var j = Gradients.Of(kind, tasks, seed);
            double[][] twice = [.. j.Select(row => (double[])[.. row.Concat(row).Select(v => v / Math.Sqrt(2)), 0, 0])];
            Assert.InRange(Difference(j, Step(j), Step(twice)), 0, Close);
        }
    }

    [Fact]
    public void TheStepIsLinearInTheLengthsOfTheGradients()
    {
        var worst = 0.0;
        foreach (var (kind, tasks, seed, _) in Drawn(
            Gen.Select(OneOf("free", "conflicting"), Gen.Int[Math.Max(2, LeastTasks), 6], AnySeed, AnyScale)))
        {
            var j = Gradients.Of(kind, tasks, seed);
            var lengths = new Gradients.Normals(seed).Rows(2, tasks);
            double[][] Scaled(Func<int, double> by) => [.. j.Select((row, t) => row.Select(v => v * by(t)).ToArray())];
            double[] a = [.. lengths[0].Select(Math.Exp)], b = [.. lengths[1].Select(Math.Exp)];
            var (first, second, both) = (Step(Scaled(t => a[t])), Step(Scaled(t => b[t])), Step(Scaled(t => a[t] + b[t])));
            worst = Math.Max(
                worst,
                Difference(
                    j, [.. both.Select((w, t) => w * (a[t] + b[t]))], [.. first.Select((w, t) => (w * a[t]) + (second[t] * b[t]))]));
        }

        AssertClaim(LinearUnderRowScaling, worst);
    }

    [Fact]
    public void NoStepConflictsWithATask()
    {
        var (claimed, all) = (0.0, 0.0);
        foreach (var (kind, tasks, seed, scale) in Drawn(
            Gen.Select(OneOf(Gradients.Kinds), Gen.Int[Math.Max(2, LeastTasks), 7], AnySeed, AnyScale)))
        {
            var j = Gradients.Times(Gradients.Of(kind, tasks, seed), scale);
            var (w, g) = (Step(j), Gradients.Gramian(j));
            var size = Gradients.Size(g, w);
            if (size == 0)
            {
                continue;
            }

            var conflict = g.Times(w).Select((product, i) => -product / g.Norm(i) / size).Max();
            all = Math.Max(all, conflict);
            if (NonConflictingOn.Contains(kind))
            {
                claimed = Math.Max(claimed, conflict);
            }
        }

        Assert.InRange(claimed, 0, Close);
        if (NonConflictingOn.Length < Gradients.Kinds.Length)
        {
            Assert.True(all > Apart, "it holds in all examples: claim it");
        }
    }

    [Fact]
    public void TheWeightsHaveTheirSum()
    {
        var worst = 0.0;
        foreach (var (kind, tasks, seed, scale) in Drawn(
            Gen.Select(OneOf(Gradients.Kinds), Gen.Int[Math.Max(2, LeastTasks), 7], AnySeed, AnyScale)))
        {
            var sum = Step(Gradients.Times(Gradients.Of(kind, tasks, seed), scale)).Sum();
            worst = Math.Max(worst, Math.Abs(sum - (SumOfWeights(tasks) ?? 1)));
        }

        AssertClaim(SumOfWeights(LeastTasks) is not null, worst);
    }

    [Fact]
    public void OneTaskHasItsWeight()
    {
        if (LeastTasks > 1)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Create(LeastTasks - 1));
            return;
        }

        foreach (var scale in Gradients.Scales)
        {
            var w = Balance(Seeded(1), [[3 * scale, 4 * scale]], [2]);
            Assert.Equal(1, w[0] / WeightOfOne(5 * scale), 1e-9);
        }
    }

    [Fact]
    public void ATaskWithoutGradientIsLeftOut()
    {
        var tasks = Math.Max(3, LeastTasks) + 1;
        foreach (var kind in Gradients.FullRank)
        {
            var j = Gradients.Of(kind, tasks, 5);
            j[1] = new double[j[1].Length];
            var w = Balance(Seeded(tasks), j);
            Assert.Equal(WeightWithoutGradient([.. w.Where((_, t) => t != 1)]), w[1], 1e-12);
            Assert.All(w, value => Assert.True(double.IsFinite(value)));
            Assert.InRange(Gradients.Norm(Gradients.Direction(j, w)), 1e-6, double.PositiveInfinity);
        }

        Assert.Equal(
            Enumerable.Repeat(WeightWithoutGradient([]), tasks), Balance(Seeded(tasks), [.. Enumerable.Repeat(new double[2], tasks)]));
    }

    /// <summary>A weighting that loads a state saved between steps continues with the same bits.</summary>
    [Fact]
    public void SavedAndLoadedItGoesOnAsIfItHadNotStopped()
    {
        var tasks = Math.Max(4, LeastTasks);
        double[][] At(int step)
        {
            var j = Gradients.Of("conflicting", tasks, 40 + step);
            if (step % 3 == 1)
            {
                j[0] = new double[j[0].Length];
            }

            return j;
        }

        double[] Losses(int step) => [.. Enumerable.Range(1, tasks).Select(t => (double)t / (step + 1))];
        using var first = Seeded(tasks);
        for (var step = 0; step < 4; step++)
        {
            Balance(first, At(step), Losses(step));
        }

        torch.manual_seed(99);
        using var second = Create(tasks);
        second.GoOnFrom(first);
        for (var step = 4; step < 9; step++)
        {
            Assert.Equal(Balance(first, At(step), Losses(step)), Balance(second, At(step), Losses(step)));
        }
    }

    [Fact]
    public void DescentEndsWhereNoDirectionSuitsAll()
    {
        var toy = new Quadratics(Math.Max(2, LeastTasks));
        var ends = toy.Starts.Select(start => toy.Descend(Seeded(toy.Tasks), start, Rate)).ToArray();
        if (Settles)
        {
            Assert.All(ends, end => Assert.InRange(end, 0, 1e-2));
        }
        else
        {
            Assert.Contains(ends, end => end > 1e-2);
        }
    }

    [Fact]
    public void ItKnowsItsTasks()
    {
        Assert.Equal(LeastTasks + 1, Create(LeastTasks + 1).Tasks);
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(0));
    }
}
