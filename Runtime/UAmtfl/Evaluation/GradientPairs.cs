namespace UAmtfl.Evaluation;

/// <summary>How the gradients of each two tasks stood to each other in a training, over all of its steps in which both tasks had a
/// gradient. The gradients are those that the weighting compares, with respect to what all tasks share.</summary>
/// <param name="Cosines">The mean cosine of each pair, between −1 and 1, [T][T], tasks as declared: symmetric, 1 on the diagonal, NaN for
/// two tasks that never had a gradient in the same step.</param>
/// <param name="Conflicts">The share of steps in which the inner product of the pair was below 0, between 0 and 1, [T][T], tasks as
/// declared: symmetric, 0 on the diagonal, NaN where the cosine is.</param>
public sealed record GradientPairs(double[][] Cosines, double[][] Conflicts);
