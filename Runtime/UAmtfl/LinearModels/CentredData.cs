using TorchSharp;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The tasks of a problem with each task's inputs, and the labels of regression tasks, moved to mean 0 if there are
/// intercepts. That only renames the intercepts, which are not penalised; the squared loss then wants them at 0 whatever W is, and the
/// logistic loss is better conditioned.</summary>
internal sealed class CentredData
{
    private readonly LinearProblem problem;

    /// <summary>Takes the means.</summary>
    /// <param name="problem">The tasks.</param>
    /// <param name="options">Intercept and scale.</param>
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

    /// <summary>T.</summary>
    public int Tasks => problem.Count;

    /// <summary>d.</summary>
    public long Dimension => problem.Dimension;

    /// <summary>max N_t.</summary>
    public long Longest => problem.Tasks.Max(task => task.Count);

    /// <summary>True if there are intercepts.</summary>
    public bool Intercept { get; }

    /// <summary>True if all tasks have the same rows.</summary>
    public bool Shared { get; }

    /// <summary>x̄ [T, d], or [1, d] if shared.</summary>
    public Tensor InputMeans { get; }

    /// <summary>ȳ [T]; 0 for binary tasks.</summary>
    public Tensor LabelMeans { get; }

    /// <summary>What the loss of one sample is multiplied by, for each task.</summary>
    public IReadOnlyList<double> Factors { get; }

    /// <summary>The tasks whose inputs are to be read: all, or the first if all have the same.</summary>
    public IReadOnlyList<LinearTask> Distinct => Shared ? [problem.Tasks[0]] : problem.Tasks;

    /// <summary>X_t − x̄_t.</summary>
    /// <param name="t">The task.</param>
    /// <returns>[N_t, d]</returns>
    public Tensor Inputs(int t) => problem.Tasks[t].Inputs - InputMeans[Shared ? 0 : t];

    /// <summary>y_t − ȳ_t.</summary>
    /// <param name="t">The task.</param>
    /// <returns>[N_t]</returns>
    public Tensor Labels(int t) => problem.Tasks[t].Labels - LabelMeans[t];

    /// <summary>True if a task's loss is the logistic one.</summary>
    /// <param name="t">The task.</param>
    /// <returns>True or false.</returns>
    public bool IsBinary(int t) => problem.Tasks[t].Kind == TaskKind.Binary;

    /// <summary>The intercepts for the inputs as they were given.</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <param name="biases">The intercepts for centred inputs and labels [T].</param>
    /// <returns>b [T]</returns>
    public Tensor Original(Tensor weights, Tensor biases) => biases + LabelMeans - Shift(weights);

    /// <summary>The other way round. Regression tasks have 0.</summary>
    /// <param name="model">A model for the inputs as they were given.</param>
    /// <returns>[T]</returns>
    public Tensor Centred(LinearModel model)
    {
        var binary = tensor(Enumerable.Range(0, Tasks).Select(t => Intercept && IsBinary(t) ? 1.0 : 0).ToArray());
        return (model.Biases + Shift(model.Weights)) * binary;
    }

    private Tensor Shift(Tensor weights) => (weights * InputMeans).sum(dim: 1);
}
