using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Solvers;

/// <summary>y, s &gt; 0 with Cy = s and log s + log D + (log y − log D)/α = 0, by Newton's method on both equations.</summary>
/// <remarks>s is a variable of its own, as in interior-point methods: the steps begin where the second equation holds and the first does not, never meet a sum Cy that is negative, and each
/// has a positive definite system, (C + diag(s/(αy))) δ. The first equation is left as soon as its error is of the last digits of the sums. If norms lie so far apart that the steps get stuck, the
/// logarithms of the norms grow from 0 in parts, and each part begins where the last ended.</remarks>
/// <param name="rows">C and D.</param>
/// <param name="alpha">α, above 0.</param>
internal sealed class FairShares(UnitRows rows, double alpha)
{
    private const double Exact = 1e-13;
    private const double Accepted = 1e-9;
    private const double Rounding = 1e-15;
    private const double LeastPart = 1e-3;
    private const int Iterations = 200;

    private readonly int n = rows.Count;
    private readonly double exponent = (1 - alpha) / (1 + alpha);
    private readonly PanelCholesky system = new(rows.Count);

    /// <summary>Solves.</summary>
    /// <returns>y; null where the steps end before the equations hold.</returns>
    public double[]? Solve()
    {
        double[] all = [.. rows.Norms.Select(d => Math.Log(d))];
        // A factor of all norms is a power of it in y: in the middle of their logarithms, numbers are as moderate as they can be.
        var middle = (all.Max() + all.Min()) / 2;
        double[] logarithms = [.. all.Select(l => l - middle)];
        // Without conflicts, C = I, it is this.
        double[] free = [.. logarithms.Select(l => Math.Exp(exponent * l))];
        var solved = Newton(logarithms, new(free, free)) ?? InParts(logarithms);
        return solved is null ? null : [.. solved.Y.Select(value => value * Math.Exp(exponent * middle))];
    }

    private Point? InParts(double[] logarithms)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        var (point, done, part) = (Newton(new double[n], new(ones, ones)), 0.0, 0.25);
        while (point is not null && done < 1)
        {
            var to = Math.Min(1, done + part);
            double[] factors = [.. logarithms.Select(l => Math.Exp(exponent * l * (to - done)))];
            var next = Newton([.. logarithms.Select(l => l * to)], new([.. point.Y.Zip(factors, (a, b) => a * b)], [.. point.S.Zip(factors, (a, b) => a * b)]));
            (point, done, part) = next is null ? (part / 4 < LeastPart ? null : point, done, part / 4) : (next, to, part * 2);
        }

        return point;
    }

    private Point? Newton(double[] logarithms, Point at)
    {
        var errors = ErrorsAt(at, logarithms);
        for (var iteration = 0; iteration < Iterations && !Holds(at, errors, Exact); iteration++)
        {
            if (Step(at, errors) is not var (deltaY, deltaS) || Along(at, deltaY, deltaS, logarithms, errors) is not { } next) break;
            (at, errors) = (next, ErrorsAt(next, logarithms));
        }

        return Holds(at, errors, Accepted) ? at : null;
    }

    private (double[] Y, double[] S)? Step(Point at, Errors errors)
    {
        var step = new double[n];
        for (var i = 0; i < n; i++)
        {
            var row = system.Row(i);
            rows.Row(i)[i..].CopyTo(row[i..]);
            row[i] += at.S[i] / (alpha * at.Y[i]);
            step[i] = errors.Sums[i] + (at.S[i] * errors.Powers[i]);
        }

        if (!system.Factorise(n)) return null;
        system.Solve(n, step);
        return (step, [.. step.Select((d, i) => at.S[i] * (errors.Powers[i] - (d / (alpha * at.Y[i]))))]);
    }

    /// <summary>The next point: as far along the step as both stay positive and the errors get smaller.</summary>
    private Point? Along(Point at, double[] deltaY, double[] deltaS, double[] logarithms, Errors errors)
    {
        var length = 1.0;
        for (var i = 0; i < n; i++)
        {
            if (deltaY[i] < 0) length = Math.Min(length, -0.95 * at.Y[i] / deltaY[i]);
            if (deltaS[i] < 0) length = Math.Min(length, -0.95 * at.S[i] / deltaS[i]);
        }

        var before = Size(errors, errors.Sizes);
        for (var halvings = 0; halvings < 40; halvings++, length /= 2)
        {
            Point to = new([.. at.Y.Select((v, i) => v + (length * deltaY[i]))], [.. at.S.Select((v, i) => v + (length * deltaS[i]))]);
            if (Size(ErrorsAt(to, logarithms), errors.Sizes) < before * (1 - (1e-4 * length))) return to;
        }

        return null;
    }

    private double Size(Errors errors, double[] sizes)
    {
        var (sum, weight) = (0.0, Math.Min(1, alpha));
        for (var i = 0; i < n; i++)
        {
            sum += Math.Pow(errors.Sums[i] / sizes[i], 2) + Math.Pow(weight * errors.Powers[i], 2);
        }

        return sum;
    }

    private bool Holds(Point at, Errors errors, double tolerance)
    {
        for (var i = 0; i < n; i++)
        {
            if (!(Math.Abs(errors.Powers[i]) <= tolerance && Math.Abs(errors.Sums[i]) <= Math.Max(Rounding * n * errors.Sizes[i], tolerance * at.S[i]))) return false;
        }

        return true;
    }

    private Errors ErrorsAt(Point at, double[] logarithms)
    {
        var (sums, powers, sizes) = (new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var row = rows.Row(i);
            var (sum, size) = (0.0, at.S[i]);
            for (var j = 0; j < n; j++)
            {
                var term = row[j] * at.Y[j];
                sum += term;
                size += Math.Abs(term);
            }

            sums[i] = at.S[i] - sum;
            powers[i] = -(Math.Log(at.S[i]) + logarithms[i] + ((Math.Log(at.Y[i]) - logarithms[i]) / alpha));
            sizes[i] = size;
        }

        return new(sums, powers, sizes);
    }

    private sealed record Point(double[] Y, double[] S);

    /// <summary>How far the equations are from holding.</summary>
    /// <param name="Sums">s − Cy.</param>
    /// <param name="Powers">What is missing of the second equation.</param>
    /// <param name="Sizes">|C|y + s: what the first equation's terms add up to.</param>
    private sealed record Errors(double[] Sums, double[] Powers, double[] Sizes);
}
