using UAmtfl.Evaluation;
using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>An objective F(x, y) in two blocks, quadratic in x, that <see cref="Alternation"/> minimises.</summary>
internal abstract class TwoBlocks
{
    /// <summary>argmin over y of F(x, y), from a start. Arguments stay as they are.</summary>
    public abstract double[] SolveSecond(double[] x, double[] start);

    /// <summary>F.</summary>
    public abstract double Objective(double[] x, double[] y);

    /// <summary>∂F/∂x.</summary>
    public abstract double[] Gradient(double[] x, double[] y);

    /// <summary>(∂²F/∂x²)⁻¹ times a vector, so that x − precondition(gradient) is argmin over x of F(x, y).</summary>
    public abstract Func<double[], double[]> Preconditioner(double[] x, double[] y);

    /// <summary>How far (x, y) with the best y is from stationary in x, without units.</summary>
    public abstract double Gap(double[] x, double[] y, double[] gradient);
}

/// <summary>The minimum of an objective in two blocks. Minimising over one block after the other creeps along valleys that lie across both; so f(x) = min over y of F(x, y) is
/// minimised by L-BFGS (Nocedal 1980), whose first step, and whose every step without a memory, is that of the alternation.</summary>
internal static class Alternation
{
    private const int Memory = 20;

    /// <summary>Armijo's: the part of the slope that a step must gain.</summary>
    private const double Sufficient = 1e-4;

    /// <summary>A rise of the objective below this share of it is rounding.</summary>
    private const double Rounding = 1e-14;

    /// <summary>Where it ended.</summary>
    /// <param name="First">The first block.</param>
    /// <param name="Second">The second block.</param>
    /// <param name="Objective">The objective at the start and after each round; it never rises.</param>
    /// <param name="Certificate">How far it got.</param>
    public sealed record End(double[] First, double[] Second, IReadOnlyList<double> Objective, Certificate Certificate);

    /// <summary>Runs to the tolerance, or to the last round.</summary>
    /// <param name="problem">F.</param>
    /// <param name="first">Where the first block starts.</param>
    /// <param name="second">Where the second block starts.</param>
    /// <param name="rounds">How many rounds at most, at least 1.</param>
    /// <param name="tolerance">The gap to reach, above 0.</param>
    public static End Run(TwoBlocks problem, double[] first, double[] second, int rounds, double tolerance)
    {
        var memory = new List<(double[] Step, double[] Change)>();
        var (x, y) = (first, problem.SolveSecond(first, second));
        var values = new List<double> { problem.Objective(x, y) };
        var gradient = problem.Gradient(x, y);
        for (var round = 1; ; round++)
        {
            var gap = problem.Gap(x, y, gradient);
            if (gap <= tolerance || round > rounds)
            {
                return new(x, y, values, new(gap, tolerance, round - 1, "rounds"));
            }

            var direction = Direction(memory, gradient, problem.Preconditioner(x, y));
            var slope = Vectors.Dot(gradient, direction);
            if (!(slope < 0))
            {
                memory.Clear();
                direction = Direction(memory, gradient, problem.Preconditioner(x, y));
                slope = Vectors.Dot(gradient, direction);
            }

            if (Search(problem, x, y, values[^1], direction, slope) is not var (nextX, nextY, value))
            {
                if (memory.Count == 0)
                {
                    // Not even the alternation's own step gains: what is left is rounding.
                    return new(x, y, values, new(gap, tolerance, round, "rounds"));
                }

                memory.Clear();
                continue;
            }

            var next = problem.Gradient(nextX, nextY);
            Remember(memory, Less(nextX, x), Less(next, gradient));
            (x, y, gradient) = (nextX, nextY, next);
            values.Add(Math.Min(value, values[^1]));
        }
    }

    /// <summary>The two loops of L-BFGS, with the Hessian of F in x alone in the place of a multiple of I.</summary>
    private static double[] Direction(List<(double[] Step, double[] Change)> memory, double[] gradient, Func<double[], double[]> precondition)
    {
        var (rest, factors) = (gradient.ToArray(), new double[memory.Count]);
        for (var i = memory.Count - 1; i >= 0; i--)
        {
            var (step, change) = memory[i];
            factors[i] = Vectors.Dot(step, rest) / Vectors.Dot(step, change);
            Vectors.AddScaled(rest, -factors[i], change);
        }

        var direction = precondition(rest);
        for (var i = 0; i < memory.Count; i++)
        {
            var (step, change) = memory[i];
            Vectors.AddScaled(direction, factors[i] - (Vectors.Dot(change, direction) / Vectors.Dot(step, change)), step);
        }

        for (var i = 0; i < direction.Length; i++)
        {
            direction[i] = -direction[i];
        }

        return direction;
    }

    /// <summary>The first of 1, ½, ¼, … times the direction that gains enough; null where none does.</summary>
    private static (double[] X, double[] Y, double Value)? Search(TwoBlocks problem, double[] x, double[] y, double value, double[] direction, double slope)
    {
        for (var size = 1.0; size > 1e-8; size /= 2)
        {
            var next = x.ToArray();
            Vectors.AddScaled(next, size, direction);
            var second = problem.SolveSecond(next, y);
            var reached = problem.Objective(next, second);
            if (reached <= value + (Sufficient * size * slope) + (Rounding * Math.Abs(value)))
            {
                return (next, second, reached);
            }
        }

        return null;
    }

    /// <summary>Keeps a step with its change of the gradient, where f curves upwards along it.</summary>
    private static void Remember(List<(double[] Step, double[] Change)> memory, double[] step, double[] change)
    {
        if (Vectors.Dot(step, change) <= 1e-12 * Math.Sqrt(Vectors.Dot(step, step) * Vectors.Dot(change, change)))
        {
            return;
        }

        memory.Add((step, change));
        if (memory.Count > Memory)
        {
            memory.RemoveAt(0);
        }
    }

    private static double[] Less(double[] a, double[] b)
    {
        var difference = a.ToArray();
        Vectors.AddScaled(difference, -1, b);
        return difference;
    }
}
