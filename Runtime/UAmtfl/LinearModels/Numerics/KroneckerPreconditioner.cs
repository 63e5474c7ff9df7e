using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>A conjugate gradient's preconditioner for systems over vectors [m, d] in which tasks' covariances C_t stand: as if all
/// were their mean C̄ = V diag(ν) Vᵀ. Then the system falls apart in the basis of V on one side and of an m x m matrix A = P diag(μ) Pᵀ on
/// the other. Exact for tasks that share all rows.</summary>
/// <param name="spectrum">ν and V of C̄.</param>
/// <param name="coupling">A [m, m].</param>
/// <param name="scales">h [m]: rows are scaled by it before and after.</param>
/// <param name="eigenvalue">The system's eigenvalue for ν and μ.</param>
internal sealed class KroneckerPreconditioner((double[] Values, double[] Vectors) spectrum, double[] coupling, double[] scales, Func<double, double, double> eigenvalue)
{
    private readonly (double[] Values, double[] Vectors) side = CovarianceRidge.Decompose(coupling, scales.Length);

    /// <summary>Fills <paramref name="result"/> with about H⁻¹ of <paramref name="residual"/>; with 0 where H is 0.</summary>
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
