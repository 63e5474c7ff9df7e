using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>The squared losses of all tasks, for solvers that couple the tasks: L_t = 1/N_t ‖y_t − X_t w_t‖² = w_tᵀC_t w_t − 2 q_tᵀw_t + v_t on centred data,
/// which is the loss with the best intercept. Vectors of all tasks are rows of one array, [T, d].</summary>
/// <param name="tasks">T</param>
/// <param name="dimension">d</param>
internal abstract class TaskCovariances(int tasks, int dimension)
{
    /// <summary>Up to this many inputs a matrix for each task is kept.</summary>
    private const int Dense = 256;

    private (double[] Values, double[] Vectors)? spectrum;

    /// <summary>T.</summary>
    public int Tasks => tasks;

    /// <summary>d.</summary>
    public int Dimension => dimension;

    /// <summary>q [T, d].</summary>
    public double[] Cross { get; } = new double[tasks * dimension];

    /// <summary>The moments of each task, without C.</summary>
    protected Moments[] Moments { get; } = new Moments[tasks];

    /// <summary>What suits the problem.</summary>
    public static TaskCovariances Of(LinearProblem problem) =>
        problem.Dimension <= Dense ? new DenseCovariances(problem) : new PooledCovariances(problem);

    /// <summary>C_t w_t for all t.</summary>
    public abstract double[] Apply(double[] weights);

    /// <summary>For each task L C_t Lᵀ [k, k], for L [k, d].</summary>
    public abstract double[][] Project(double[] basis);

    /// <summary>Eigenvalues and eigenvectors of the mean of C_t over the tasks.</summary>
    public (double[] Values, double[] Vectors) MeanSpectrum() => spectrum ??= CovarianceRidge.Decompose(Mean(), dimension);

    /// <summary>The part of one task.</summary>
    public Span<double> Row(double[] rows, int t) => rows.AsSpan(t * dimension, dimension);

    /// <summary>L_t for all t.</summary>
    public double[] Losses(double[] weights)
    {
        var applied = Apply(weights);
        return [.. Enumerable.Range(0, tasks).Select(t => Math.Max(0,
            Vectors.Dot(Row(weights, t), Row(applied, t)) - (2 * Vectors.Dot(Row(weights, t), Row(Cross, t))) + Moments[t].LabelVariance))];
    }

    /// <summary>The intercepts that belong to weights.</summary>
    public double[] Biases(double[] weights) => [.. Enumerable.Range(0, tasks).Select(t => Moments[t].Bias(Row(weights, t)))];

    /// <summary>The mean of C_t over the tasks [d, d].</summary>
    protected abstract double[] Mean();

    /// <summary>Keeps the moments of a task.</summary>
    protected void Set(int task, Moments moments)
    {
        Moments[task] = moments;
        moments.Cross.CopyTo(Row(Cross, task));
    }
}
