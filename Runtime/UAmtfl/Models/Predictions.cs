namespace UAmtfl.Models;

/// <summary>The predictions of a model for N samples, of which the generator writes a subclass for each experiment, with a property for
/// each task.</summary>
public abstract class TypedPrediction
{
    private PredictedRows? values;

    /// <summary>The predictions of all tasks by number.</summary>
    public PredictedRows Values
    {
        get => values ?? throw new InvalidOperationException("Predictions come from TrainedModel.Predict.");
        internal set => values = value;
    }

    /// <summary>The features that the heads see, [N][k]; [N][T·k], task after task, where each of T tasks has a trunk of its own. The rows
    /// of a linear model are empty, because it sees the inputs themselves.</summary>
    public float[][] Features => Values.Features;
}

/// <summary>The predictions of a binary task for N samples.</summary>
/// <param name="Probability">[N], the probability of label 1, from 0 to 1.</param>
/// <param name="Label">[N], the more probable label, 0 or 1.</param>
public sealed record BinaryPrediction(double[] Probability, int[] Label);

/// <summary>The predictions of a classification for N samples.</summary>
/// <param name="Class">[N], the index of the most probable class, from 0.</param>
/// <param name="Probabilities">[N][C], the probabilities of the C classes, which add up to 1.</param>
public sealed record ClassificationPrediction(int[] Class, double[][] Probabilities);

/// <summary>The predictions of a regression for N samples.</summary>
/// <param name="Value">[N], the predicted value in the unit of the raw labels.</param>
/// <param name="Sigma">[N], the learnt standard deviation of the labels around the value, in their unit; null if the variant learns
/// none.</param>
public sealed record RegressionPrediction(double[] Value, double[]? Sigma);
