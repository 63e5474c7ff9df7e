using UAmtfl.Data;
using static System.Math;
using static TorchSharp.torch;

namespace UAmtfl.WeakSupervision;

/// <summary>Completes a symmetric matrix that is of rank one off its diagonal blocks: min_z Σ (T_ab − z_a z_b)² / (d_a d_b)² over the
/// pairs a, b of different blocks, with d_a² the size of the diagonal entry.</summary>
/// <remarks>The scale makes correlations of covariances. Without it a few rare combinations of votes, whose inverse covariances are
/// large, would decide alone.</remarks>
internal static class RankOne
{
    private const int MostSteps = 500;

    /// <summary>The step has converged if it changes no entry by more than this share of the largest.</summary>
    private const double Tolerance = 1e-14;

    /// <summary>The reciprocal of the condition number below which the equations do not determine z.</summary>
    private const double Singular = 1e-11;

    /// <summary>Finds z up to its sign, by Newton's method of Gauss from the leading eigenvector.</summary>
    /// <param name="target">T [d, d], float64, symmetric, with no 0 on its diagonal.</param>
    /// <param name="blocks">The block of each row, [d].</param>
    /// <param name="why">What to say if fewer than three blocks have entries that differ from 0.</param>
    /// <returns>z [d], with the gradient in units of the largest |T_ab| |z_c|, the residual and the steps.</returns>
    /// <exception cref="DataException">The equations do not determine z.</exception>
    public static (double[] Z, double Gradient, double Residual, int Steps) Complete(Tensor target, int[] blocks, string why)
    {
        using var scope = NewDisposeScope();
        using var block = tensor(blocks);
        var mask = block.unsqueeze(0).ne(block.unsqueeze(1)).to(ScalarType.Float64);
        var sizes = target.diagonal().abs().sqrt();
        var wanted = target / sizes.outer(sizes) * mask;
        var (z, damping) = (Leading(wanted, mask), 1e-3);
        var (error, steps) = (Error(z), 0);
        var diagonal = eye(z.shape[0], dtype: ScalarType.Float64);
        for (; steps < MostSteps; steps++)
        {
            var (descent, matrix) = Equations(z);
            var step = linalg.solve(matrix + (damping * matrix.diagonal().mean() * diagonal), descent);
            var next = z + step;
            if (Error(next) is var improved && improved <= error)
            {
                (z, error, damping) = (next, improved, damping / 10);
            }
            else
            {
                damping *= 10;
            }

            if (step.abs().max().item<double>() <= Tolerance * z.abs().max().item<double>() || damping > 1e12)
            {
                break;
            }
        }

        if (!z.isfinite().all().item<bool>())
        {
            throw new DataException(why);
        }

        var (gradient, system) = Equations(z);
        var values = linalg.eigvalsh(system).data<double>().ToArray();
        if (!(values[0] > Singular * values[^1]))
        {
            throw new DataException(why);
        }

        var scale = (wanted.abs().max() * z.abs().max()).item<double>();
        var residual = Sqrt(error / mask.sum().item<double>());
        return ((z * sizes).data<double>().ToArray(), gradient.abs().max().item<double>() / scale, residual, steps);

        double Error(Tensor at) => (wanted - (mask * at.outer(at))).square().sum().item<double>();

        (Tensor Descent, Tensor Matrix) Equations(Tensor at) => (
            (wanted - (mask * at.outer(at))).mv(at),
            (mask * at.outer(at)) + diag(mask.mv(at.square())));
    }

    /// <summary>Returns the leading eigenvector of the matrix, scaled to fit it off the blocks.</summary>
    private static Tensor Leading(Tensor wanted, Tensor mask)
    {
        var (_, vectors) = linalg.eigh(wanted);
        var v = vectors.select(1, vectors.shape[1] - 1);
        var rank = mask * v.outer(v);
        var scale = (wanted * rank).sum().item<double>() / rank.square().sum().item<double>();
        return v * Sqrt(Max(scale, 1e-12));
    }
}
