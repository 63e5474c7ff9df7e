using TorchSharp;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Chooses how to fit ridge regressions at many strengths from one eigendecomposition: of C = XᵀX/N, with w = V (Vᵀq / (s +
/// λ)), or, if it is smaller, of the kernel XXᵀ (<see cref="KernelRidge"/>).</summary>
internal static class RidgePaths
{
    /// <summary>Creates a solver for a group of tasks and its reference rows.</summary>
    public static IPathSolver Of(RowGroup group, int[] reference) =>
        reference.Length <= group.Dimension ? new KernelRidge(group, reference) : new CovarianceRidge(group, reference);
}

/// <summary>Fits ridge regressions from the eigenvectors of C, which tasks that have all reference rows share.</summary>
internal sealed class CovarianceRidge(RowGroup group, int[] reference) : IPathSolver
{
    private readonly MomentSource source = new(group, reference);
    private readonly double[] gram = new double[group.Dimension * group.Dimension];
    private (double[] Values, double[] Vectors)? shared;

    public LinearPath Solve(TaskRows task, IReadOnlyList<Strength> strengths)
    {
        var whole = task.Rows.Length == reference.Length;
        var moments = source.Of(task, whole && shared is not null ? null : gram);
        var (values, vectors) = whole ? shared ??= Decompose(gram, group.Dimension) : Decompose(gram, group.Dimension);
        var rotated = Vectors.Product(moments.Cross, group.Dimension, vectors, group.Dimension);
        var scaled = strengths.SelectMany(s => rotated.Select((z, j) => z / (Math.Max(values[j], 0) + s.Lambda))).ToArray();
        var weights = Vectors.Product(scaled, group.Dimension, vectors, group.Dimension, transposeB: true)
            .Chunk(group.Dimension).ToArray();
        return new(weights, [.. weights.Select(w => moments.Bias(w))]);
    }

    /// <summary>Returns the eigenvalues, ascending, and the eigenvectors, as columns, of a symmetric matrix.</summary>
    public static (double[] Values, double[] Vectors) Decompose(double[] matrix, int size)
    {
        using var scope = NewDisposeScope();
        var (values, vectors) = linalg.eigh(matrix.ToTensor(size, size));
        return (values.ToArray(), vectors.ToArray());
    }
}
