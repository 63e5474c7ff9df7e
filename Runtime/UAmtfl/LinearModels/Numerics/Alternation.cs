using UAmtfl.Evaluation;
using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>An objective F(x, y) of two vectors of variables, quadratic in x, which <see cref="Alternation"/> minimises.</summary>
internal abstract class TwoBlocks
{
    /// <summary>Returns the y that minimises F(x, y), by a search that begins at <paramref name="start"/>. The arguments are not
    /// changed.</summary>
    public abstract double[] SolveSecond(double[] x, double[] start);

    /// <summary>Returns the value F(x, y).</summary>
    public abstract double Objective(double[] x, double[] y);

    /// <summary>Returns the gradient ∂F/∂x.</summary>
    public abstract double[] Gradient(double[] x, double[] y);

    /// <summary>Returns the function that multiplies a vector by (∂²F/∂x²)⁻¹, so that x − precondition(gradient) minimises F(x, y) over
    /// x.</summary>
    public abstract Func<double[], double[]> Preconditioner(double[] x, double[] y);

    /// <summary>Returns a measure without units of how far x is from stationary if y is the best for it; 0 if it is stationary.</summary>
    public abstract double Gap(double[] x, double[] y, double[] gradient);
}

/// <summary>Minimises an objective F(x, y) of two vectors by L-BFGS (Nocedal 1980) on f(x) = min over y of F(x, y), because minimising
/// over x and y in turn is slow along narrow valleys that lie across both. The first step is that of minimising in turn, and so is every
/// step without earlier steps to learn from.</summary>
internal static class Alternation
{
    private const int Memory = 20;

    /// <summary>The fraction of the decrease predicted by the gradient that a step must reach (Armijo's condition).</summary>
    private const double Sufficient = 1e-4;

    /// <summary>The relative increase of the objective up to which it counts as rounding.</summary>
    private const double Rounding = 1e-14;

    /// <summary>The point at which a minimisation ended.</summary>
    /// <param name="First">The first block, x.</param>
    /// <param name="Second">The second block, y.</param>
    /// <param name="Objective">The objective at the start and after each round; it never rises.</param>
    /// <param name="Certificate">The optimality gap that was reached.</param>
    public sealed record End(double[] First, double[] Second, IReadOnlyList<double> Objective, Certificate Certificate);

    /// <summary>Minimises an objective until the gap is within the tolerance, or the rounds are used up.</summary>
    /// <param name="problem">The objective F.</param>
    /// <param name="first">The initial x.</param>
    /// <param name="second">The initial y.</param>
    /// <param name="rounds">The maximum number of rounds, at least 1.</param>
    /// <param name="tolerance">The gap at which the minimisation stops, above 0.</param>
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
                    // Nothing but rounding is left if not even the step of minimising in turn lowers the objective.
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

    /// <summary>Returns the direction of L-BFGS by its two-loop recursion, with the inverse Hessian of F in x in place of the usual
    /// multiple of the identity.</summary>
    private static double[] Direction(
        List<(double[] Step, double[] Change)> memory, double[] gradient, Func<double[], double[]> precondition)
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

    /// <summary>Returns the first point at 1, ½, ¼, … of the direction that lowers the objective enough, or null if there is
    /// none.</summary>
    private static (double[] X, double[] Y, double Value)? Search(
        TwoBlocks problem, double[] x, double[] y, double value, double[] direction, double slope)
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

    /// <summary>Remembers a step and its change of the gradient for L-BFGS, unless f does not curve upwards along the step.</summary>
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
