namespace UAmtfl.Evaluation;

/// <summary>One point of a grid search.</summary>
/// <param name="Values">The hyper-parameters by name.</param>
/// <param name="ValidationError">As <see cref="CellResult.ValidationError"/>; NaN where training failed.</param>
/// <param name="Problem">Why it failed, or null.</param>
public sealed record SearchedPoint(IReadOnlyDictionary<string, double> Values, double ValidationError, string? Problem = null);
