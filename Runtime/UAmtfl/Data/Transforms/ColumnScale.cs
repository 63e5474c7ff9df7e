using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>A fitted transform that subtracts a number from each column and divides the column by another: (x − shift) / scale, in
/// float64. The columns of samples [N, …] are the entries of one sample; labels [N] have one column.</summary>
/// <param name="shift">The numbers [M] that are subtracted.</param>
/// <param name="scale">The numbers [M] by which columns are divided, above 0.</param>
public sealed class ColumnScale(IReadOnlyList<double> shift, IReadOnlyList<double> scale) : IExportedTransform
{
    /// <summary>The number of rows that are changed at once.</summary>
    private const int Chunk = 1 << 14;

    /// <summary>The numbers [M] that are subtracted from the columns.</summary>
    public IReadOnlyList<double> Shift { get; } = shift;

    /// <summary>The numbers [M] by which the columns are divided.</summary>
    public IReadOnlyList<double> Scale { get; } = scale;

    /// <summary>The arrays <c>shift</c> [M] and <c>scale</c> [M], float64.</summary>
    public IReadOnlyDictionary<string, Tensor> State => new Dictionary<string, Tensor> { ["shift"] = Row(Shift), ["scale"] = Row(Scale) };

    /// <summary>Makes the transform from a saved state.</summary>
    /// <param name="state">The arrays from <see cref="State"/>.</param>
    /// <exception cref="DataException">An array is missing, or the two differ in length.</exception>
    public static ColumnScale FromState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.TryGetValue("shift", out var shift) || !state.TryGetValue("scale", out var scale) || shift.numel() != scale.numel())
        {
            throw new DataException(
                "a saved scale of columns needs the arrays shift and scale, of the same length: save the transform again");
        }

        return new(Numbers(shift), Numbers(scale));
    }

    /// <inheritdoc/>
    public Tensor Apply(Tensor values) => Change(values, (columns, shift, scale) => (columns - shift) / scale);

    /// <inheritdoc/>
    public Tensor Invert(Tensor values) => Change(values, (columns, shift, scale) => Lasting.Sum(columns * scale, shift));

    /// <inheritdoc/>
    public string Export(OnnxGraph graph, string values)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var centred = graph.Add("Sub", [Columns(graph, values), Constant(graph, Shift)]);
        return Reshaped(graph, graph.Add("Div", [centred, Constant(graph, Scale)]), values);
    }

    /// <inheritdoc/>
    public string ExportInverse(OnnxGraph graph, string values)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var scaled = graph.Add("Mul", [Columns(graph, values), Constant(graph, Scale)]);
        return Reshaped(graph, graph.Add("Add", [scaled, Constant(graph, Shift)]), values);
    }

    private string Columns(OnnxGraph graph, string values) => graph.Add("Reshape", [values, graph.Integers(-1, Shift.Count)]);

    private static string Reshaped(OnnxGraph graph, string columns, string values) =>
        graph.Add("Reshape", [columns, graph.Add("Shape", values)]);

    private static string Constant(OnnxGraph graph, IReadOnlyList<double> numbers)
    {
        using Tensor row = Row(numbers);
        return graph.Constant(row);
    }

    private static Tensor Row(IReadOnlyList<double> numbers) => tensor([.. numbers], [numbers.Count]);

    private static double[] Numbers(Tensor array) => array.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();

    private Tensor Change(Tensor values, Func<Tensor, Tensor, Tensor, Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (ColumnMoments.Width(values) != Shift.Count)
        {
            throw new DataException(
                $"a scale of {Shift.Count} columns does not fit rows of shape [{string.Join(", ", values.shape)}]: " +
                "give rows of the same columns as in the fit");
        }

        var (shift, scale) = (Row(Shift).to(values.device), Row(Scale).to(values.device));
        if (values.shape[0] <= Chunk)
        {
            return Change(values).MoveToOuterDisposeScope();
        }

        // A large table is changed piece by piece, because several copies of it in float64 would be in memory at once.
        var all = empty_like(values);
        for (var first = 0L; first < values.shape[0]; first += Chunk)
        {
            using var piece = NewDisposeScope();
            var count = Math.Min(Chunk, values.shape[0] - first);
            all.narrow(0, first, count).copy_(Change(values.narrow(0, first, count)));
        }

        return all.MoveToOuterDisposeScope();

        Tensor Change(Tensor part)
        {
            var columns = part.to(ScalarType.Float64).reshape(-1, Shift.Count);
            return change(columns, shift, scale).reshape(part.shape).to(part.dtype);
        }
    }
}
