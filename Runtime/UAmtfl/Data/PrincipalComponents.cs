using UAmtfl.LinearModels;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Principal component analysis: the orthogonal directions in which some rows vary most (Jolliffe 2002, <i>Principal component analysis</i>), by singular value
/// decomposition of the centred rows, in float64. Fit it on training rows and transform all rows with it, so that nothing of the test rows is in their features.</summary>
/// <remarks>A direction's sign is without meaning; here the entry of largest size is above 0, so that the same rows give the same signs on every platform.</remarks>
public sealed class PrincipalComponents : IDisposable
{
    private PrincipalComponents(Tensor mean, Tensor components, double[] variances, double total) =>
        (Mean, Components, Variances, TotalVariance) = (mean, components, variances, total);

    /// <summary>[d], float64, the mean of the rows.</summary>
    public Tensor Mean { get; }

    /// <summary>[k, d], float64, orthonormal rows: the directions, by falling variance.</summary>
    public Tensor Components { get; }

    /// <summary>[k], the variance of the rows along each direction (divisor N − 1), falling.</summary>
    public IReadOnlyList<double> Variances { get; }

    /// <summary>The sum of the variances of all d columns, of which <see cref="Variances"/> explain a part.</summary>
    public double TotalVariance { get; }

    /// <summary>Finds the directions.</summary>
    /// <param name="rows">[N, d], finite, at least two rows.</param>
    /// <param name="count">k, from 1 to the smaller of N − 1 and d, since centred rows vary in no more directions.</param>
    /// <exception cref="DataException">The rows are no matrix or not finite, or k is out of range.</exception>
    public static PrincipalComponents Fit(Tensor rows, int count)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.dim() != 2)
            throw new DataException($"principal components need rows of numbers, [N, d], not [{string.Join(", ", rows.shape)}]: flatten each sample");
        var most = Math.Min(rows.shape[0] - 1, rows.shape[1]);
        if (count < 1 || count > most)
            throw new DataException($"{count} principal components of {rows.shape[0]} rows of {rows.shape[1]} numbers: ask for 1 to {most}");

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var values = rows.to(ScalarType.Float64).cpu();
        if (!values.isfinite().all().item<bool>())
            throw new DataException("principal components of rows that are not finite: drop the rows, or fill in what is missing");

        var mean = values.mean([0L]);
        var (_, singular, directions) = linalg.svd(values - mean, fullMatrices: false);
        double[] variances = [.. singular.data<double>().Select(s => s * s / (rows.shape[0] - 1))];
        var leading = directions.narrow(0, 0, count);
        var components = leading * leading.gather(1, leading.abs().argmax(1, keepdim: true)).sign();
        return new(mean.DetachFromDisposeScope(), components.DetachFromDisposeScope(), variances[..count], variances.Sum());
    }

    /// <summary>The rows' coordinates along the directions, from the mean of the rows that were fitted.</summary>
    /// <param name="rows">[N, d]</param>
    /// <returns>[N, k], of the rows' type.</returns>
    /// <exception cref="DataException">The rows have another width.</exception>
    public Tensor Transform(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.dim() != 2 || rows.shape[1] != Mean.shape[0])
            throw new DataException($"principal components of rows of {Mean.shape[0]} numbers cannot transform [{string.Join(", ", rows.shape)}]: give rows of the same columns");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return (rows.to(ScalarType.Float64).cpu() - Mean).mm(Components.t()).to(rows.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Components.Dispose();
    }
}
