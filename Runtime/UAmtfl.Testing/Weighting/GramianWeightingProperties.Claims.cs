using CsCheck;
using TorchSharp;
using UAmtfl.Weighting;

namespace UAmtfl.Testing;

/// <content>The claims, and how the tests draw examples and decide whether a claim holds.</content>
public abstract partial class GramianWeightingProperties
{
    private const int Draws = 120;
    private const double Close = 1e-7;
    private const double Apart = 1e-3;

    /// <summary>Creates a weighting. One that draws random numbers takes its seed from the global random state, which the test sets
    /// before.</summary>
    protected abstract GramianWeighting Create(int tasks);

    /// <summary>The power k for which gradients c times as long give a step c^k times as long; null if there is none.</summary>
    protected virtual double? Degree => 1;

    /// <summary>The smallest number of tasks for which the weighting is meant.</summary>
    protected virtual int LeastTasks => 1;

    /// <summary>The number of steps on other gradients before the tested step.</summary>
    protected virtual int StepsBefore => 0;

    /// <summary>The kinds of gradients on which no step increases the loss of any task to first order.</summary>
    protected virtual string[] NonConflictingOn => [];

    /// <summary>True if the step is linear in the length of each gradient.</summary>
    protected virtual bool LinearUnderRowScaling => false;

    /// <summary>True if changing the order of the tasks only changes the order of the weights.</summary>
    protected virtual bool PermutationEquivariant => true;

    /// <summary>True if gradient descent on two quadratics ends at a Pareto optimum, where no direction lowers both.</summary>
    protected virtual bool Settles => true;

    /// <summary>The learning rate of the descent on quadratics. It must fall for a weighting whose step does not vanish at a Pareto
    /// optimum.</summary>
    protected virtual double Rate(int step) => 0.05;

    /// <summary>A falling learning rate whose sum is infinite.</summary>
    private protected static double Falling(double first, int step) => first / (1 + (step / 20.0));

    /// <summary>The sum of the weights; null if it is not fixed.</summary>
    protected virtual double? SumOfWeights(int tasks) => null;

    /// <summary>The weight of a single task by the norm of its gradient; 1 is plain gradient descent.</summary>
    protected virtual double WeightOfOne(double norm) => 1;

    /// <summary>The weight of a task whose trunk gradient is zero, which still applies to its head.</summary>
    protected virtual double WeightWithoutGradient(double[] others) => others.Length == 0 ? 1 : others.Average();

    /// <summary>The largest difference of two sets of weights, in units of the weighted gradients.</summary>
    private static double Difference(double[][] j, double[] w, double[] other)
    {
        var g = Gradients.Gramian(j);
        var size = Math.Max(Gradients.Size(g, w), Gradients.Size(g, other));
        return size == 0 ? 0 : w.Select((value, t) => Math.Abs(value - other[t]) * g.Norm(t) / size).Max();
    }

    private static void AssertClaim(bool claimed, double worst)
    {
        if (claimed)
        {
            Assert.InRange(worst, 0, Close);
        }
        else
        {
            Assert.True(worst > Apart, "it holds in all examples: claim it");
        }
    }

    /// <summary>Draws the same examples in each run.</summary>
    private static IEnumerable<T> Drawn<T>(Gen<T> gen)
    {
        var random = new PCG(3, 20240607);
        for (var i = 0; i < Draws; i++)
        {
            yield return gen.Generate(random, null, out _);
        }
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static double[] Balance(GramianWeighting weighting, double[][] j, double[]? losses = null) =>
        weighting.Balance(Gradients.Gramian(j).Values.ToArray(), losses ?? [.. Enumerable.Range(0, j.Length).Select(t => 1 + (0.25 * t))]);

    private GramianWeighting Seeded(int tasks)
    {
        torch.manual_seed(17);
        return Create(tasks);
    }

    /// <summary>The weights of a new weighting after the steps before, with the tasks in the given order.</summary>
    private double[] Step(double[][] j, int[]? order = null)
    {
        using var weighting = Seeded(j.Length);
        order ??= [.. Enumerable.Range(0, j.Length)];
        double[] losses = [.. order.Select(t => 1 + (0.25 * t))];
        for (var step = 0; step < StepsBefore; step++)
        {
            var before = Gradients.Of("conflicting", j.Length, 900 + step);
            Balance(weighting, [.. order.Select(t => before[t])], [.. losses.Select((loss, i) => loss / (1 + step + (order[i] * 0.1)))]);
        }

        return Balance(weighting, j, losses);
    }
}
