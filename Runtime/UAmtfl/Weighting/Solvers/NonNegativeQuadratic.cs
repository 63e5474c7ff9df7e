using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Solvers;

/// <summary>Minimises ½ xᵀHx − bᵀx over x ≥ 0, with H symmetric, positive semidefinite, with a diagonal of order 1, and b in its
/// range.</summary>
/// <remarks>Passes of coordinate descent guess which coordinates are 0. Projected Newton steps on the others (Bertsekas 1982, <i>Projected
/// Newton methods for optimization problems with simple constraints</i>, SIAM J. Control Optim. 20) make the guess exact, usually after
/// one or two factorisations. A step that does not help is replaced by one that ends at the first coordinate that becomes 0, which
/// never makes the objective worse. A Newton step is a step of the proximal point method: a tiny multiple of the identity is added so
/// that every H can be factorised, and it leaves no bias in the limit, because the step solves for a correction.</remarks>
/// <param name="matrix">The matrix H [n, n], row by row; not copied.</param>
/// <param name="size">The number of coordinates n.</param>
internal sealed class NonNegativeQuadratic(double[] matrix, int size)
{
    private const double Proximal = 1e-12;
    private const double Tolerance = 1e-14;
    private const double Enough = 1e-11;
    private const int FirstSweeps = 6;
    private const int Rounds = 15;

    private readonly PanelCholesky system = new(size);
    private readonly double[] gradient = new double[size];
    private readonly double[] otherGradient = new double[size];
    private readonly double[] other = new double[size];
    private readonly double[] step = new double[size];
    private readonly int[] free = new int[size];
    private readonly int[] factorised = new int[size];
    private int factorisedCount;

    /// <summary>The number of factorisations that the last problem took.</summary>
    public int Factorisations { get; private set; }

    /// <summary>Minimises from the start x, which the solution replaces.</summary>
    /// <param name="b">The linear term b [n].</param>
    /// <param name="x">The start [n], not negative, which the solution replaces.</param>
    /// <param name="warm">True if the start is the solution of a similar problem, so that no passes are needed to guess which
    /// coordinates are 0.</param>
    /// <returns>The largest violation of the optimality conditions, relative to the sizes of b and x.</returns>
    public double Solve(ReadOnlySpan<double> b, double[] x, bool warm = false)
    {
        Factorisations = 0;
        Gradient(b, x, gradient);
        var last = double.PositiveInfinity;
        for (var round = 0; ; round++)
        {
            for (var sweep = round == 0 && !warm ? FirstSweeps : 1; sweep > 0; sweep--)
            {
                Sweep(x);
            }

            Gradient(b, x, gradient);
            var scale = Scale(b, x);
            var violation = Violation(x, gradient) / scale;
            if (violation <= Tolerance || (violation <= Enough && violation > last / 2))
            {
                return violation;
            }

            if (round == Rounds)
            {
                ActiveSet(b, x);
                return Violation(x, gradient) / Scale(b, x);
            }

            last = violation;
            if (!ProjectedNewton(b, x, scale))
            {
                ToTheFirstBound(b, x, entering: -1);
            }
        }
    }

    /// <summary>Returns the largest violation of the optimality conditions by x with the gradient Hx − b.</summary>
    private static double Violation(double[] x, double[] gradient)
    {
        var worst = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            worst = Math.Max(worst, x[i] > 0 ? Math.Abs(gradient[i]) : -gradient[i]);
        }

