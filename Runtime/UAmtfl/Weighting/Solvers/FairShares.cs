namespace UAmtfl.Weighting.Solvers;

/// <summary>Finds y, s &gt; 0 with Cy = s and log s + log D + (log y − log D)/α = 0, by Newton's method on both equations.</summary>
/// <remarks>s is a separate variable, as in interior-point methods. The steps begin where the second equation holds and the first does
/// not, and never meet a sum Cy that is negative; each has a positive definite system, (C + diag(s/(αy))) δ. The first equation counts
/// as solved when its error is in the last digits of the sums. If the norms differ so much that the steps get stuck, the logarithms of
/// the norms are raised from 0 in parts, and each part starts from the solution of the one before.</remarks>
/// <param name="rows">The cosines C and the norms D.</param>
/// <param name="alpha">The exponent α, above 0.</param>
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

    /// <summary>Solves the equations.</summary>
    /// <returns>The solution y; null if the steps end before the equations hold.</returns>
    public double[]? Solve()
    {
        double[] all = [.. rows.Norms.Select(d => Math.Log(d))];
        // A common factor of the norms becomes a power of it in y. Centring the logarithms makes the numbers as moderate as possible.
        var middle = (all.Max() + all.Min()) / 2;
        double[] logarithms = [.. all.Select(l => l - middle)];
        // This is the solution without conflicts, C = I.
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
            var next = Newton(
                [.. logarithms.Select(l => l * to)],
                new([.. point.Y.Zip(factors, (a, b) => a * b)], [.. point.S.Zip(factors, (a, b) => a * b)]));
            (point, done, part) = next is null ? (part / 4 < LeastPart ? null : point, done, part / 4) : (next, to, part * 2);
        }

        return point;
    }

    private Point? Newton(double[] logarithms, Point at)
    {
        var errors = ErrorsAt(at, logarithms);
        for (var iteration = 0; iteration < Iterations && !Holds(at, errors, Exact); iteration++)
        {
            if (Step(at, errors) is not var (deltaY, deltaS) || Along(at, deltaY, deltaS, logarithms, errors) is not { } next)
            {
                break;
            }

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

        if (!system.Factorise(n))
        {
            return null;
        }

        system.Solve(n, step);
        return (step, [.. step.Select((d, i) => at.S[i] * (errors.Powers[i] - (d / (alpha * at.Y[i]))))]);
    }

    /// <summary>Returns the next point, as far along the step as both variables stay positive and the errors get smaller.</summary>
    private Point? Along(Point at, double[] deltaY, double[] deltaS, double[] logarithms, Errors errors)
    {
        var length = 1.0;
        for (var i = 0; i < n; i++)
        {
            if (deltaY[i] < 0)
            {
                length = Math.Min(length, -0.95 * at.Y[i] / deltaY[i]);
            }

            if (deltaS[i] < 0)
            {
                length = Math.Min(length, -0.95 * at.S[i] / deltaS[i]);
            }
        }

        var before = Size(errors, errors.Sizes);
        for (var halvings = 0; halvings < 40; halvings++, length /= 2)
        {
            Point to = new([.. at.Y.Select((v, i) => v + (length * deltaY[i]))], [.. at.S.Select((v, i) => v + (length * deltaS[i]))]);
            if (Size(ErrorsAt(to, logarithms), errors.Sizes) < before * (1 - (1e-4 * length)))
            {
                return to;
            }
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
            var allowed = Math.Max(Rounding * n * errors.Sizes[i], tolerance * at.S[i]);
            if (!(Math.Abs(errors.Powers[i]) <= tolerance && Math.Abs(errors.Sums[i]) <= allowed))
            {
                return false;
            }
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

    /// <summary>The errors of the two equations.</summary>
    /// <param name="Sums">The error of the first equation, s − Cy.</param>
    /// <param name="Powers">The error of the second equation.</param>
    /// <param name="Sizes">The sum of the sizes of the first equation's terms, |C|y + s.</param>
    private sealed record Errors(double[] Sums, double[] Powers, double[] Sizes);
}
