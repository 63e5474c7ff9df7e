using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>A change of a data set's inputs or labels whose numbers are learnt from the training rows, such as a mean that is subtracted.
/// A data set names the transforms that it wants (<see cref="Splits.InputTransforms"/>, <see cref="Splits.LabelTransforms"/>), and a run
/// fits and applies them.</summary>
public interface ITransform
{
    /// <summary>Learns the transform from the training rows of one split.</summary>
    /// <param name="rows">[N, …] inputs, finite; or [N, T] labels with a column for each regression task, NaN where a label is missing; or
    /// [N] labels of rows that are of one task each.</param>
    /// <returns>The transform, whose tensors belong to the current dispose scope.</returns>
    /// <exception cref="DataException">The rows do not fit the transform.</exception>
    IFittedTransform Fit(Tensor rows);
}

/// <summary>A transform that has learnt its numbers from training rows and changes every row alike.</summary>
public interface IFittedTransform
{
    /// <summary>What the transform has learnt, as float64 tensors on the CPU by name, so that it can be saved beside a model.</summary>
    IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Transforms rows of any split.</summary>
    /// <param name="values">[N, …] as in the fit, with any number of rows; NaN stays NaN.</param>
    /// <returns>As many rows, in the element type and on the device of <paramref name="values"/>; labels keep their shape.</returns>
    /// <exception cref="DataException">The rows have another width than those of the fit.</exception>
    Tensor Apply(Tensor values);

    /// <summary>Undoes <see cref="Apply"/>, to read predictions in the units of the raw labels.</summary>
    /// <param name="values">What <see cref="Apply"/> gives, or predictions of it.</param>
    /// <returns>As many rows, in the element type and on the device of <paramref name="values"/>.</returns>
    /// <exception cref="DataException">The rows have another width than what <see cref="Apply"/> gives.</exception>
    Tensor Invert(Tensor values);
}