        return worst;
    }

    private static double Scale(ReadOnlySpan<double> b, double[] x)
    {
        var sum = Vectors.LargestSize(b);
        foreach (var value in x)
        {
            sum += value;
        }

        return sum > 0 ? sum : 1;
    }

    /// <summary>Returns the objective ½ xᵀHx − bᵀx, computed from the gradient.</summary>
    private static double Objective(ReadOnlySpan<double> b, double[] x, double[] gradient) =>
        0.5 * (Vectors.Dot(x, gradient) - Vectors.Dot(x, b));

    private ReadOnlySpan<double> Row(int i) => matrix.AsSpan(i * size, size);

    private void Gradient(ReadOnlySpan<double> b, double[] x, double[] result)
    {
        for (var i = 0; i < size; i++)
        {
            result[i] = -b[i];
        }

        for (var i = 0; i < size; i++)
        {
            if (x[i] != 0)
            {
                Vectors.AddScaled(result, x[i], Row(i));
            }
        }
    }

    /// <summary>Makes one pass of coordinate descent.</summary>
    private void Sweep(double[] x)
    {
        for (var i = 0; i < size; i++)
        {
            var value = Math.Max(0, x[i] - (gradient[i] / matrix[(i * size) + i]));
            if (value == x[i])
            {
                continue;
            }

            Vectors.AddScaled(gradient, value - x[i], Row(i));
            x[i] = value;
        }
    }

    /// <summary>Steps to the minimum over the coordinates that are positive or whose gradient makes them so, and sets negative
    /// coordinates to 0.</summary>
    /// <returns>True if the step was progress; if it was not, x and the gradient are as before.</returns>
    private bool ProjectedNewton(ReadOnlySpan<double> b, double[] x, double scale)
    {
        var count = 0;
        for (var i = 0; i < size; i++)
        {
            if (x[i] > 0 || gradient[i] < -Tolerance * scale)
            {
                free[count++] = i;
            }
        }

        if (!Correction(count))
        {
            return false;
        }

        x.CopyTo(other, 0);
        for (var k = 0; k < count; k++)
        {
            other[free[k]] = Math.Max(0, x[free[k]] + step[k]);
        }

        Gradient(b, other, otherGradient);
        var (before, after) = (Objective(b, x, gradient), Objective(b, other, otherGradient));
        // The optimality conditions decide near the solution, because the objective no longer changes in any digit there.
        if (after >= before - (1e-12 * Math.Abs(before)) && Violation(other, otherGradient) > 0.5 * Violation(x, gradient))
        {
            return false;
        }

        other.CopyTo(x, 0);
        otherGradient.CopyTo(gradient, 0);
        return true;
    }

    /// <summary>Solves from 0 by adding one coordinate at a time, the one with the steepest gradient (Lawson and Hanson 1974,
    /// <i>Solving least squares problems</i>, chapter 23). It is slow but certain, and is used for gradients that are so nearly
    /// dependent that the guesses go in circles.</summary>
    private void ActiveSet(ReadOnlySpan<double> b, double[] x)
    {
        Array.Clear(x);
        for (var entered = 0; entered < 4 * size; entered++)
        {
            Gradient(b, x, gradient);
            var entering = -1;
            for (var i = 0; i < size; i++)
            {
                if (x[i] == 0 && gradient[i] < (entering < 0 ? -Enough * Scale(b, x) : gradient[entering]))
                {
                    entering = i;
                }
            }

            if (entering < 0)
            {
                return;
            }

            var drops = 0;
            while (!ToTheFirstBound(b, x, entering) && drops++ < size)
            {
                entering = -1;
            }

            // The existing factor removes the error that the multiple of the identity left.
            ToTheFirstBound(b, x, entering: -1);
        }
    }

    /// <summary>Steps to the minimum over the positive coordinates and one more, or as far towards it as all stay positive.</summary>
    /// <returns>True if the minimum was reached.</returns>
    private bool ToTheFirstBound(ReadOnlySpan<double> b, double[] x, int entering)
    {
        var count = 0;
        for (var i = 0; i < size; i++)
        {
            if (x[i] > 0 || i == entering)
            {
                free[count++] = i;
            }
        }

        if (!Correction(count))
        {
            return true;
        }

        // A coordinate that should enter and then moves out depends on the others, except for rounding.
        if (entering >= 0 && step[free.AsSpan(0, count).IndexOf(entering)] <= 0)
        {
            return true;
        }

        var (length, first) = (1.0, -1);
        for (var k = 0; k < count; k++)
        {
            if (free[k] != entering && x[free[k]] + (length * step[k]) < 0)
            {
                (length, first) = (-x[free[k]] / step[k], free[k]);
            }
        }

        for (var k = 0; k < count; k++)
        {
            x[free[k]] = free[k] == first ? 0 : Math.Max(0, x[free[k]] + (length * step[k]));
        }

        Gradient(b, x, gradient);
        return first < 0;
    }

    /// <summary>Solves (H + εI) δ = −gradient on the first of the free coordinates. If they are the same as last time, the factor is used
    /// again.</summary>
    private bool Correction(int count)
    {
        if (count == 0)
        {
            return false;
        }

        if (!free.AsSpan(0, count).SequenceEqual(factorised.AsSpan(0, factorisedCount)))
        {
            factorisedCount = 0;
            Factorisations++;
            for (var k = 0; k < count; k++)
            {
                var from = Row(free[k]);
                var into = system.Row(k);
                for (var l = k; l < count; l++)
                {
                    into[l] = from[free[l]];
                }

                into[k] += Proximal;
            }

            if (!system.Factorise(count))
            {
                return false;
            }

            free.CopyTo(factorised, 0);
            factorisedCount = count;
        }

        for (var k = 0; k < count; k++)
        {
            step[k] = -gradient[free[k]];
        }

        system.Solve(count, step);
        return true;
    }
}
