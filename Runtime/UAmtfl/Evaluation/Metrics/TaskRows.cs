namespace UAmtfl.Evaluation.Metrics;

/// <summary>The errors, scores, labels and predictions of one task on its test rows; rows without a label are left out.</summary>
/// <param name="Errors">The errors, [n]: 0 or 1, or a squared error. A one-vs-all task has only the rows of its class here, so that n
/// may be smaller than N.</param>
/// <param name="Scores">The logit of a binary task or the value of a regression, [N]; empty if no metric needs it.</param>
/// <param name="Labels">The labels, [N]: 0 or 1, the class, or the value; empty if no metric needs them.</param>
/// <param name="Predictions">The predictions of a binary task, [N], 0 or 1; empty if no metric needs them.</param>
public sealed record TaskRows(double[] Errors, double[] Scores, double[] Labels, double[] Predictions);
