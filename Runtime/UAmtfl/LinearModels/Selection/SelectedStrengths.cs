namespace UAmtfl.LinearModels.Selection;

/// <summary>The strengths that a selection chose for each task.</summary>
/// <param name="Lambdas">The strength λ of each task, [T].</param>
/// <param name="Ratios">The share of the ℓ₁ norm in each task's elastic net, [T]; empty for methods without one.</param>
/// <param name="Losses">The mean loss of each task on the held-out labels at the chosen strength, [T]: squared error, or log loss for a
/// binary task. It is not an estimate of the loss on new data, because it was minimised.</param>
public sealed record SelectedStrengths(
    IReadOnlyList<double> Lambdas, IReadOnlyList<double> Ratios, IReadOnlyList<double> Losses)
{
    /// <summary>The number of tasks whose strength is the smallest that was tried, so that a smaller one may be better.</summary>
    public int Smallest { get; init; }
}
