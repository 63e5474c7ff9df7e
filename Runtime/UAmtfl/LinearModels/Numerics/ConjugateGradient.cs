using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Solves Hx = b, with H symmetric and positive semidefinite, by preconditioned conjugate gradients (Hestenes and Stiefel
/// 1952). A start is never made worse, because every step lowers ½ xᵀHx − bᵀx.</summary>
internal static class ConjugateGradient
{
    /// <summary>Solves the system, starting from the <paramref name="x"/> given.</summary>
    /// <param name="apply">Maps v to Hv.</param>
    /// <param name="precondition">Fills its second argument with an approximation of H⁻¹ times its first.</param>
    /// <param name="b">The right side.</param>
    /// <param name="x">The start, which the solution replaces.</param>
    /// <param name="tolerance">The relative residual ‖b − Hx‖ / ‖b‖ at which the solver stops.</param>
    /// <param name="steps">The maximum number of steps.</param>
    /// <returns>The relative residual ‖b − Hx‖ / ‖b‖ that the recursion computes.</returns>
    public static double Solve(
        Func<double[], double[]> apply,
        Action<double[], double[]> precondition,
        double[] b,
        double[] x,
        double tolerance = 1e-10,
        int steps = 2000)
    {
        var residual = b.ToArray();
        Vectors.AddScaled(residual, -1, apply(x));
        var norm = Math.Max(Math.Sqrt(Vectors.Dot(b, b)), double.Epsilon);
        var (z, direction, last) = (new double[b.Length], new double[b.Length], 0.0);
        while (true)
        {
            var size = Math.Sqrt(Vectors.Dot(residual, residual)) / norm;
            if (size <= tolerance || steps-- == 0)
            {
                return size;
            }

            precondition(residual, z);
            var product = Vectors.Dot(residual, z);
            if (product <= 0)
            {
                return size;
            }

            for (var i = 0; i < z.Length; i++)
            {
                direction[i] = z[i] + (last == 0 ? 0 : product / last * direction[i]);
            }

            var image = apply(direction);
            var curvature = Vectors.Dot(direction, image);
            if (curvature <= 0)
            {
                return size;   // The rest of the residual is in the null space of H.
            }

            Vectors.AddScaled(x, product / curvature, direction);
            Vectors.AddScaled(residual, -product / curvature, image);
            last = product;
        }
    }
}
