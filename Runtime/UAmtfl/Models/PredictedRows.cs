using UAmtfl.Tasks;

namespace UAmtfl.Models;

/// <summary>The predictions of all tasks for N samples, as plain arrays. Any number of threads may read them.</summary>
public sealed class PredictedRows
{
    private readonly TaskSet tasks;
    private readonly TaskInfo[] declared;
    private readonly double[][]? deviations;
    private readonly object?[] predictions;

    /// <summary>Keeps the outputs of a model.</summary>
    /// <param name="tasks">The tasks in the order of the network.</param>
    /// <param name="outputs">[N][M], as the network has them, those of regressions in the unit of the raw labels.</param>
    /// <param name="features">[N][k]</param>
    /// <param name="deviations">[N][M], the standard deviations of regressions in the same unit; null if the model learns none.</param>
    internal PredictedRows(TaskSet tasks, double[][] outputs, float[][] features, double[][]? deviations)
    {
        (this.tasks, Outputs, Features, this.deviations) = (tasks, outputs, features, deviations);
        declared = [.. tasks.Declared.Tasks];
        predictions = new object?[declared.Length];
    }

    /// <summary>N, the number of samples.</summary>
    public int Count => Outputs.Length;

    /// <summary>[N][M], the outputs in the order of the network, those of regressions in the unit of the raw labels.</summary>
    internal double[][] Outputs { get; }

    /// <summary>The tasks as declared.</summary>
    public IReadOnlyList<TaskInfo> Tasks => declared;

    /// <summary>The features that the heads see (<see cref="TypedPrediction.Features"/>).</summary>
    public float[][] Features { get; }

    /// <summary>Returns the predictions of a binary task.</summary>
    /// <param name="task">The place of the task in the declaration, from 0.</param>
    /// <exception cref="ArgumentException">The task is of another kind.</exception>
    public BinaryPrediction Binary(int task) => Prediction(task, TaskKind.Binary, column => new BinaryPrediction(
        Array.ConvertAll(Outputs, row => 1 / (1 + Math.Exp(-row[column]))), Array.ConvertAll(Outputs, row => row[column] > 0 ? 1 : 0)));

    /// <summary>Returns the predictions of a classification.</summary>
    /// <param name="task">The place of the task in the declaration, from 0.</param>
    /// <exception cref="ArgumentException">The task is of another kind.</exception>
    public ClassificationPrediction Classification(int task) => Prediction(task, TaskKind.Classification, column =>
    {
        var classes = declared[task].Outputs;
        return new ClassificationPrediction(
            Array.ConvertAll(Outputs, row => Largest(row.AsSpan(column, classes))),
            Array.ConvertAll(Outputs, row => Softmax(row.AsSpan(column, classes))));
    });

    /// <summary>Returns the predictions of a regression.</summary>
    /// <param name="task">The place of the task in the declaration, from 0.</param>
    /// <exception cref="ArgumentException">The task is of another kind.</exception>
    public RegressionPrediction Regression(int task) => Prediction(task, TaskKind.Regression, column => new RegressionPrediction(
        Array.ConvertAll(Outputs, row => row[column]),
        deviations is null ? null : Array.ConvertAll(deviations, row => row[column])));

    private T Prediction<T>(int task, TaskKind kind, Func<int, T> compute)
        where T : class
    {
        var info = declared[task];
        if (info.Kind != kind)
        {
            throw new ArgumentException($"task {info.Name} is a {info.Kind}, not a {kind}", nameof(task));
        }

        // Two threads that compute it at once compute the same.
        return (T)(predictions[task] ??= compute(tasks.FirstOutput(info)));
    }

    private static int Largest(ReadOnlySpan<double> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }

        return best;
    }

    private static double[] Softmax(ReadOnlySpan<double> logits)
    {
        var (most, values) = (logits[Largest(logits)], logits.ToArray());
        var shares = Array.ConvertAll(values, v => Math.Exp(v - most));
        var sum = shares.Sum();
        return Array.ConvertAll(shares, s => s / sum);
    }
}
