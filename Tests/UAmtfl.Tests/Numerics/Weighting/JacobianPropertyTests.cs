using CsCheck;
using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;
using static TorchSharp.torch;
using static UAmtfl.Testing.LossWeightingToys;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>Properties of every weighting that needs whole gradients.</summary>
public sealed class JacobianPropertyTests
{
    public static TheoryData<string> Names => [.. new[] { "GradDrop", "DbMtl", "MoCo", "ExcessMtl", "TrimmedMean" }];

    [Theory]
    [MemberData(nameof(Names))]
    public void TasksInAnotherOrderGiveTheSameDirection(string name)
    {
        foreach (var (tasks, steps) in Cases(1))
        {
            int[] order = [.. Enumerable.Range(0, tasks).Reverse().OrderBy(t => t % 2)];
            var (plain, other) = (Seeded(name, tasks), Seeded(name, tasks));
            foreach (var rows in steps)
            {
                double[] losses = [.. rows.Select(r => Math.Abs(r[0]))];
                Near(plain.Step(rows, losses), other.Step([.. order.Select(t => rows[t])], [.. order.Select(t => losses[t])]), 1e-10);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OneTaskAloneDescendsItsGradient(string name)
    {
        foreach (var (_, steps) in Cases(2).Where(c => c.Steps[0][0].Any(g => g != 0)))
        {
            // If all gradients are the same, averages of them point in their direction.
            var weighting = Seeded(name, 1);
            var gradient = steps[0][0];
            for (var k = 0; k < 3; k++)
            {
                var direction = weighting.Step([gradient]);
                var factor = direction.Zip(gradient, (d, g) => d * g).Sum() / gradient.Sum(g => g * g);
                Assert.True(factor > 0);
                Near([.. gradient.Select(g => factor * g)], direction, 1e-10);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DirectionsAreFiniteAtAllScales(string name)
    {
        foreach (var (tasks, steps) in Cases(5))
        {
            foreach (var scale in Testing.Gradients.Scales)
            {
                var weighting = Seeded(name, tasks);
                foreach (var rows in steps)
                {
                    Assert.All(
                        weighting.Step([.. rows.Select(r => r.Select(g => g * scale).ToArray())]),
                        v => Assert.True(double.IsFinite(v), $"{scale}"));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AGradientThatIsNotFiniteIsNamed(string name)
    {
        foreach (var broken in new[] { double.NaN, double.PositiveInfinity })
        {
            for (var task = 0; task < 3; task++)
            {
                var weighting = Seeded(name, 3);
                double[][] rows = [[1, 2], [3, -1], [2, 2]];
                weighting.Step(rows);
                var saved = weighting.state_dict().ToDictionary(s => s.Key, s => s.Value.bytes.ToArray());
                rows[task] = [1, broken];
                Assert.Equal(task, Assert.Throws<NotFiniteException>(() => weighting.Step(rows)).Task);
                Assert.All(weighting.state_dict(), s => Assert.Equal(saved[s.Key], s.Value.bytes.ToArray()));
            }
        }
    }

    /// <summary>In a step in which the last task has no label, the direction stays finite and the state of that task does not
    /// change.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ATaskWithoutALabelKeepsWhatItHas(string name)
    {
        foreach (var (tasks, steps) in Cases(3).Where(c => c.Tasks > 1))
        {
            var weighting = Seeded(name, tasks);
            weighting.Step(steps[0]);
            var before = Kept(weighting);
            weighting.Step([.. steps[1][..^1], new double[steps[1][0].Length]], [.. Enumerable.Repeat(1.0, tasks - 1), 0]);
            var after = Kept(weighting);
            Assert.Equal(before, after);
            Assert.All(
                weighting.Step([.. steps[2].Select(r => new double[r.Length])], new double[tasks]), v => Assert.True(double.IsFinite(v)));
            Assert.Equal(after, Kept(weighting));
        }

        double[] Kept(JacobianWeighting weighting)
        {
            var gradients = weighting.state_dict().ContainsKey("gradients.numbers") ? weighting.Saved("gradients.numbers") : [];
            var weights = weighting.state_dict().ContainsKey("weights.numbers") ? weighting.Saved("weights.numbers") : [0];
            return [.. gradients.TakeLast(4), weights[^1]];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WithoutAnyGradientThereIsNoDirection(string name)
    {
        var weighting = Seeded(name, 3);
        Near([0, 0], weighting.Step([[0, 0], [0, 0], [0, 0]], 0, 0, 0), 0);
        Assert.All(weighting.Step([[1, 2], [3, -1], [2, 2]]), v => Assert.True(double.IsFinite(v)));
    }

    /// <summary>A weighting that loads a saved state continues with the same bits. It allocates its tensors before it loads, as a network
    /// does.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void StateIsSavedAndLoadedBitForBit(string name)
    {
        foreach (var (tasks, steps) in Cases(4))
        {
            var (weighting, fresh) = (Seeded(name, tasks), Of(name, tasks));
            weighting.Allocate(4, ScalarType.Float64, CPU);
            fresh.Allocate(4, ScalarType.Float64, CPU);
            Array.ForEach(steps, s => weighting.Step(s));
            fresh.GoOnFrom(weighting);
            foreach (var rows in steps)
            {
                Assert.Equal(weighting.Step(rows), fresh.Step(rows));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DirectionsHaveTheTypeOfTheGradients(string name)
    {
        using var scope = NewDisposeScope();
        var weighting = Seeded(name, 3);
        weighting.Allocate(5, ScalarType.Float32, CPU);
        for (var k = 0; k < 3; k++)
        {
            var direction = weighting.Direction(randn(3, 5), ones(3));
            Assert.Equal(ScalarType.Float32, direction.dtype);
            Assert.Equal([5L], direction.shape);
        }
    }

    private static JacobianWeighting Of(string name, int tasks) => name switch
    {
        "GradDrop" => new GradDrop(tasks),
        "DbMtl" => new DbMtl(tasks, 0.9, 0.5),
        "MoCo" => new MoCo(tasks, 0.5, 0.5, 0.1, 0.5, 0.1),
        "ExcessMtl" => new ExcessMtl(tasks, 0.3),
        "TrimmedMean" => new TrimmedMean(tasks, (tasks - 1) / 2),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such weighting."),
    };

    private static JacobianWeighting Seeded(string name, int tasks)
    {
        random.manual_seed(7);
        return Of(name, tasks);
    }

    /// <summary>Draws three steps of gradients of one to five tasks with respect to four parameters, the same in every run.</summary>
    private static IEnumerable<(int Tasks, double[][][] Steps)> Cases(uint seed)
    {
        var (source, tasks) = (new PCG(seed, 42), Gen.Int[1, 5]);
        for (var i = 0; i < 20; i++)
        {
            var count = tasks.Generate(source, null, out _);
            yield return (count, Gen.Double[-3, 3].Array[4].Array[count].Array[3].Generate(source, null, out _));
        }
    }
}
