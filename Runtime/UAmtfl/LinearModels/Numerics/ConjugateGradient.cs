using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Preconditioned conjugate gradients for Hx = b, H symmetric and positive semidefinite (Hestenes and Stiefel 1952). Every step lowers ½ xᵀHx − bᵀx, so a
/// start that is good is never made worse.</summary>
internal static class ConjugateGradient
{
    /// <summary>Solves from where <paramref name="x"/> stands.</summary>
    /// <param name="apply">v to Hv.</param>
    /// <param name="precondition">Fills its second argument with what is close to H⁻¹ of its first.</param>
    /// <param name="b">The right side.</param>
    /// <param name="x">The start and the answer.</param>
    /// <param name="tolerance">‖b − Hx‖ / ‖b‖ to stop at.</param>
    /// <param name="steps">How many steps at most.</param>
    /// <returns>‖b − Hx‖ / ‖b‖ as the recursion has it.</returns>
    public static double Solve(Func<double[], double[]> apply, Action<double[], double[]> precondition, double[] b, double[] x, double tolerance = 1e-10, int steps = 2000)
    {
        var residual = b.ToArray();
        Vectors.AddScaled(residual, -1, apply(x));
        var norm = Math.Max(Math.Sqrt(Vectors.Dot(b, b)), double.Epsilon);
        var (z, direction, last) = (new double[b.Length], new double[b.Length], 0.0);
        while (true)
        {
            var size = Math.Sqrt(Vectors.Dot(residual, residual)) / norm;
            if (size <= tolerance || steps-- == 0) return size;
            precondition(residual, z);
            var product = Vectors.Dot(residual, z);
            if (product <= 0) return size;
            for (var i = 0; i < z.Length; i++)
            {
                direction[i] = z[i] + (last == 0 ? 0 : product / last * direction[i]);
            }

            var image = apply(direction);
            var curvature = Vectors.Dot(direction, image);
            if (curvature <= 0) return size;      // what is left lies where H is 0
            Vectors.AddScaled(x, product / curvature, direction);
            Vectors.AddScaled(residual, -product / curvature, image);
            last = product;
        }
    }
}
