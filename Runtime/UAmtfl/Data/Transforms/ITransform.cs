using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>A change of a data set's inputs or labels whose numbers are learnt from the training rows, such as the subtraction of the
/// mean. A data set names its transforms (<see cref="Splits.InputTransforms"/>, <see cref="Splits.LabelTransforms"/>), and a run fits and
/// applies them.</summary>
public interface ITransform
{
    /// <summary>True if rows may have NaN for a missing input, which the transform replaces. It is then the first of the
    /// inputs' transforms.</summary>
    bool TakesMissing => false;

    /// <summary>Learns the transform from the training rows of one split.</summary>
    /// <param name="rows">The inputs [N, …], finite; or the labels [N, T] with a column for each regression task, and NaN for a missing
    /// label; or the labels [N] of rows that belong to one task each.</param>
    /// <returns>The transform, whose tensors belong to the current dispose scope.</returns>
    /// <exception cref="DataException">The rows do not fit the transform.</exception>
    IFittedTransform Fit(Tensor rows);
}

/// <summary>A transform that has learnt its numbers from training rows and applies them to any rows.</summary>
public interface IFittedTransform
{
    /// <summary>True if rows may have NaN for a missing input, which the transform replaces.</summary>
    bool TakesMissing => false;

    /// <summary>The numbers that the transform has learnt, as float64 tensors on the CPU by name, so that they can be saved with a
    /// model.</summary>
    IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Transforms rows of any split.</summary>
    /// <param name="values">The rows, with the same columns as in the fit; NaN stays NaN.</param>
    /// <returns>As many rows, in the element type and on the device of <paramref name="values"/>; labels keep their shape.</returns>
    /// <exception cref="DataException">The rows have another width than those of the fit.</exception>
    Tensor Apply(Tensor values);

    /// <summary>Undoes <see cref="Apply"/>, so that predictions get the units of the raw labels.</summary>
    /// <param name="values">The result of <see cref="Apply"/>, or predictions of it.</param>
    /// <returns>As many rows, in the element type and on the device of <paramref name="values"/>.</returns>
    /// <exception cref="DataException">The rows have another width than the result of <see cref="Apply"/>.</exception>
    Tensor Invert(Tensor values);
}

/// <summary>A fitted transform that an exported model can contain. A transform of your own that is none of these can be used in training
/// and prediction, but a model with it is not exported.</summary>
public interface IExportedTransform : IFittedTransform
{
    /// <summary>Adds to the graph of an exported model what <see cref="IFittedTransform.Apply"/> computes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">The name of the rows [N, …], float64.</param>
    /// <returns>The name of the transformed rows, float64.</returns>
    string Export(OnnxGraph graph, string values);

    /// <summary>Adds to the graph of an exported model what <see cref="IFittedTransform.Invert"/> computes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">The name of the rows [N, …], float64.</param>
    /// <returns>The name of the rows before the transform, float64.</returns>
    string ExportInverse(OnnxGraph graph, string values);
}
