namespace UAmtfl.Evaluation.Statistics;

/// <summary>Computes the incomplete gamma and beta functions, and tails of distributions from them, to about 1e-13 (Press et al.,
/// <i>Numerical Recipes</i>, third edition, sections 6.1 to 6.4).</summary>
internal static class SpecialFunctions
{
    private const double Tiny = 1e-300;
    private const double Precision = 1e-15;
    private const int MostTerms = 10_000;

    /// <summary>Lanczos' coefficients for g = 7 and nine terms.</summary>
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Returns P(X > x) for X ~ χ² with a number of degrees of freedom.</summary>
    public static double ChiSquareTail(double x, double freedom) => x <= 0 ? 1 : UpperGamma(freedom / 2, x / 2);

    /// <summary>Returns P(X > x) for X ~ F with (<paramref name="above"/>, <paramref name="below"/>) degrees of freedom.</summary>
    public static double FTail(double x, double above, double below) =>
        x <= 0 ? 1 : double.IsPositiveInfinity(x) ? 0 : Beta(below / 2, above / 2, below / (below + above * x));

    /// <summary>Returns P(X ≤ x) for X ~ N(0, 1).</summary>
    public static double Normal(double x)
    {
        var tail = 0.5 * UpperGamma(0.5, x * x / 2);
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>Returns ln Γ(x) for x > 0.</summary>
    public static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        }

        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (x - 1 + i);
        }

        var t = x + 6.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    /// <summary>Returns the regularised upper incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a).</summary>
    private static double UpperGamma(double a, double x)
    {
        if (x <= 0)
        {
            return 1;
        }

        var factor = Math.Exp(a * Math.Log(x) - x - LogGamma(a));
        if (x < a + 1)
        {
            var (term, sum) = (1 / a, 1 / a);
            for (var n = 1; n < MostTerms && term > sum * Precision; n++)
            {
                term *= x / (a + n);
                sum += term;
            }

            return 1 - factor * sum;
        }

        // This is Lentz's continued fraction: b₀ = x + 1 − a, then −n (n − a) over b + 2.
        var b = x + 1 - a;
        var (c, d) = (1 / Tiny, 1 / b);
        var h = d;
        for (var n = 1; n < MostTerms; n++)
        {
            var an = -n * (n - a);
            b += 2;
            (c, d) = (Nonzero(b + an / c), 1 / Nonzero(an * d + b));
            h *= c * d;
            if (Math.Abs(c * d - 1) < Precision)
            {
                break;
            }
        }

        return factor * h;
    }

    /// <summary>Returns the regularised incomplete beta function I_x(a, b).</summary>
    private static double Beta(double a, double b, double x)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        // The continued fraction converges fast below the mean; above it, use the symmetry I_x(a, b) = 1 − I_{1−x}(b, a).
        var factor = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return x < (a + 1) / (a + b + 2) ? factor * BetaFraction(a, b, x) / a : 1 - factor * BetaFraction(b, a, 1 - x) / b;
    }

    private static double BetaFraction(double a, double b, double x)
    {
        var (c, d) = (1.0, 1 / Nonzero(1 - (a + b) * x / (a + 1)));
        var h = d;
        for (var m = 1; m < MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            (c, d) = (Nonzero(1 + even / c), 1 / Nonzero(1 + even * d));
            h *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            (c, d) = (Nonzero(1 + odd / c), 1 / Nonzero(1 + odd * d));
            h *= c * d;
            if (Math.Abs(c * d - 1) < Precision)
            {
                break;
            }
        }

        return h;
    }

    private static double Nonzero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
