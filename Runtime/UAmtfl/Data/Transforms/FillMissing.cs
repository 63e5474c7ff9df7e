using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Replaces a missing input by the mean or the median of its column over the training rows.</summary>
/// <param name="median">True for the median: the middle value, or the mean of the two in the middle.</param>
/// <param name="names">The name of each column, for messages; null if they have none.</param>
public sealed class FillMissing(bool median, IReadOnlyList<string>? names = null) : ITransform
{
    /// <inheritdoc/>
    public bool TakesMissing => true;

    /// <inheritdoc/>
    public IFittedTransform Fit(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var moments = new ColumnMoments(rows);
        if (Array.IndexOf(moments.Counts, 0) is >= 0 and var empty)
        {
            throw new DataException(
                $"column {(names is null ? $"{empty}" : $"'{names[empty]}'")} has no value in the training rows, so that its missing "
                    + "values cannot be replaced: leave the column out");
        }

        return new FilledColumns(median ? [.. Enumerable.Range(0, moments.Count).Select(c => Median(rows, c))] : moments.Means);
    }

    private static double Median(Tensor rows, int column)
    {
        using var scope = NewDisposeScope();
        double[] values = [.. rows.detach().reshape(rows.shape[0], -1).select(1, column).to(ScalarType.Float64).cpu()
            .data<double>().Where(v => !double.IsNaN(v)).Order()];
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}

/// <summary>A fitted transform that replaces missing values by a number for each column.</summary>
/// <param name="values">The numbers [M].</param>
public sealed class FilledColumns(IReadOnlyList<double> values) : IExportedTransform
{
    private const string Saved = "values";

    /// <summary>The numbers [M] that replace missing values.</summary>
    public IReadOnlyList<double> Values { get; } = values;

    /// <inheritdoc/>
    public bool TakesMissing => true;

    /// <summary>The array <c>values</c> [M], float64.</summary>
    public IReadOnlyDictionary<string, Tensor> State => new Dictionary<string, Tensor> { [Saved] = tensor([.. Values], [Values.Count]) };

    /// <summary>Makes the transform from a saved state.</summary>
    /// <param name="state">The array from <see cref="State"/>.</param>
    /// <exception cref="DataException">The array is missing.</exception>
    public static FilledColumns FromState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.TryGetValue(Saved, out var values) ? new(values.to(ScalarType.Float64).cpu().data<double>().ToArray())
            : throw new DataException($"a saved replacement of missing values needs the array {Saved}: save the transform again");
    }

    /// <inheritdoc/>
    public Tensor Apply(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (ColumnMoments.Width(values) != Values.Count)
        {
            throw new DataException(
                $"{Values.Count} replacements of missing values do not fit rows of shape [{string.Join(", ", values.shape)}]: give rows "
                    + "of the same columns as in the fit");
        }

        var replacements = tensor([.. Values], [.. values.shape[1..]]).to(values.dtype).to(values.device);
        return where(values.isnan(), replacements, values).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the values as they are, because it is not known which were missing.</summary>
    /// <param name="values">The values.</param>
    public Tensor Invert(Tensor values) => values;

    /// <inheritdoc/>
    public string Export(OnnxGraph graph, string values)
    {
        ArgumentNullException.ThrowIfNull(graph);
        using Tensor row = tensor([.. Values], [Values.Count]);
        var columns = graph.Add("Reshape", [values, graph.Integers(-1, Values.Count)]);
        var filled = graph.Add("Where", [graph.Add("IsNaN", columns), graph.Constant(row), columns]);
        return graph.Add("Reshape", [filled, graph.Add("Shape", values)]);
    }

    /// <inheritdoc/>
    public string ExportInverse(OnnxGraph graph, string values) => values;
}
