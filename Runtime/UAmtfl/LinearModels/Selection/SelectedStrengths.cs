namespace UAmtfl.LinearModels.Selection;

/// <summary>The strengths that a selection chose, for the fit and for the record.</summary>
/// <param name="Lambdas">λ [T].</param>
/// <param name="Ratios">[T], the elastic net's share of ℓ1; empty for methods without one.</param>
/// <param name="Losses">[T], the mean loss on the held-out labels at the chosen strength: squared error, or log loss for a binary task. It was minimised, so it
/// is no estimate of the loss on new data.</param>
public sealed record SelectedStrengths(IReadOnlyList<double> Lambdas, IReadOnlyList<double> Ratios, IReadOnlyList<double> Losses);
