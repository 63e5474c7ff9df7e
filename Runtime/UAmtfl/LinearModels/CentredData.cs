using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The tasks of a linear problem with inputs, and labels of regression tasks, shifted to mean 0 if there are intercepts. The
/// shift changes only the intercepts, which are not penalised. It helps because the best intercepts of the squared loss are then 0 for
/// any W, and the logistic loss is better conditioned.</summary>
internal sealed class CentredData
{
    private readonly LinearProblem problem;

    /// <summary>Computes the means of the inputs and labels of a problem.</summary>
    /// <param name="problem">The tasks.</param>
    /// <param name="options">The options, of which the intercept and the scale of the losses are used.</param>
    public CentredData(LinearProblem problem, ProximalOptions options)
    {
        this.problem = problem;
        Intercept = options.Intercept;
        var first = problem.Tasks[0].Inputs;
        Shared = problem.Tasks.All(task => ReferenceEquals(task.Inputs, first));
        InputMeans = Intercept
            ? stack([.. Distinct.Select(task => task.Inputs.mean([0L]))])
            : zeros(Shared ? 1 : Tasks, problem.Dimension, dtype: ScalarType.Float64);
        LabelMeans = stack([.. problem.Tasks.Select(task => Intercept && task.Kind == TaskKind.Regression
            ? task.Labels.mean()
            : zeros([], dtype: ScalarType.Float64))]);
        Factors = [.. problem.Tasks.Select(task => options.Scale == LossScale.Mean
            ? 1.0 / task.Count
            : task.Kind == TaskKind.Regression ? 0.5 : 1)];
    }

    /// <summary>The number of tasks T.</summary>
    public int Tasks => problem.Count;

    /// <summary>The number of inputs d.</summary>
    public long Dimension => problem.Dimension;

    /// <summary>The largest number of samples of a task, max N_t.</summary>
    public long Longest => problem.Tasks.Max(task => task.Count);

    /// <summary>True if the model has intercepts.</summary>
    public bool Intercept { get; }

    /// <summary>True if all tasks have the same rows.</summary>
    public bool Shared { get; }

    /// <summary>The means x̄ of the inputs, [T, d], or [1, d] if all tasks have the same rows.</summary>
    public Tensor InputMeans { get; }

    /// <summary>The means ȳ of the labels, [T]; 0 for binary tasks.</summary>
    public Tensor LabelMeans { get; }

    /// <summary>The factor on the loss of one sample, for each task, [T].</summary>
    public IReadOnlyList<double> Factors { get; }

    /// <summary>The tasks with different inputs: all of them, or the first if all have the same rows.</summary>
    public IReadOnlyList<LinearTask> Distinct => Shared ? [problem.Tasks[0]] : problem.Tasks;

    /// <summary>Returns the centred inputs of a task, X_t − x̄_t.</summary>
    /// <param name="t">The index of the task.</param>
    /// <returns>The inputs [N_t, d].</returns>
    public Tensor Inputs(int t) => problem.Tasks[t].Inputs - InputMeans[Shared ? 0 : t];

    /// <summary>Returns the centred labels of a task, y_t − ȳ_t.</summary>
    /// <param name="t">The index of the task.</param>
    /// <returns>The labels [N_t].</returns>
    public Tensor Labels(int t) => problem.Tasks[t].Labels - LabelMeans[t];

    /// <summary>True if a task is binary, so that its loss is the logistic one.</summary>
    /// <param name="t">The index of the task.</param>
    public bool IsBinary(int t) => problem.Tasks[t].Kind == TaskKind.Binary;

    /// <summary>Converts intercepts for centred data into intercepts for the data as given.</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <param name="biases">The intercepts for centred inputs and labels [T].</param>
    /// <returns>The intercepts b [T].</returns>
    public Tensor Original(Tensor weights, Tensor biases) => biases + LabelMeans - Shift(weights);

    /// <summary>Converts the intercepts of a model for the data as given into intercepts for centred data; those of regression tasks
    /// become 0.</summary>
    /// <param name="model">A model for the data as given.</param>
    /// <returns>The intercepts [T] for centred data.</returns>
    public Tensor Centred(LinearModel model)
    {
        var binary = tensor(Enumerable.Range(0, Tasks).Select(t => Intercept && IsBinary(t) ? 1.0 : 0).ToArray());
        return (model.Biases + Shift(model.Weights)) * binary;
    }

    private Tensor Shift(Tensor weights) => (weights * InputMeans).sum(dim: 1);
}
