namespace UAmtfl.Evaluation;

/// <summary>One point of a grid search, with its validation error.</summary>
/// <param name="Values">The hyper-parameters by name.</param>
/// <param name="ValidationError">The <see cref="CellResult.ValidationError"/> of the point; NaN if its training failed.</param>
/// <param name="Problem">The reason for which the training failed; null if it did not.</param>
public sealed record SearchedPoint(IReadOnlyDictionary<string, double> Values, double ValidationError, string? Problem = null);
