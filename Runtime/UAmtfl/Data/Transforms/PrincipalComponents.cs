using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Replaces the columns of the inputs by their coordinates along the principal components of the training rows
/// (<see cref="PrincipalComponents"/>).</summary>
/// <param name="Count">The number k of components, from 1 to the smaller of N − 1 and d.</param>
public sealed record Pca(int Count) : ITransform
{
    /// <inheritdoc/>
    public IFittedTransform Fit(Tensor rows) => PrincipalComponents.Fit(rows, Count);
}

/// <summary>A fitted principal component analysis, which finds the orthogonal directions in which some rows vary most (Jolliffe 2002,
/// <i>Principal component analysis</i>), by singular value decomposition of the centred rows in float64. Its tensors belong to the dispose
/// scope in which it is fitted.</summary>
/// <remarks>The sign of a direction has no meaning. The entry of largest size is made positive here, so that the same rows give the same
/// signs on every platform.</remarks>
public sealed class PrincipalComponents : IExportedTransform
{
    private PrincipalComponents(Tensor mean, Tensor components, Tensor variances) =>
        (Mean, Components, Variances) = (mean, components, variances);

    /// <summary>The mean [d] of the rows, float64.</summary>
    public Tensor Mean { get; }

    /// <summary>The directions [k, d], float64, as orthonormal rows in the order of falling variance.</summary>
    public Tensor Components { get; }

    /// <summary>The variances [min(N, d)] of the rows along all directions, float64, falling (divisor N − 1): first those of the k
    /// components, then those of the directions that are left out, so that the share which the components explain is the quotient of two
    /// sums.</summary>
    public Tensor Variances { get; }

    /// <summary>The arrays <c>mean</c> [d], <c>components</c> [k, d] and <c>variances</c> [min(N, d)], float64.</summary>
    public IReadOnlyDictionary<string, Tensor> State =>
        new Dictionary<string, Tensor> { ["mean"] = Mean, ["components"] = Components, ["variances"] = Variances };

    /// <summary>Makes the transform from a saved state.</summary>
    /// <param name="state">The arrays from <see cref="State"/>, which still belong to the caller.</param>
    /// <exception cref="DataException">An array is missing, or the mean and the components have different widths.</exception>
    public static PrincipalComponents FromState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.TryGetValue("mean", out var mean) || !state.TryGetValue("components", out var components)
            || !state.TryGetValue("variances", out var variances) || components.dim() != 2 || mean.numel() != components.shape[1])
        {
            throw new DataException(
                "saved principal components need the arrays mean [d], components [k, d] and variances: save the transform again");
        }

        return new(mean, components, variances);
    }

    /// <summary>Finds the principal components of some rows.</summary>
    /// <param name="rows">The rows [N, d], finite; at least two.</param>
    /// <param name="count">The number k of components, from 1 to the smaller of N − 1 and d, because centred rows vary in no more
    /// directions.</param>
    /// <exception cref="DataException">The rows are not a matrix or not finite, or k is out of range.</exception>
    public static PrincipalComponents Fit(Tensor rows, int count)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.dim() != 2)
        {
            throw new DataException(
                $"principal components need rows of numbers, [N, d], not [{string.Join(", ", rows.shape)}]: flatten each sample");
        }

        var most = Math.Min(rows.shape[0] - 1, rows.shape[1]);
        if (count < 1 || count > most)
        {
            throw new DataException(
                $"{count} principal components of {rows.shape[0]} rows of {rows.shape[1]} numbers: ask for 1 to {most}");
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var values = rows.to(ScalarType.Float64).cpu();
        if (!values.isfinite().all().item<bool>())
        {
            throw new DataException("principal components of rows that are not finite: drop the rows, or fill in what is missing");
        }

        var mean = values.mean([0L]);
        var (_, singular, directions) = linalg.svd(values - mean, fullMatrices: false);
        var variances = tensor(singular.data<double>().Select(s => s * s / (rows.shape[0] - 1)).ToArray());
        var leading = directions.narrow(0, 0, count);
        var components = leading * leading.gather(1, leading.abs().argmax(1, keepdim: true)).sign();
        return new(mean.MoveToOuterDisposeScope(), components.MoveToOuterDisposeScope(), variances.MoveToOuterDisposeScope());
    }

    /// <summary>Computes the coordinates of rows along the components, relative to the mean of the rows of the fit.</summary>
    /// <param name="values">The rows [N, d].</param>
    /// <returns>The coordinates [N, k], in the element type and on the device of the rows.</returns>
    /// <exception cref="DataException">The rows have another width.</exception>
    public Tensor Apply(Tensor values) =>
        Change(values, Components.shape[1], "transform those", rows => (rows - Mean).mm(Components.t()));

    /// <summary>Computes the points that have given coordinates: the rows themselves if there are as many components as columns, else the
    /// nearest points that the components reach.</summary>
    /// <param name="values">The coordinates [N, k].</param>
    /// <returns>The points [N, d], in the element type and on the device of the coordinates.</returns>
    /// <exception cref="DataException">The coordinates have another width.</exception>
    public Tensor Invert(Tensor values) =>
        Change(values, Components.shape[0], "put back coordinates", rows => Lasting.Sum(rows.mm(Components), Mean));

    /// <inheritdoc/>
    public string Export(OnnxGraph graph, string values)
    {
        ArgumentNullException.ThrowIfNull(graph);
        using Tensor directions = Components.t();
        return graph.Add("MatMul", [graph.Add("Sub", [values, graph.Constant(Mean)]), graph.Constant(directions)]);
    }

    /// <inheritdoc/>
    public string ExportInverse(OnnxGraph graph, string values)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Add("Add", [graph.Add("MatMul", [values, graph.Constant(Components)]), graph.Constant(Mean)]);
    }

    private Tensor Change(Tensor values, long width, string what, Func<Tensor, Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.dim() != 2 || values.shape[1] != width)
        {
            throw new DataException(
                $"{Components.shape[0]} principal components of rows of {Components.shape[1]} numbers cannot {what} of shape " +
                $"[{string.Join(", ", values.shape)}]: give [N, {width}]");
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return change(values.to(ScalarType.Float64).cpu()).to(values.dtype).to(values.device).MoveToOuterDisposeScope();
    }
}
