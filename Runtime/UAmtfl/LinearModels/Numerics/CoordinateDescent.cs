using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Minimises ½ bᵀGb − qᵀb + Σ_j l_j |b_j| + r/2 ‖b‖² over b, optionally with b ≥ 0, by coordinate descent with covariance updates
/// on an active set (Friedman, Hastie and Tibshirani 2010, <i>Regularization paths for generalized linear models via coordinate
/// descent</i>, section 2.2). A weight l_j = ∞ keeps b_j at 0.</summary>
/// <remarks>The active set only grows, so that along a path of falling strengths its part of G is copied once. A coordinate enters it when
/// its optimality condition is violated; the solution is verified on all coordinates with a newly computed gradient.</remarks>
/// <param name="size">The number of coordinates d.</param>
internal sealed class CoordinateDescent(int size)
{
    private readonly int[] active = new int[size];
    private readonly bool[] isActive = new bool[size];
    private readonly double[] gradient = new double[size];
    private readonly double[] activeGradient = new double[size];
    private readonly double[] activeValues = new double[size];
    private readonly double[] activeWeights = new double[size];
    private double[] gram = [];
    private double[] activeGram = [];
    private double smallest;
    private int stride;
    private int count;

    /// <summary>Starts on another symmetric matrix G [d, d], which is not copied.</summary>
    public void Reset(double[] matrix)
    {
        gram = matrix;
        count = 0;
        Array.Clear(isActive);
        // The coefficient of a column that is constant but for rounding stays 0.
        smallest = 1e-14 * Enumerable.Range(0, size).Max(j => matrix[(j * size) + j]);
    }

    /// <summary>Minimises from the start <paramref name="b"/>, which the solution replaces.</summary>
    /// <param name="q">The linear term q [d].</param>
    /// <param name="weights">The weights l [d] of the absolute values.</param>
    /// <param name="ridge">The strength r of the squared norm.</param>
    /// <param name="b">The start [d], which the solution replaces.</param>
    /// <param name="tolerance">The largest violation of the optimality conditions at which the descent stops.</param>
    /// <param name="nonNegative">True if b must be at least 0.</param>
    /// <param name="sweeps">The maximum number of passes over the active set.</param>
    /// <returns>The largest violation; above the tolerance if the passes were used up.</returns>
    public double Solve(
        double[] q, double[] weights, double ridge, double[] b, double tolerance, bool nonNegative = false, int sweeps = 100_000)
    {
        for (var j = 0; j < size; j++)
        {
            if (gram[(j * size) + j] <= smallest)
            {
                b[j] = 0;
            }

            if (b[j] != 0 && !isActive[j])
            {
                Activate(j);
            }
        }

        while (true)
        {
            Gradient(q, b);
            var worst = 0.0;
            for (var j = 0; j < size; j++)
            {
                if (gram[(j * size) + j] <= smallest)
                {
                    continue;
                }

                var violation = Violation(gradient[j] - (ridge * b[j]), b[j], weights[j], nonNegative);
                worst = Math.Max(worst, violation);
                if (violation > tolerance && !isActive[j])
                {
                    Activate(j);
                }
            }

            if (worst <= tolerance || sweeps <= 0)
            {
                return worst;
            }

            for (var a = 0; a < count; a++)
            {
                (activeValues[a], activeGradient[a], activeWeights[a]) = (b[active[a]], gradient[active[a]], weights[active[a]]);
            }

            sweeps = Sweep(ridge, tolerance / 2, nonNegative, sweeps);
            for (var a = 0; a < count; a++)
            {
                b[active[a]] = activeValues[a];
            }
        }
    }

    /// <summary>Measures how far one coordinate is from optimal: the distance of 0 from the subdifferential.</summary>
    /// <param name="slope">The number (q − Gb − rb)_j.</param>
    /// <param name="value">The coordinate b_j.</param>
    /// <param name="weight">The weight l_j.</param>
    /// <param name="nonNegative">True if b must be at least 0.</param>
    public static double Violation(double slope, double value, double weight, bool nonNegative) =>
        value != 0 ? Math.Abs(slope - (weight * Math.Sign(value)))
        : Math.Max((nonNegative ? slope : Math.Abs(slope)) - weight, 0);

