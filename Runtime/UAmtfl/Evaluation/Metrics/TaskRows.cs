namespace UAmtfl.Evaluation.Metrics;

/// <summary>What was measured on one task's test rows, those without a label left out.</summary>
/// <param name="Errors">[n], 0 or 1, or a squared error. Of one-vs-all tasks only the rows of the task's class, so n may be smaller than N.</param>
/// <param name="Scores">[N], the logit of a binary task, the value of a regression; empty where no metric needs it.</param>
/// <param name="Labels">[N], 0 or 1, the class, or the value; empty where no metric needs it.</param>
/// <param name="Predictions">[N], 0 or 1: what a binary task says of each row; empty where no metric needs it.</param>
public sealed record TaskRows(double[] Errors, double[] Scores, double[] Labels, double[] Predictions);
