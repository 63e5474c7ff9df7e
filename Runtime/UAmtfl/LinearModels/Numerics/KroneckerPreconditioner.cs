using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>A preconditioner of conjugate gradients for systems over vectors [m, d] that contain the covariances C_t of the tasks. It
/// replaces each of them by their mean C̄ = V diag(ν) Vᵀ, because the system is then diagonal in the basis of V on one side and of an m
/// × m matrix A = P diag(μ) Pᵀ on the other. It is exact for tasks that share all rows.</summary>
/// <param name="spectrum">The eigenvalues ν and the eigenvectors V of C̄.</param>
/// <param name="coupling">The matrix A [m, m].</param>
/// <param name="scales">The factors h [m] that scale the rows before and after.</param>
/// <param name="eigenvalue">Returns the system's eigenvalue for ν and μ.</param>
internal sealed class KroneckerPreconditioner(
    (double[] Values, double[] Vectors) spectrum, double[] coupling, double[] scales, Func<double, double, double> eigenvalue)
{
    private readonly (double[] Values, double[] Vectors) side = CovarianceRidge.Decompose(coupling, scales.Length);

    /// <summary>Fills <paramref name="result"/> with approximately H⁻¹ times <paramref name="residual"/>, and with 0 in the null space of
    /// H.</summary>
    public void Apply(double[] residual, double[] result)
    {
        var (d, m) = (spectrum.Values.Length, scales.Length);
        var inner = Vectors.Product(Scaled(residual), d, spectrum.Vectors, d);
        var rotated = Vectors.Product(side.Vectors, m, inner, d, transposeA: true);
        var largest = eigenvalue(spectrum.Values[^1], side.Values[^1]);
        for (var i = 0; i < rotated.Length; i++)
        {
            var value = eigenvalue(Math.Max(spectrum.Values[i % d], 0), Math.Max(side.Values[i / d], 0));
            rotated[i] = value > 1e-13 * largest ? rotated[i] / value : 0;
        }

        var back = Vectors.Product(side.Vectors, m, rotated, d);
        Scaled(Vectors.Product(back, d, spectrum.Vectors, d, transposeB: true)).CopyTo(result, 0);
    }

    private double[] Scaled(double[] rows)
    {
        var (d, scaled) = (spectrum.Values.Length, rows.ToArray());
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] *= scales[i / d];
        }

        return scaled;
    }
}
