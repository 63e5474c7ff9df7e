using TorchSharp;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Ridge fits at many strengths from one eigendecomposition: of C = XᵀX/N, with w = V (Vᵀq / (s + λ)), or where that is smaller, of
/// the kernel XXᵀ (<see cref="KernelRidge"/>).</summary>
internal static class RidgePaths
{
    /// <summary>A solver.</summary>
    public static IPathSolver Of(RowGroup group, int[] reference) =>
        reference.Length <= group.Dimension ? new KernelRidge(group, reference) : new CovarianceRidge(group, reference);
}

/// <summary>Ridge from the eigenvectors of C. Tasks with all of the reference rows share them.</summary>
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
        var weights = Vectors.Product(scaled, group.Dimension, vectors, group.Dimension, transposeB: true).Chunk(group.Dimension).ToArray();
        return new(weights, [.. weights.Select(w => moments.Bias(w))]);
    }

    /// <summary>Eigenvalues, ascending, and eigenvectors, as columns, of a symmetric matrix.</summary>
    public static (double[] Values, double[] Vectors) Decompose(double[] matrix, int size)
    {
        using var scope = NewDisposeScope();
        var (values, vectors) = linalg.eigh(matrix.ToTensor(size, size));
        return (values.ToArray(), vectors.ToArray());
    }
}