    /// <summary>Passes over the active set until its coordinates are optimal, the others being fixed.</summary>
    private int Sweep(double ridge, double tolerance, bool nonNegative, int sweeps)
    {
        var slopes = activeGradient.AsSpan(0, count);
        var passed = 0;
        for (var worst = double.PositiveInfinity; worst > tolerance && sweeps > 0; sweeps--)
        {
            // This number of passes takes about as long as a factorisation.
            if (++passed % Math.Max(10, count / 6) == 0)
            {
                NewtonStep(ridge);
            }

            for (var a = 0; a < count; a++)
            {
                var row = activeGram.AsSpan(a * stride, count);
                var old = activeValues[a];
                var value = Soft(slopes[a] + (row[a] * old), activeWeights[a], nonNegative) / (row[a] + ridge);
                if (value == old)
                {
                    continue;
                }

                activeValues[a] = value;
                Vectors.AddScaled(slopes, old - value, row);
            }

            worst = 0;
            for (var a = 0; a < count; a++)
            {
                worst = Math.Max(worst, Violation(slopes[a] - (ridge * activeValues[a]), activeValues[a], activeWeights[a], nonNegative));
            }
        }

        return sweeps;
    }

    /// <summary>Steps to the minimum over the coordinates that are not 0, or until the first of them becomes 0. It is needed because
    /// coordinate descent ends slowly if inputs are correlated.</summary>
    private void NewtonStep(double ridge)
    {
        int[] support = [.. Enumerable.Range(0, count).Where(a => activeValues[a] != 0)];
        if (support.Length == 0)
        {
            return;
        }

        var step = new double[support.Length];
        var system = new double[support.Length][];
        var size = support.Max(a => activeGram[(a * stride) + a]) + ridge;
        for (var i = 0; i < support.Length; i++)
        {
            var a = support[i];
            step[i] = activeGradient[a] - (ridge * activeValues[a]) - (activeWeights[a] * Math.Sign(activeValues[a]));
            system[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                system[i][j] = activeGram[(a * stride) + support[j]];
            }

            // The small number added makes the system regular if there are more coordinates than directions: a step along a direction
            // that changes nothing becomes a long one, which ends where a coordinate becomes 0.
            system[i][i] += ridge + (1e-11 * size);
        }

        if (!Cholesky.Solve(system, step))
        {
            return;
        }

        var (length, first) = (1.0, -1);
        for (var i = 0; i < support.Length; i++)
        {
            var reach = -activeValues[support[i]] / step[i];
            if (reach > 0 && reach <= length)
            {
                (length, first) = (reach, i);
            }
        }

        for (var i = 0; i < support.Length; i++)
        {
            var (a, old) = (support[i], activeValues[support[i]]);
            activeValues[a] = i == first ? 0 : old + (length * step[i]);
            Vectors.AddScaled(activeGradient.AsSpan(0, count), old - activeValues[a], activeGram.AsSpan(a * stride, count));
        }
    }

    private static double Soft(double z, double weight, bool nonNegative) =>
        z > weight ? z - weight : z < -weight && !nonNegative ? z + weight : 0;

    private void Gradient(double[] q, double[] b)
    {
        q.CopyTo(gradient, 0);
        for (var a = 0; a < count; a++)
        {
            var j = active[a];
            if (b[j] != 0)
            {
                Vectors.AddScaled(gradient, -b[j], gram.AsSpan(j * size, size));
            }
        }
    }

    private void Activate(int j)
    {
        if (count == stride)
        {
            Grow();
        }

        isActive[j] = true;
        active[count] = j;
        for (var a = 0; a <= count; a++)
        {
            activeGram[(count * stride) + a] = activeGram[(a * stride) + count] = gram[(j * size) + active[a]];
        }

        count++;
    }

    private void Grow()
    {
        var wider = Math.Min(size, Math.Max(32, 2 * stride));
        var grown = new double[wider * wider];
        for (var a = 0; a < count; a++)
        {
            activeGram.AsSpan(a * stride, count).CopyTo(grown.AsSpan(a * wider, count));
        }

        (activeGram, stride) = (grown, wider);
    }
}
