using UAmtfl.Weighting;
using UAmtfl.Weighting.Bilevel;
using static UAmtfl.Testing.LossWeightingToys;
using static UAmtfl.Tests.Numerics.Weighting.QuadraticLevels;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>Steps of the bilevel weightings on problems of quadratics.</summary>
public sealed class BilevelWeightingTests
{
    public static TheoryData<string> Names => [.. new[] { "Moml", "AutoLambda", "Forum" }];

    /// <summary>Five steps agree with steps of Adam along gradients from finite differences.</summary>
    [Fact]
    public void AutoLambdaDescendsTheSumOfTheUpperLosses()
    {
        var (weighting, adam, lambda) = (new AutoLambda(3, 0.01, 0.2), new ManagedAdam(3, 0.01), new[] { 0.1, 0.1, 0.1 });
        for (var k = 0; k < 5; k++)
        {
            var problem = Draw(k, 3);
            adam.Step(lambda, Differences(lambda, w => problem.UpperLossesAfter(w, 0.2).Sum()));
            var (lower, upper) = weighting.Weights(problem);
            Near(lambda, lower, 1e-8);
            Assert.Null(upper);
        }
    }

    /// <summary>Steps agree with steps of Adam along the shortest combination of two upper gradients, which has a closed form. The third
    /// task has no label in the upper batch.</summary>
    [Fact]
    public void MomlDescendsTheShortestCombinationOfTheUpperLosses()
    {
        var (weighting, adam, logits) = (new Moml(3, 0.01, 0.2), new ManagedAdam(3, 0.01), new double[3]);
        for (var k = 0; k < 8; k++)
        {
            var problem = Draw(k, 3);
            problem = problem.With(newUpper: [problem.UpperTasks[0], problem.UpperTasks[1], problem.UpperTasks[2].Empty]);
            var (g, h) = (Differences(logits, a => upper(a, 0)), Differences(logits, a => upper(a, 1)));
            double[] difference = [.. g.Zip(h, (x, y) => x - y)];
            var share = Math.Clamp(-Dot(h, difference) / Dot(difference, difference), 0, 1);
            adam.Step(logits, Sum([share, 1 - share], [g, h]));
            var (lower, none) = weighting.Weights(problem);
            Assert.Null(none);
            Near(BilevelUpperLevelTests.Softmax(logits), lower, 1e-6);

            double upper(double[] a, int task) => problem.UpperLossesAfter(BilevelUpperLevelTests.Softmax(a), 0.2)[task];
        }
    }

