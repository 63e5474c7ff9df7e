using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>The squared losses of all tasks, for solvers that couple the tasks: L_t = 1/N_t ‖y_t − X_t w_t‖² = w_tᵀC_t w_t − 2 q_tᵀw_t
/// + v_t on centred data, which is the loss with the best intercept. Vectors of all tasks are rows of one array, [T, d].</summary>
/// <param name="tasks">The number of tasks T.</param>
/// <param name="dimension">The number of inputs d.</param>
internal abstract class TaskCovariances(int tasks, int dimension)
{
    /// <summary>The largest number of inputs for which a matrix C_t is kept for each task.</summary>
    private const int Dense = 256;

    private (double[] Values, double[] Vectors)? spectrum;

    /// <summary>The number of tasks T.</summary>
    public int Tasks => tasks;

    /// <summary>The number of inputs d.</summary>
    public int Dimension => dimension;

    /// <summary>The vectors q_t = X_tᵀy_t/N_t of all tasks, [T, d].</summary>
    public double[] Cross { get; } = new double[tasks * dimension];

    /// <summary>The moments of each task, without C_t.</summary>
    protected Moments[] Moments { get; } = new Moments[tasks];

    /// <summary>Creates the implementation that suits the number of inputs of a problem.</summary>
    public static TaskCovariances Of(LinearProblem problem) =>
        problem.Dimension <= Dense ? new DenseCovariances(problem) : new PooledCovariances(problem);

    /// <summary>Returns C_t w_t for all tasks, [T, d].</summary>
    public abstract double[] Apply(double[] weights);

    /// <summary>Returns L C_t Lᵀ [k, k] for each task, for L [k, d].</summary>
    public abstract double[][] Project(double[] basis);

    /// <summary>Returns the eigenvalues and eigenvectors of the mean of C_t over the tasks.</summary>
    public (double[] Values, double[] Vectors) MeanSpectrum() => spectrum ??= CovarianceRidge.Decompose(Mean(), dimension);

    /// <summary>Returns the row of one task.</summary>
    public Span<double> Row(double[] rows, int t) => rows.AsSpan(t * dimension, dimension);

    /// <summary>Returns the loss L_t of each task, [T].</summary>
    public double[] Losses(double[] weights)
    {
        var applied = Apply(weights);
        return [.. Enumerable.Range(0, tasks).Select(t => Math.Max(0,
            Vectors.Dot(Row(weights, t), Row(applied, t))
            - (2 * Vectors.Dot(Row(weights, t), Row(Cross, t)))
            + Moments[t].LabelVariance))];
    }

    /// <summary>Returns the best intercepts for given weights, [T].</summary>
    public double[] Biases(double[] weights) => [.. Enumerable.Range(0, tasks).Select(t => Moments[t].Bias(Row(weights, t)))];

    /// <summary>Returns the mean of C_t over the tasks, [d, d].</summary>
    protected abstract double[] Mean();

    /// <summary>Sets the moments of a task.</summary>
    protected void Set(int task, Moments moments)
    {
        Moments[task] = moments;
        moments.Cross.CopyTo(Row(Cross, task));
    }
}