    /// <summary>The step d = Σ κ ∇U + ν ∇q lowers all upper losses as far as the constraint on q allows, and lowers q as fast as the
    /// constraint asks.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void ForumMakesWayAlongTheConstraint(double rho)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var problem = Draw(seed, 3);
            var (lower, upper) = new Forum(3, 0.001, 0.1, 4, rho, 1).Weights(problem);
            double[] lambda = [1 / 3.0, 1 / 3.0, 1 / 3.0];
            double[] falls = [.. problem.LowerLosses().Zip(problem.LowerLossesAfter(lambda, 0.1, 4), (a, b) => a - b)];
            double[] q = [.. HyperGradients.ThroughSoftmax(falls, lambda), .. Sum(lambda, problem.LowerGradients)], square = [Dot(q, q)];
            var nu = lower.Sum();
            Near([nu / 3, nu / 3, nu / 3], lower, 1e-12);
            double[][] rows = [.. problem.UpperGradients.Select(g => (double[])[0, 0, 0, .. g])];
            var direction = Sum([1, nu], [Sum(upper!, rows), q]);
            Assert.Equal(nu > 0 ? rho * square[0] : Math.Max(rho * square[0], Dot(q, direction)), Dot(q, direction), 1e-9);
            var level = rows.Select((r, k) => upper![k] * Dot(r, direction)).Sum();
            Assert.All(rows, r => Assert.True(Dot(r, direction) >= level - 1e-9));
        }
    }

    /// <summary>Forum's first step lowers the weight of the lower task whose loss still falls most, along ν times the gradient of the
    /// falls.</summary>
    [Fact]
    public void ForumLearnsFromTheFallOfTheLowerLosses()
    {
        var problem = Draw(3, 2);
        var weighting = new Forum(2, 0.01, 0.1, 4, 2, 1);
        var nu = weighting.Weights(problem).Lower.Sum();
        Assert.True(nu > 0);
        double[] half = [0.5, 0.5], falls = [.. problem.LowerLosses().Zip(problem.LowerLossesAfter(half, 0.1, 4), (a, b) => a - b)];
        var more = falls[0] > falls[1] ? 0 : 1;
        Near(more == 0 ? [-0.01, 0.01] : [0.01, -0.01], weighting.Saved("learned.numbers"), 1e-6);
        double[] gradient = [nu * 0.25 * (falls[0] - falls[1]), nu * 0.25 * (falls[1] - falls[0])];
        Near([.. gradient.Select(g => 0.1 * g)], weighting.Saved("first.numbers"), 1e-12);
    }

    [Fact]
    public void ForumAveragesUpperWeights()
    {
        var problem = Draw(4, 3);
        var solved = new Forum(3, 0.001, 0.1, 2, 0.5, 1).Weights(problem).Upper!;
        var averaged = new Forum(3, 0.001, 0.1, 2, 0.5, 0.25).Weights(problem).Upper!;
        Near([.. solved.Select(s => 0.25 + (0.25 * (s - (1 / 3.0))) + (1 / 3.0) - 0.25)], averaged, 1e-12);
    }

    [Fact]
    public void ForumOfATaskWithoutUpperLabelsKeepsItsWeight()
    {
        var (problem, weighting) = (Draw(5, 3), new Forum(3, 0.001, 0.1, 2, 0.5, 0.5));
        var before = weighting.Weights(problem).Upper!;
        var after = weighting.Weights(
            problem.With(newUpper: [problem.UpperTasks[0], problem.UpperTasks[1].Empty, problem.UpperTasks[2]])).Upper!;
        Assert.Equal(before[1], after[1]);
        Assert.Equal(1, after.Sum(), 1e-12);
    }

    [Fact]
    public void ForumSaysThatTrialStepsDiverge()
    {
        var message = Assert.Throws<UAmtflException>(() => new Forum(2, 0.001, 1e200, 4, 0.5, 1).Weights(Draw(6, 2))).Message;
        Assert.Equal("the loss of task 1 is not finite after 4 trial steps of FORUM: lower the length of its steps", message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EqualTasksKeepEqualWeights(string name)
    {
        var (weighting, task) = (Of(name, 3), new QuadraticLevels.Task([1, 2], [1, 0.5]));
        var problem = new QuadraticLevels([3, -1], [task, task, task], [task, task, task]);
        for (var k = 0; k < 5; k++)
        {
            var (lower, upper) = weighting.Weights(problem);
            Near([lower[0], lower[0], lower[0]], lower, 1e-12);
            Assert.All(upper ?? [0], u => Assert.InRange(u, 0, 1));
        }
    }

    /// <summary>If tasks 2 and 3 have no labels in either batch, the step is finite. Without any gradient there is no step.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TasksWithoutLabelsAreBorne(string name)
    {
        var (problem, weighting) = (Draw(7, 3), Of(name, 3));
        QuadraticLevels.Task[] none = [.. problem.LowerTasks.Select(t => t.Empty)];
        QuadraticLevels[] several =
        [
            problem.With([problem.LowerTasks[0], none[1], none[2]], [problem.UpperTasks[0], none[1], none[2]]),
            problem.With(none, none), problem.With(none), problem.With(null, none), problem,
        ];
        foreach (var levels in several)
        {
            var (lower, upper) = weighting.Weights(levels);
            Assert.All(lower.Concat(upper ?? []), w => Assert.True(double.IsFinite(w)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AGradientThatIsNotFiniteIsNamed(string name)
    {
        var problem = Draw(8, 3);
        QuadraticLevels.Task[] broken =
        [
            problem.UpperTasks[0], problem.UpperTasks[1] with { Centre = [double.NaN, 0, 0, 0, 0] }, problem.UpperTasks[2],
        ];
        Assert.Equal(1, Assert.Throws<NotFiniteException>(() => Of(name, 3).Weights(problem.With(newUpper: broken))).Task);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OneTaskAloneDescends(string name)
    {
        var (weighting, task) = (Of(name, 1), new QuadraticLevels.Task([1, 2], [1, 0.5]));
        for (var k = 0; k < 3; k++)
        {
            var (lower, upper) = weighting.Weights(new QuadraticLevels([3, -1], [task], [task]));
            Assert.True(lower[0] + (upper?[0] ?? 0) > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void StateIsSavedAndLoadedBitForBit(string name)
    {
        var (weighting, fresh) = (Of(name, 3), Of(name, 3));
        for (var k = 0; k < 4; k++)
        {
            weighting.Weights(Draw(k, 3));
        }

        fresh.GoOnFrom(weighting);
        for (var k = 4; k < 8; k++)
        {
            var (expected, actual) = (weighting.Weights(Draw(k, 3)), fresh.Weights(Draw(k, 3)));
            Assert.Equal(expected.Lower, actual.Lower);
            Assert.Equal(expected.Upper, actual.Upper);
        }
    }

    [Fact]
    public void WhatMakesNoSenseIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("tasks", () => new Moml(0, 0.1, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Moml(2, 0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => new AutoLambda(2, 0.1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("innerSteps", () => new Forum(2, 0.1, 0.1, 0, 0.5, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("rho", () => new Forum(2, 0.1, 0.1, 1, 0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => new Forum(2, 0.1, 0.1, 1, 0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => new Forum(2, 0.1, 0.1, 1, 0.5, 1.5));
    }

    private static BilevelWeighting Of(string name, int tasks) => name switch
    {
        "Moml" => new Moml(tasks, 0.01, 0.1),
        "AutoLambda" => new AutoLambda(tasks, 0.01, 0.1),
        "Forum" => new Forum(tasks, 0.01, 0.1, 3, 0.5, 0.5),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such weighting."),
    };

    private static double[] Differences(double[] at, Func<double[], double> value)
        =>
        [
            .. at.Select((_, t) =>
                (value([.. at.Select((w, s) => s == t ? w + 1e-4 : w)]) - value([.. at.Select((w, s) => s == t ? w - 1e-4 : w)])) / 2e-4),
        ];

    private sealed class ManagedAdam(int count, double rate)
    {
        private readonly double[] m = new double[count], v = new double[count];
        private int steps;

        public void Step(double[] values, double[] gradient)
        {
            steps++;
            for (var t = 0; t < values.Length; t++)
            {
                (m[t], v[t]) = ((0.9 * m[t]) + (0.1 * gradient[t]), (0.999 * v[t]) + (0.001 * gradient[t] * gradient[t]));
                values[t] -= rate * (m[t] / (1 - Math.Pow(0.9, steps))) / (Math.Sqrt(v[t] / (1 - Math.Pow(0.999, steps))) + 1e-8);
            }
        }
    }
}
